#include "notes/handlers/service.h"
#include "notes/handlers/signing.h"

static void fill_reply(const struct signing *signing, Soleus__V1__SignNoteReply *reply)
{
	const struct note_row *row = &signing->row;
	reply->note_id = (char *)row->note_id;
	reply->signed_at = row->signed_at;
	reply->content_hash = signing_hash(signing);
	reply->procedure_code = (char *)row->procedure_code;
	reply->thorax = row->thorax;
	reply->areas = signing->area_messages;
	reply->n_areas = signing->area_count;
	reply->plan = signing->note->plan;
	reply->n_plan = signing->note->n_plan;
	reply->distinct_muscles = signing->distinct_muscles;
	reply->due = signing->due;
	reply->n_due = signing->due_count;
}

RPC(Notes, notes, SignNote, sign_note)
{
	struct check check = check_begin(call);
	check_id(&check, "encounter_id", request->encounter_id);
	check_that(&check, request->note, "note", "a note");
	check_id_or_empty(&check, "cosigner_id", request->cosigner_id);
	check_that(&check, request->draft_version >= 0, "draft_version", "a draft's version, or 0");
	if (check_failed(&check))
		return check_status(&check);

	struct signing signing = {
		.call = call,
		.note = request->note,
		.reason = "",
		.cosigner_id = request->cosigner_id,
		.draft_version = request->draft_version,
	};
	struct status status =
		signing_read(&signing, request->encounter_id, NULL, "no such encounter");
	if (!status_is_ok(status))
		return status;
	if (signing.seen.newest_version > 0)
		return status_error(STATUS_FAILED_PRECONDITION, "this note is signed; amend it");
	status = signing_check_draft(&signing);
	if (!status_is_ok(status))
		return status;
	signing_check(&signing, &check);
	signing_check_cosigner(&signing, request->cosigner_id, &check);
	if (check_failed(&check))
		return check_status(&check);
	fill_reply(&signing, reply);
	status = signing_keep(&signing, &reply->base);
	if (!status_is_ok(status)) /* what was to be told of it is not so */
		soleus__v1__sign_note_reply__init(reply);
	return status;
}
