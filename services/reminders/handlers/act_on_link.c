#include "base/clock.h"
#include "reminders/handlers/inbound.h"
#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/link.h"

/* What was done by this link before counts as it was told then, whatever has ended meanwhile. */
static FIBER struct status told_before(struct call *call, const struct inbound *inbound,
				       Soleus__V1__ActOnLinkReply *reply)
{
	struct inbound_known known;
	struct status status =
		inbound_read(call_db(call), call->arena, &inbound->key, inbound->now, &known);
	if (status_is_ok(status) && !known.seen)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "this was answered before, or it is too late for it");
	if (status_is_ok(status)) {
		reply->understood_as = (char *)known.understood_as;
		reply->reply_text = (char *)known.reply_text;
	}
	return status;
}

RPC(Reminders, reminders, ActOnLink, act_on_link)
{
	struct message_link link;
	struct linked_message message;
	char text[LINK_TEXT_BYTES];
	struct status status = message_link_open(call, request->token, &link);
	if (status_is_ok(status))
		status = linked_message_read(call_db(call), call->arena, link.organisation_id,
					     link.message_id, clock_now_us(), &message);
	if (!status_is_ok(status))
		return status.code == STATUS_NOT_FOUND ? message_link_unknown() : status;
	struct check check = check_begin(call);
	enum link_asks asks = link_asks(message.purpose);
	const struct link_action *action = link_action_find(asks, request->action);
	check_that(&check, action, "action", "one that DescribeLink names");
	check_that(&check, !action || link_action_text(action, request->value, text), "value",
		   "numbers from 0 to 10, as many as are asked");
	if (check_failed(&check))
		return check_status(&check);

	struct inbound inbound = inbound_of(
		call, "link", arena_printf(call->arena, "%s/%s", link.message_id, action->name));
	inbound.key.message_id = arena_strdup(call->arena, link.message_id);
	inbound.text = arena_strdup(call->arena, text);
	inbound.shows_reply = true;
	if (!inbound.key.provider_message_id || !inbound.key.message_id || !inbound.text)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	if (!link_action_counts(action, asks, message.open, message.answered))
		return told_before(call, &inbound, reply);
	return inbound_take(&inbound, call, &reply->base, &reply->understood_as,
			    &reply->reply_text);
}
