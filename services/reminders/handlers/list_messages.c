#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

static Soleus__V1__Message *message_of(struct arena *arena, const struct message_row *row)
{
	Soleus__V1__Message *message = ARENA_NEW(arena, Soleus__V1__Message);
	if (!message)
		return NULL;
	soleus__v1__message__init(message);
	message->message_id = (char *)row->message_id;
	message->athlete_id = (char *)row->athlete_id;
	message->purpose = (char *)row->purpose;
	message->due_at = row->due_at;
	message->state = (char *)row->state;
	message->why = (char *)row->why;
	message->channel = (char *)row->channel;
	message->sent_at = row->sent_at;
	message->text = (char *)row->text;
	message->local_due = (char *)row->local_due;
	message->answer = (char *)row->answer;
	return message;
}

RPC(Reminders, reminders, ListMessages, list_messages)
{
	struct message_row *rows;
	size_t count;
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_that(&check, request->limit >= 0 && request->limit <= 500, "limit",
		   "0 (100) or 1 to 500");
	check_that(&check, request->before_at >= 0, "before_at", "an instant, or 0");
	check_id_or_empty(&check, "before_id", request->before_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	const struct messages_asked asked = {request->athlete_id,
					     request->limit ? request->limit : 100,
					     request->before_at, request->before_id};
	struct status status =
		messages_list(call_db(call), unit, call->organisation_id, &asked, &rows, &count);
	if (!status_is_ok(status))
		return status;
	reply->messages = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__Message *);
	for (size_t i = 0; reply->messages && i < count; i++) {
		reply->messages[i] = message_of(call->arena, &rows[i]);
		if (!reply->messages[i])
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
		reply->n_messages++;
	}
	return status_ok();
}
