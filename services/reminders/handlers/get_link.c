#include "base/clock.h"
#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/link.h"

#include <string.h>

RPC(Reminders, reminders, GetLink, get_link)
{
	struct check check = check_begin(call);
	check_id(&check, "message_id", request->message_id);
	if (check_failed(&check))
		return check_status(&check);
	struct linked_message message;
	struct status status =
		linked_message_read(call_db(call), call->arena, call->organisation_id,
				    request->message_id, clock_now_us(), &message);
	if (!status_is_ok(status))
		return status;

	struct message_link link = {.ends_at = message.due_at + MESSAGE_LINK_LIFE_US};
	strcpy(link.organisation_id, call->organisation_id);
	strcpy(link.message_id, request->message_id);
	reply->token = (char *)message_link_write(call->arena, &link);
	if (!reply->token)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	reply->url = (char *)message_link_url(call->arena, reply->token);
	reply->unsubscribe_url = (char *)message_unsubscribe_url(call->arena, reply->token);
	reply->ends_at = link.ends_at;
	return status;
}
