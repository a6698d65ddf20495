#include "events/check.h"
#include "notes/handlers/pack_demands.h"
#include "notes/handlers/service.h"
#include "notes/handlers/trail.h"
#include "notes/store/note.h"

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
	reply->pack = pack_message(arena, note);
	return status_ok();
}

RPC(Notes, notes, GetNote, get_note)
{
	struct check check = check_begin(call);
	check_id(&check, "note_id", request->note_id);
	if (check_failed(&check))
		return check_status(&check);

	struct db_unit *unit = call_unit(call);
	leave_trail_of_note(call, unit, request->note_id);
	size_t found =
		note_find(unit, call->organisation_id, request->note_id, sees_athlete_alone(call));
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(unit, found)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such note");
	const struct note_found note = note_found(db_unit_result(unit, found), 0, call->arena);
	return fill_reply(call->arena, &note, reply);
}
