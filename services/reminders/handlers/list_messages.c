#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/handover.h"
#include "reminders/store/lists.h"

#include <string.h>

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
	message->trace = (char *)row->trace;
	return message;
}

static Soleus__V1__Handover *handover_of(struct arena *arena, const struct handover_row *row)
{
	Soleus__V1__Handover *handover = ARENA_NEW(arena, Soleus__V1__Handover);
	if (!handover)
		return NULL;
	soleus__v1__handover__init(handover);
	handover->attempt = row->attempt;
	handover->channel = (char *)row->channel;
	handover->provider = (char *)row->provider;
	handover->state = (char *)row->state;
	handover->provider_ref = (char *)row->provider_ref;
	handover->error_code = (char *)row->error_code;
	handover->asked_at = row->asked_at;
	handover->changed_at = row->changed_at;
	return handover;
}

/* `rows` are of this message. False when the arena is full. */
static bool add_handovers(struct arena *arena, Soleus__V1__Message *message,
			  const struct handover_row *rows, size_t count)
{
	message->handovers = ARENA_ARRAY(arena, count, Soleus__V1__Handover *);
	for (size_t i = 0; message->handovers && i < count; i++) {
		message->handovers[i] = handover_of(arena, &rows[i]);
		if (!message->handovers[i])
			return false;
		message->n_handovers++;
		if (strcmp(message->delivery, handover_state_name(HANDOVER_DELIVERED)) != 0)
			message->delivery = message->handovers[i]->state;
	}
	return message->handovers != NULL;
}

/* What providers were handed of the messages in the reply. */
static FIBER struct status list_handovers(struct call *call, Soleus__V1__ListMessagesReply *reply)
{
	struct handover_row *rows;
	size_t count;
	const char **ids = ARENA_ARRAY(call->arena, reply->n_messages + 1, const char *);
	if (!ids)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
	for (size_t i = 0; i < reply->n_messages; i++)
		ids[i] = reply->messages[i]->message_id;
	struct status status = handovers_list(call_db(call), call->arena, call->organisation_id,
					      ids, reply->n_messages, &rows, &count);
	for (size_t from = 0, until; status_is_ok(status) && from < count; from = until) {
		size_t of = 0;
		for (until = from; until < count; until++)
			if (strcmp(rows[until].message_id, rows[from].message_id) != 0)
				break;
		while (strcmp(ids[of], rows[from].message_id) != 0)
			of++;
		if (!add_handovers(call->arena, reply->messages[of], &rows[from], until - from))
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
	}
	return status;
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
	return list_handovers(call, reply);
}
