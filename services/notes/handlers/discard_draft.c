#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/draft_message.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"

#include "base/clock.h"

#include <string.h>
#include <strings.h>

static struct status refuse(const struct call *call, const struct draft_look *seen, int32_t version)
{
	if (!seen->found)
		return status_error(STATUS_NOT_FOUND, "no such encounter");
	if (strcasecmp(seen->practitioner_id, call->principal->subject_id) != 0)
		return status_error(STATUS_PERMISSION_DENIED,
				    "the practitioner of the encounter discards its draft");
	return draft_refuse_unread(call->arena, seen, version);
}

RPC(Notes, notes, DiscardDraft, discard_draft)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	check_that(&check, request->draft_version > 0, "draft_version", "the version to discard");
	if (check_failed(&check))
		return check_status(&check);

	struct draft_look seen;
	struct status status = draft_read(call, request->encounter_id, &seen);
	if (status_is_ok(status))
		status = refuse(call, &seen, request->draft_version);
	if (!status_is_ok(status))
		return status;

	const struct draft_row row = {
		.encounter_id = request->encounter_id,
		.note_version = seen.note_version,
		.version = seen.last_version + 1,
		.base_version = seen.version,
		.saved_at = clock_now_us(),
		.saved_by = call->principal->name,
	};
	struct command *command = command_begin(call);
	draft_add(command->unit, call->organisation_id, &row);
	leave_trail(call, command->unit, seen.athlete_id, row.encounter_id);
	reply->discarded_version = row.version;
	status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && strcmp(db_unit_constraint(command->unit), "draft_key") == 0)
		return status_error(STATUS_ABORTED, "others are saving this draft; try again");
	return status;
}
