#include "notes/handlers/service.h"
#include "notes/handlers/signing.h"

#include <strings.h>

static void fill_reply(const struct signing *signing, Soleus__V1__AmendNoteReply *reply)
{
	const struct note_row *row = &signing->row;
	reply->note_id = (char *)row->note_id;
	reply->version = row->version;
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

/* An amendment changes what was last said: who does not know the newest version amends blindly. */
RPC(Notes, notes, AmendNote, amend_note)
{
	struct check check = check_begin(call);
	check_id(&check, "note_id", request->note_id);
	check_that(&check, request->note, "note", "the whole note as it is to read");
	check_that(&check, request->draft_version >= 0, "draft_version", "a draft's version, or 0");
	check_id_or_empty(&check, "cosigner_id", request->cosigner_id);
	if (check_failed(&check))
		return check_status(&check);
	/* What is wrong besides is told with what is wrong in the note. */
	check_words(&check, "reason", request->reason);
	check_that(&check, *request->reason, "reason", "why the note is amended");
	check_that(&check, !request->no_cosigner || !*request->cosigner_id, "no_cosigner",
		   "false when cosigner_id names who is asked");

	struct signing signing = {
		.call = call,
		.note = request->note,
		.reason = request->reason,
		.draft_version = request->draft_version,
		.cosigner_id = request->cosigner_id,
	};
	struct status status = signing_read(&signing, NULL, request->note_id, "no such note");
	if (!status_is_ok(status))
		return status;
	if (strcasecmp(signing.seen.newest_note_id, request->note_id) != 0)
		return status_error(
			STATUS_FAILED_PRECONDITION,
			arena_printf(call->arena,
				     "this version was amended; read and amend the newest, %s",
				     signing.seen.newest_note_id));
	status = signing_check_draft(&signing);
	if (!status_is_ok(status))
		return status;
	if (!*signing.cosigner_id && !request->no_cosigner)
		signing.cosigner_id = signing.seen.cosigner_id;
	signing_check(&signing, &check);
	signing_check_cosigner(&signing, request->cosigner_id, &check);
	if (check_failed(&check))
		return check_status(&check);
	fill_reply(&signing, reply);
	status = signing_keep(&signing, &reply->base);
	if (!status_is_ok(status)) /* what was to be told of it is not so */
		soleus__v1__amend_note_reply__init(reply);
	return status;
}
