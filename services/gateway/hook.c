#include "gateway/hook.h"

#include "base/clock.h"
#include "base/text.h"
#include "gateway/ask.h"

#include "soleus/v1/reminders.pb-c.h"

#include <stdlib.h>
#include <string.h>

static struct ask to_reminders(const char *method, const char *organisation_id)
{
	return (struct ask){"reminders", &soleus__v1__reminders__descriptor, method,
			    organisation_id};
}

FIBER bool hook_open(struct http_exchange *exchange, const char *provider, struct hook *ret_hook)
{
	const struct ask what = to_reminders("OpenWebhook", "");
	Soleus__V1__OpenWebhookRequest request = SOLEUS__V1__OPEN_WEBHOOK_REQUEST__INIT;
	ProtobufCMessage *reply = NULL;
	request.provider = (char *)provider;
	request.token = (char *)exchange->parameter;
	struct status status = ask(exchange, &what, &request.base, &reply);
	if (!status_is_ok(status)) {
		ask_refuse(exchange, status);
		return false;
	}
	const Soleus__V1__OpenWebhookReply *opened = (const Soleus__V1__OpenWebhookReply *)reply;
	*ret_hook = (struct hook){provider, opened->organisation_id, opened->secret};
	return true;
}

/* A text that came in is never refused for a character that nobody sees: a STOP counts all the
 * same. */
static char *given(struct arena *arena, const char *text)
{
	char *plain = text ? arena_strdup(arena, text) : NULL;
	if (plain)
		text_make_plain(plain);
	return plain ? plain : (char *)"";
}

static FIBER bool tell(struct http_exchange *exchange, const struct hook *hook, const char *method,
		       const ProtobufCMessage *request)
{
	const struct ask what = to_reminders(method, hook->organisation_id);
	ProtobufCMessage *reply = NULL;
	struct status status = ask(exchange, &what, request, &reply);
	if (!status_is_ok(status))
		ask_refuse(exchange, status);
	return status_is_ok(status);
}

FIBER bool hook_bring_text(struct http_exchange *exchange, const struct hook *hook,
			   const struct hook_text *text)
{
	Soleus__V1__ReceiveTextRequest request = SOLEUS__V1__RECEIVE_TEXT_REQUEST__INIT;
	request.provider_message_id = given(exchange->arena, text->id);
	request.from = given(exchange->arena, text->from);
	request.channel = given(exchange->arena, text->channel);
	request.text = given(exchange->arena, text->text);
	request.received_at = text->received_at;
	return tell(exchange, hook, "ReceiveText", &request.base);
}

FIBER bool hook_tell_delivery(struct http_exchange *exchange, const struct hook *hook,
			      const struct hook_delivery *delivery)
{
	Soleus__V1__RecordDeliveryRequest request = SOLEUS__V1__RECORD_DELIVERY_REQUEST__INIT;
	if (delivery->outcome && !*delivery->outcome)
		return true; /* on its way */
	request.organisation_id = given(exchange->arena, hook->organisation_id);
	request.message_id = given(exchange->arena, delivery->message_id);
	request.provider = given(exchange->arena, hook->provider);
	request.provider_ref = given(exchange->arena, delivery->provider_ref);
	request.outcome = given(exchange->arena, delivery->outcome);
	request.error_code = given(exchange->arena, delivery->error_code);
	request.at = delivery->at;
	return tell(exchange, hook, "RecordDelivery", &request.base);
}

int64_t hook_instant(const char *seconds)
{
	size_t length = seconds ? strlen(seconds) : 0;
	if (length == 0 || length > 11 || strspn(seconds, "0123456789") != length)
		return 0;
	return strtoll(seconds, NULL, 10) * CLOCK_SECOND_US;
}
