#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/messages.h"

RPC(Scheduling, scheduling, ListTraining, list_training)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_instant(&check, "from_at", request->from_at);
	check_instant(&check, "until_at", request->until_at);
	check_that(&check, request->until_at > request->from_at, "until_at", "later than from_at");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t list = training_list(unit, call->organisation_id, request->athlete_id,
				    request->from_at, request->until_at);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	reply->sessions =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__TrainingSession *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct session_row session = training_row(rows, row);
		reply->sessions[reply->n_sessions++] = session_message(call->arena, &session);
	}
	return status;
}
