#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"
#include "notes/handlers/wording_ours.h"

RPC(Notes, notes, ListNoteTemplates, list_note_templates)
{
	struct check check = check_begin(call);
	check_wordings(&check, request->clinic_id, request->limit);
	if (check_failed(&check))
		return check_status(&check);

	const struct db_result *rows;
	struct status status = wordings_read(call, WORDING_NOTE, request->clinic_id,
					     request->after_code, request->limit, &rows);
	if (!status_is_ok(status))
		return status;
	reply->templates =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__NoteTemplate *);
	for (size_t i = 0; i < db_result_rows(rows); i++) {
		const struct wording_row row = wording_row(rows, i, call->arena);
		ProtobufCMessage *message =
			(ProtobufCMessage *)note_template_of_ours(call->arena, &row);
		if (!message)
			status = wording_decode(call->arena, &soleus__v1__note_template__descriptor,
						&row, &message);
		if (!status_is_ok(status))
			return status;
		Soleus__V1__NoteTemplate *kept = (Soleus__V1__NoteTemplate *)message;
		kept->code = (char *)row.code;
		kept->clinic_id = (char *)row.clinic_id;
		kept->put_at = row.put_at;
		kept->put_by = (char *)row.put_by;
		reply->templates[reply->n_templates++] = kept;
	}
	return status_ok();
}
