#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/store/clash.h"

#include "base/clock.h"

static Soleus__V1__TimingClash *clash_message(struct arena *arena, const struct db_result *rows,
					      size_t row)
{
	const struct appointment_row appointment = appointment_row(rows, row);
	Soleus__V1__TimingClash *clash = ARENA_NEW(arena, Soleus__V1__TimingClash);
	soleus__v1__timing_clash__init(clash);
	clash->appointment = appointment_message(arena, &appointment);
	clash->reasons = clash_reasons(arena, clash_row_reasons(rows, row), &clash->n_reasons);
	clash->found_at = clash_row_found_at(rows, row);
	return clash;
}

RPC(Scheduling, scheduling, ListClashes, list_clashes)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t index = clash_list(unit, call->organisation_id, clock_now_us(), request->clinic_id,
				  request->athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	reply->clashes = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__TimingClash *);
	for (size_t row = 0; row < db_result_rows(rows); row++)
		reply->clashes[reply->n_clashes++] = clash_message(call->arena, rows, row);
	return status;
}
