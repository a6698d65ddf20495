#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"

#include <string.h>

/* For the gateway, which learns here whose a webhook is. */
RPC(Reminders, reminders, OpenWebhook, open_webhook)
{
	char organisation_id[TEXT_UUID_BYTES];
	if (!webhook_read(request->provider, request->token, organisation_id))
		return status_error(STATUS_NOT_FOUND, "no such webhook");
	reply->organisation_id = arena_strdup(call->arena, organisation_id);
	if (strcmp(request->provider, "webhook") == 0)
		reply->secret = (char *)webhook_secret(call->arena, organisation_id);
	if (!reply->organisation_id || !reply->secret)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	return status_ok();
}
