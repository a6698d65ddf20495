#include "events/check.h"
#include "notes/handlers/access.h"
#include "notes/handlers/pack_demands.h"
#include "notes/handlers/seal.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/note.h"
#include "notes/store/signature.h"

/* Of 10,000 bytes, each twice, beside 30 signatures and a note that stand there twice as well: as
 * many as a reply has room for (a frame of 1 MiB). */
#define EARLIER_MOST 4

static struct status fill_reply(struct arena *arena, const struct note_found *note,
				Soleus__V1__GetNoteReply *reply)
{
	ProtobufCMessage *content;
	struct status status = message_decode(&soleus__v1__note__descriptor, arena, note->content,
					      note->content_length, &content);
	if (!status_is_ok(status))
		return status_error(STATUS_DATA_LOSS, "the stored note cannot be read");
	reply->note_id = (char *)note->note_id;
	reply->encounter_id = (char *)note->encounter_id;
	reply->athlete_id = (char *)note->athlete_id;
	reply->practitioner_id = (char *)note->practitioner_id;
	reply->clinic_id = (char *)note->clinic_id;
	reply->signed_at = note->signed_at;
	reply->signed_by = (char *)note->signed_by;
	reply->content_hash = (char *)note->content_hash;
	reply->procedure_code = (char *)note->procedure_code;
	reply->note = (Soleus__V1__Note *)content;
	reply->pack = pack_message(arena, note->pack_code, note->pack_version, note->jurisdiction);
	reply->version = note->version;
	reply->amends_note_id = (char *)note->amends_note_id;
	reply->amended_by_note_id = (char *)note->amended_by;
	reply->reason = (char *)note->reason;
	reply->cosigner_id = (char *)note->cosigner_id;
	reply->appointment_id = (char *)note->appointment_id;
	reply->screening_id = (char *)note->screening_id;
	reply->treated_at = note->treated_at;
	reply->content = (ProtobufCBinaryData){note->content_length, (uint8_t *)note->content};
	return status_ok();
}

RPC(Notes, notes, GetNote, get_note)
{
	struct check check = check_begin(call);
	check_id(&check, "note_id", request->note_id);
	if (check_failed(&check))
		return check_status(&check);

	const char *tenant = call->organisation_id;
	const char *athlete_id = sees_athlete_alone(call);
	struct db_unit *unit = call_unit(call);
	guard_note(call, unit, request->note_id);
	leave_trail_of_note(call, unit, request->note_id);
	size_t found = note_find(unit, tenant, request->note_id, athlete_id);
	size_t signatures = signatures_of(unit, tenant, request->note_id, athlete_id);
	size_t earlier =
		addenda_before(unit, tenant, request->note_id, athlete_id, EARLIER_MOST + 1);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return guarded(unit, status);
	if (db_result_rows(db_unit_result(unit, found)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such note");
	const struct note_found note = note_found(db_unit_result(unit, found), 0, call->arena);
	status = fill_reply(call->arena, &note, reply);
	if (!status_is_ok(status))
		return status;
	status = signature_messages(call->arena, db_unit_result(unit, signatures),
				    &reply->signatures, &reply->n_signatures);
	if (!status_is_ok(status))
		return status;
	status = signature_messages(call->arena, db_unit_result(unit, earlier),
				    &reply->earlier_addenda, &reply->n_earlier_addenda);
	if (reply->n_earlier_addenda > EARLIER_MOST) { /* the one too many is the oldest */
		reply->more_earlier_addenda = true;
		reply->earlier_addenda++;
		reply->n_earlier_addenda--;
	}
	return status;
}
