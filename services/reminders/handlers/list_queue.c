#include "events/audit.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/rules/programme.h"
#include "reminders/store/waiting.h"

#define LIMIT_DEFAULT 100
#define LIMIT_MOST    500

static Soleus__V1__QueuedMessage *message_of(struct arena *arena, const struct waiting_row *row)
{
	Soleus__V1__QueuedMessage *message = ARENA_NEW(arena, Soleus__V1__QueuedMessage);
	soleus__v1__queued_message__init(message);
	message->message_id = (char *)row->message_id;
	message->athlete_id = (char *)row->athlete_id;
	message->purpose = (char *)row->purpose;
	message->priority = (char *)message_priority_name((enum message_priority)row->priority);
	message->due_at = row->due_at;
	message->stale_at = row->stale_at;
	message->why = (char *)row->why;
	return message;
}

RPC(Reminders, reminders, ListQueue, list_queue)
{
	struct check check = check_begin(call);
	check_id_or_empty(&check, "clinic_id", request->clinic_id);
	check_page(&check, request->after_at, request->after_id, request->limit, LIMIT_MOST);
	if (check_failed(&check))
		return check_status(&check);
	const struct waiting_asked asked = {
		.clinic_id = request->clinic_id,
		.after_at = request->after_at,
		.after_id = request->after_id,
		.limit = request->limit ? request->limit : LIMIT_DEFAULT,
	};
	struct db_unit *unit = call_unit(call);
	audit_add(unit, call,
		  &(struct audit_entry){.athlete_id = "", .record_id = request->clinic_id});
	size_t waiting = queue_list(unit, call->organisation_id, &asked);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, waiting);
	reply->messages =
		ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__QueuedMessage *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct waiting_row message = waiting_row(rows, row);
		reply->messages[reply->n_messages++] = message_of(call->arena, &message);
	}
	return status_ok();
}
