#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/visit_plan.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__VisitPlan *plan_message(struct arena *arena, const struct visit_plan_row *row)
{
	Soleus__V1__VisitPlan *plan = ARENA_NEW(arena, Soleus__V1__VisitPlan);
	soleus__v1__visit_plan__init(plan);
	plan->plan_id = (char *)row->plan_id;
	plan->athlete_id = (char *)row->athlete_id;
	plan->service_id = (char *)row->service_id;
	plan->name = (char *)row->name;
	plan->visits = (int32_t)row->visits;
	plan->starts_at = row->starts_at;
	plan->ends_at = row->ends_at;
	plan->used = (int32_t)row->used;
	return plan;
}

/* None for an athlete who is not known. */
RPC(Scheduling, scheduling, ListVisitPlans, list_visit_plans)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t index =
		visit_plan_list(unit, call->organisation_id, request->athlete_id, clock_now_us());
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	reply->plans = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__VisitPlan *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct visit_plan_row plan = visit_plan_row(rows, row);
		reply->plans[reply->n_plans++] = plan_message(call->arena, &plan);
	}
	return status;
}
