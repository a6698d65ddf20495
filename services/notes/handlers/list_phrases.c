#include "notes/handlers/service.h"
#include "notes/handlers/wording_form.h"
#include "notes/handlers/wording_ours.h"

RPC(Notes, notes, ListPhrases, list_phrases)
{
	struct check check = check_begin(call);
	check_wordings(&check, request->clinic_id, request->limit);
	if (check_failed(&check))
		return check_status(&check);

	const struct db_result *rows;
	struct status status = wordings_read(call, WORDING_PHRASE, request->clinic_id,
					     request->after_code, request->limit, &rows);
	if (!status_is_ok(status))
		return status;
	reply->phrases = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__Phrase *);
	for (size_t i = 0; i < db_result_rows(rows); i++) {
		const struct wording_row row = wording_row(rows, i, call->arena);
		ProtobufCMessage *message = (ProtobufCMessage *)phrase_of_ours(call->arena, &row);
		if (!message)
			status = wording_decode(call->arena, &soleus__v1__phrase__descriptor, &row,
						&message);
		if (!status_is_ok(status))
			return status;
		Soleus__V1__Phrase *phrase = (Soleus__V1__Phrase *)message;
		phrase->code = (char *)row.code;
		phrase->clinic_id = (char *)row.clinic_id;
		phrase->put_at = row.put_at;
		phrase->put_by = (char *)row.put_by;
		reply->phrases[reply->n_phrases++] = phrase;
	}
	return status_ok();
}
