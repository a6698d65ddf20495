#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/waitlist_messages.h"

#define LIMIT_USUAL 100
#define LIMIT_MAX   500

RPC(Scheduling, scheduling, ListWaitlist, list_waitlist)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "athlete_id", request->athlete_id);
	check_id_or_empty(&check, "service_id", request->service_id);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit", "1 to 500");
	if (check_failed(&check))
		return check_status(&check);
	if (*request->athlete_id ? !may_see_athlete(call, request->athlete_id) : !is_staff(call))
		return status_error(STATUS_PERMISSION_DENIED,
				    "an athlete lists the own entries: athlete_id");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t list =
		waitlist_list(unit, call->organisation_id, request->athlete_id, request->service_id,
			      request->limit ? request->limit : LIMIT_USUAL);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, list);
	reply->entries =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__WaitlistEntry *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct waitlist_entry entry = waitlist_entry(call->arena, rows, row);
		reply->entries[reply->n_entries++] = waitlist_entry_message(call->arena, &entry);
	}
	return status;
}
