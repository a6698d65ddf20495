#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/visit_plan.h"

#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

#define VISITS_MAX 1000

static void check_request(struct check *check, const Soleus__V1__PutVisitPlanRequest *request)
{
	check_id_or_empty(check, "plan_id", request->plan_id);
	check_id(check, "athlete_id", request->athlete_id);
	check_id_or_empty(check, "service_id", request->service_id);
	check_name(check, "name", request->name);
	check_that(check, request->visits >= 1 && request->visits <= VISITS_MAX, "visits",
		   "1 to 1000");
	check_instant(check, "starts_at", request->starts_at);
	check_instant(check, "ends_at", request->ends_at);
	check_that(check, request->ends_at > request->starts_at, "ends_at", "later than starts_at");
}

static FIBER struct status check_subjects(struct call *call, const struct visit_plan_row *plan)
{
	struct db_unit *unit = call_unit(call);
	size_t index = visit_plan_find_subjects(unit, call->organisation_id, plan);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct visit_plan_known known = visit_plan_subjects(unit, index);
	if (!known.athlete)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (!known.service)
		return status_error(STATUS_NOT_FOUND, "no such service");
	return status;
}

/* Fewer visits than are used already refuse nothing that is booked, only what comes. */
RPC(Scheduling, scheduling, PutVisitPlan, put_visit_plan)
{
	struct check check = check_begin(call);
	check_request(&check, request);
	if (check_failed(&check))
		return check_status(&check);

	const struct visit_plan_row plan = {
		.plan_id = *request->plan_id ? request->plan_id : text_uuid7_new(call->arena),
		.athlete_id = request->athlete_id,
		.service_id = request->service_id,
		.name = request->name,
		.visits = request->visits,
		.starts_at = request->starts_at,
		.ends_at = request->ends_at,
	};
	struct status status = check_subjects(call, &plan);
	if (!status_is_ok(status))
		return status;
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, plan.athlete_id, plan.plan_id);
	visit_plan_put(command->unit, call->organisation_id, &plan, *request->plan_id != 0);
	reply->plan_id = (char *)plan.plan_id;
	status = command_commit(command, &reply->base);
	if (status.code == STATUS_NOT_FOUND)
		return status_error(STATUS_NOT_FOUND, "no such plan of this athlete");
	return status;
}
