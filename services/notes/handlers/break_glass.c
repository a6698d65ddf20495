#include "base/clock.h"
#include "base/text.h"
#include "events/audit.h"
#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/service.h"
#include "notes/store/access.h"

#include <string.h>

#define REASON_BYTES_LEAST 10

/* Ours: a visit, its note and a call to the colleague who knows the athlete fit in; a night does
 * not, so that tomorrow's need is a reason of its own. */
#define GLASS_US (4 * CLOCK_HOUR_US)

static FIBER struct status look(struct call *call, const char *athlete_id,
				struct glass_look *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	size_t seen = glass_look(unit, call->organisation_id, athlete_id,
				 call->principal->subject_id, clock_now_us());
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	*ret_seen = glass_looked(unit, seen);
	if (!ret_seen->found)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (ret_seen->may_read)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "you may read this record as it is");
	return status;
}

static void tell(struct command *command, const struct glass_row *row, const char *clinic_id)
{
	Soleus__V1__GlassBroken event = SOLEUS__V1__GLASS_BROKEN__INIT;
	event.glass_id = (char *)row->glass_id;
	event.athlete_id = (char *)row->athlete_id;
	event.practitioner_id = (char *)row->practitioner_id;
	event.clinic_id = (char *)clinic_id;
	event.broken_by = (char *)command->call->principal->name;
	event.broken_at = row->broken_at;
	event.until_at = row->until_at;
	command_event_at(command, row->glass_id, clinic_id, &event.base);
}

RPC(Notes, notes, BreakGlass, break_glass)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_words(&check, "reason", request->reason);
	check_that(&check,
		   !text_is_blank(request->reason) && strlen(request->reason) >= REASON_BYTES_LEAST,
		   "reason", "why you have to see this record, in at least 10 bytes");
	if (check_failed(&check))
		return check_status(&check);
	if (!bounded_practitioner(call) || !text_is_uuid(call->principal->subject_id))
		return status_error(STATUS_PERMISSION_DENIED,
				    "a practitioner's own key breaks the glass");

	struct glass_look seen;
	struct status status = look(call, request->athlete_id, &seen);
	if (!status_is_ok(status))
		return status;
	int64_t now_us = clock_now_us();
	const struct glass_row row = {
		.glass_id = text_uuid7_new(call->arena),
		.practitioner_id = call->principal->subject_id,
		.athlete_id = request->athlete_id,
		.reason = request->reason,
		.broken_at = now_us,
		.until_at = now_us + GLASS_US,
	};
	const struct audit_entry entry = {
		.athlete_id = row.athlete_id,
		.record_id = row.glass_id,
		.reason = row.reason,
	};
	reply->glass_id = (char *)row.glass_id;
	reply->until_at = row.until_at;
	struct command *command = command_begin(call);
	glass_add(command->unit, call->organisation_id, &row);
	audit_add(command->unit, call, &entry);
	tell(command, &row, seen.home_clinic_id);
	return command_commit(command, &reply->base);
}
