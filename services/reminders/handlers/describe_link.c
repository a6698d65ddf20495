#include "base/clock.h"
#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/link.h"

#include <string.h>

static struct status add_action(struct arena *arena, const char *name,
				Soleus__V1__DescribeLinkReply *reply)
{
	if (!reply->actions)
		reply->actions = ARENA_ARRAY(arena, MESSAGE_PURPOSES, char *);
	if (!reply->actions)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	reply->actions[reply->n_actions++] = (char *)name;
	return status_ok();
}

RPC(Reminders, reminders, DescribeLink, describe_link)
{
	struct message_link link;
	struct linked_message message;
	struct status status = message_link_open(call, request->token, &link);
	if (status_is_ok(status))
		status = linked_message_read(call_db(call), call->arena, link.organisation_id,
					     link.message_id, clock_now_us(), &message);
	if (!status_is_ok(status))
		return status.code == STATUS_NOT_FOUND ? message_link_unknown() : status;

	enum link_asks asks = link_asks(message.purpose);
	reply->asks = (char *)link_asks_name(asks);
	reply->clinic_name = (char *)message.clinic_name;
	reply->visit_local = (char *)message.visit_local;
	reply->until_local = (char *)message.until_local;
	reply->state = !message.open ? "ended" : message.answered ? "answered" : "open";
	for (const struct link_action *action = link_actions; action->name; action++)
		if (status_is_ok(status) &&
		    link_action_counts(action, asks, message.open, message.answered))
			status = add_action(call->arena, action->name, reply);
	return status;
}
