#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/note_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/visit.h"

#define LIMIT_DEFAULT 20
#define LIMIT_MAX     200

RPC(Notes, notes, ListNotes, list_notes)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_that(&check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit",
		   "1 to 200, or 0 for 20");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const char *tenant = call->organisation_id;
	struct db_unit *unit = call_unit(call);
	guard_athlete(call, unit, request->athlete_id);
	leave_trail_of_athlete(call, unit, request->athlete_id, "");
	size_t athlete = athlete_find(unit, tenant, request->athlete_id);
	size_t notes = notes_of(unit, tenant, request->athlete_id,
				request->limit ? request->limit : LIMIT_DEFAULT);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	if (db_result_rows(db_unit_result(unit, athlete)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	const struct db_result *rows = db_unit_result(unit, notes);
	reply->notes = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__NoteSummary *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct note_summary_row summary = note_summary_row(rows, row);
		reply->notes[reply->n_notes++] = note_summary_message(call->arena, &summary);
	}
	return status_ok();
}
