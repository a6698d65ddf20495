#include "notes/handlers/undersigning.h"

#include "base/clock.h"
#include "notes/handlers/access.h"
#include "notes/handlers/seal.h"
#include "notes/handlers/trail.h"
#include "notes/rules/note.h"

#include <string.h>

FIBER struct status undersigning_read(struct call *call, const char *note_id,
				      struct undersigning_look *ret_seen)
{
	struct db_unit *unit = call_unit(call);
	guard_signing(call, unit, note_id);
	size_t look = undersigning_look(unit, call->organisation_id, note_id,
					call->principal->subject_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded_writing(unit, status);
	const struct undersigning_look seen = undersigning_looked(unit, look);
	if (!seen.found)
		return status_error(STATUS_NOT_FOUND, "no such note");
	if (*seen.amended_by)
		return status_error(STATUS_FAILED_PRECONDITION,
				    arena_printf(call->arena,
						 "this version was amended; the newest is %s",
						 seen.amended_by));
	if (seen.signatures >= NOTE_SIGNATURES_MAX)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "this version has 30 signatures and additions; amend the note");
	*ret_seen = seen;
	return status_ok();
}

Soleus__V1__NoteSeal undersigning_seal(const struct undersigning_look *seen, const char *note_id)
{
	Soleus__V1__NoteSeal seal = SOLEUS__V1__NOTE_SEAL__INIT;
	seal.note_id = (char *)note_id;
	seal.version = seen->version;
	seal.amends_note_id = (char *)seen->amends_note_id;
	seal.encounter_id = (char *)seen->encounter_id;
	seal.appointment_id = (char *)seen->appointment_id;
	seal.athlete_id = (char *)seen->athlete_id;
	seal.practitioner_id = (char *)seen->practitioner_id;
	seal.clinic_id = (char *)seen->clinic_id;
	seal.screening_id = (char *)seen->screening_id;
	seal.content_hash =
		(ProtobufCBinaryData){seen->content_hash_length, (uint8_t *)seen->content_hash};
	seal.signed_at = clock_now_us();
	seal.number = seen->signatures + 1;
	return seal;
}

FIBER struct status undersigning_keep(struct call *call, const struct undersigning_look *seen,
				      Soleus__V1__NoteSeal *seal, const ProtobufCMessage *event,
				      ProtobufCMessage *reply)
{
	struct command *command = command_begin(call);
	guard_signing(call, command->unit, seal->note_id);
	seal_add(call, command->unit, seal);
	leave_trail(call, command->unit, seen->athlete_id, seal->note_id);
	command_event_at(command, seal->note_id, seen->clinic_id, event);
	struct status status = command_commit(command, reply);
	if (!status_is_ok(status) &&
	    strcmp(db_unit_constraint(command->unit), "note_signature_key") == 0)
		return status_error(STATUS_ABORTED,
				    "somebody else signed this note at the same moment; try again");
	return guarded_writing(command->unit, status);
}
