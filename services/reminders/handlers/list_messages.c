#include "base/text.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#include <string.h>

#define STAFF \
	(ROLE_FRONT_DESK | ROLE_PRACTITIONER | ROLE_CLINIC_LEAD | ROLE_OPERATOR | ROLE_SERVICE)

/* Athletes see their own messages alone; another's are as unknown as nobody's. */
static bool may_read(const struct call *call, const char *athlete_id)
{
	return (call->principal->roles & STAFF) != 0 ||
	       strcasecmp(call->principal->subject_id, athlete_id) == 0;
}

static struct status check(struct call *call, const Soleus__V1__ListMessagesRequest *request)
{
	struct faults faults = {0};
	check_organisation(call, &faults);
	if (!text_is_uuid(request->athlete_id))
		faults_add(&faults, call->arena, "athlete_id", "an athlete's id (UUID)");
	if (request->limit < 0 || request->limit > 500)
		faults_add(&faults, call->arena, "limit", "0 (100) or 1 to 500");
	return faults_status(&faults);
}

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
	struct status status = check(call, request);
	if (!status_is_ok(status))
		return status;
	if (!may_read(call, request->athlete_id))
		return status_error(STATUS_PERMISSION_DENIED, "athletes read their own messages");
	status = messages_list(call_db(call), call->arena, call->organisation_id,
			       request->athlete_id, request->limit ? request->limit : 100,
			       call->deadline_us, &rows, &count);
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
