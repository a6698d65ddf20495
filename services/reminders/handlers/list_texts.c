#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#define LIMIT_MOST    500
#define LIMIT_DEFAULT 100

static Soleus__V1__Text *text_message(struct arena *arena, const struct text_row *row)
{
	Soleus__V1__Text *message = ARENA_NEW(arena, Soleus__V1__Text);
	if (!message)
		return NULL;
	soleus__v1__text__init(message);
	message->text_id = (char *)row->text_id;
	message->athlete_id = (char *)row->athlete_id;
	message->channel = (char *)row->channel;
	message->text = (char *)row->text;
	message->received_at = row->received_at;
	message->understood_as = (char *)row->understood_as;
	message->reply_text = (char *)row->reply_text;
	return message;
}

RPC(Reminders, reminders, ListTexts, list_texts)
{
	struct text_row *rows;
	size_t count;
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_page(&check, request->after_at, request->after_id, request->limit, LIMIT_MOST);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	const struct texts_asked asked = {request->athlete_id, request->after_at, request->after_id,
					  request->limit ? request->limit : LIMIT_DEFAULT};
	struct status status =
		texts_list(call_db(call), unit, call->organisation_id, &asked, &rows, &count);
	if (!status_is_ok(status))
		return status;
	reply->texts = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__Text *);
	for (size_t i = 0; reply->texts && i < count; i++) {
		reply->texts[i] = text_message(call->arena, &rows[i]);
		if (!reply->texts[i])
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
		reply->n_texts++;
	}
	return status_ok();
}
