#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"

RPC(Notes, notes, GetDraft, get_draft)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	guard_encounter(call, unit, request->encounter_id);
	leave_trail_of_encounter(call, unit, request->encounter_id);
	size_t look = draft_look(unit, call->organisation_id, request->encounter_id, 0);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	const struct draft_look seen = draft_looked(unit, look);
	if (!seen.found)
		return status_error(STATUS_NOT_FOUND, "no such encounter");
	return draft_message(call->arena, &seen, &reply->draft);
}
