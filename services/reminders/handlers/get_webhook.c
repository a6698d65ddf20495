#include "reminders/handlers/links.h"
#include "reminders/handlers/rpcs.h"

#include <string.h>

RPC(Reminders, reminders, GetWebhook, get_webhook)
{
	struct check check = check_begin(call);
	check_that(&check, webhook_is_known(request->provider), "provider",
		   "kannel, twilio or webhook");
	if (check_failed(&check))
		return check_status(&check);

	reply->token = (char *)webhook_token(call->arena, request->provider, call->organisation_id);
	reply->url = reply->token
			     ? (char *)webhook_url(call->arena, request->provider, reply->token)
			     : NULL;
	if (strcmp(request->provider, "webhook") == 0)
		reply->secret = (char *)webhook_secret(call->arena, call->organisation_id);
	if (!reply->url || !reply->secret)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the call");
	return status_ok();
}
