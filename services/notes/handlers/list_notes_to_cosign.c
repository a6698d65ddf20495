#include "base/text.h"
#include "events/audit.h"
#include "events/check.h"
#include "notes/handlers/service.h"
#include "notes/store/signature.h"

#define LIMIT_DEFAULT 50
#define LIMIT_MAX     200

static void check_form(struct check *check, const Soleus__V1__ListNotesToCosignRequest *request)
{
	check_that(check, request->limit >= 0 && request->limit <= LIMIT_MAX, "limit",
		   "1 to 200, or 0 for 50");
	if (!request->after)
		return;
	check_id(check, "after.note_id", request->after->note_id);
	check_instant(check, "after.signed_at", request->after->signed_at);
}

static void fill_reply(Soleus__V1__ListNotesToCosignReply *reply, struct arena *arena,
		       const struct db_result *rows, int64_t limit)
{
	size_t count = db_result_rows(rows);
	reply->notes = ARENA_ARRAY(arena, count, Soleus__V1__NoteToCosign *);
	for (size_t row = 0; row < count; row++) {
		const struct cosignature_due due = cosignature_due(rows, row);
		Soleus__V1__NoteToCosign *message = ARENA_NEW(arena, Soleus__V1__NoteToCosign);
		soleus__v1__note_to_cosign__init(message);
		message->note_id = (char *)due.note_id;
		message->signed_at = due.signed_at;
		message->practitioner_id = (char *)due.practitioner_id;
		message->athlete_id = (char *)due.athlete_id;
		message->clinic_id = (char *)due.clinic_id;
		reply->notes[reply->n_notes++] = message;
	}
	if ((int64_t)count < limit)
		return;
	reply->next = ARENA_NEW(arena, Soleus__V1__NoteCursor);
	soleus__v1__note_cursor__init(reply->next);
	reply->next->note_id = reply->notes[count - 1]->note_id;
	reply->next->signed_at = reply->notes[count - 1]->signed_at;
}

RPC(Notes, notes, ListNotesToCosign, list_notes_to_cosign)
{
	struct check check = check_begin(call);
	check_form(&check, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!text_is_uuid(call->principal->subject_id))
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a practitioner is asked to sign: this key names no person");

	const char *trail[AUDIT_VALUES];
	audit_values(call->arena, call, trail);
	int64_t limit = request->limit ? request->limit : LIMIT_DEFAULT;
	const struct cosignatures_asked asked = {
		.cosigner_id = call->principal->subject_id,
		.after_at = request->after ? request->after->signed_at : 0,
		.after_id = request->after ? request->after->note_id : "",
		.limit = limit,
		.trail = trail,
	};
	struct db_unit *unit = call_unit(call);
	size_t due = cosignatures_due(unit, call->organisation_id, &asked);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	fill_reply(reply, call->arena, db_unit_result(unit, due), limit);
	return status_ok();
}
