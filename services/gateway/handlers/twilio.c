/* Twilio posts forms, and signs them with the account's token over the address that it called:
 *
 *     StatusCallback      …/hooks/twilio/TOKEN/delivery?ref=MESSAGE_ID
 *     incoming messages   …/hooks/twilio/TOKEN/text
 *
 * An empty TwiML answer sends nothing back.
 */
#include "gateway/gateway.h"
#include "gateway/handlers/webhooks.h"
#include "gateway/hook.h"
#include "gateway/signature.h"

#include <string.h>

/* MessageStatus; NULL for one that there is not. */
static const char *outcome_of(const char *status)
{
	static const struct {
		const char *status, *outcome;
	} known[] = {
		{"accepted", ""},         {"scheduled", ""},         {"queued", ""},
		{"sending", ""},          {"sent", "submitted"},     {"delivered", "delivered"},
		{"read", "delivered"},    {"undelivered", "failed"}, {"failed", "failed"},
		{"canceled", "rejected"},
	};
	for (size_t i = 0; status && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].status, status) == 0)
			return known[i].outcome;
	return NULL;
}

static bool is_signed(struct http_exchange *exchange)
{
	const struct gateway *gateway = gateway_of(exchange);
	const char *url =
		arena_printf(exchange->arena, "%s%s", gateway->public_url, exchange->target);
	if (gateway->twilio_token[0] && url &&
	    signature_is_twilio(http_header(exchange, "X-Twilio-Signature"), gateway->twilio_token,
				url, &exchange->form))
		return true;
	http_refuse(exchange, 403, "the signature is not as expected");
	return false;
}

static void thank(struct http_exchange *exchange)
{
	http_answer_text(exchange, 200, "text/xml; charset=utf-8",
			 "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>\n");
}

FIBER void twilio_delivery(struct http_exchange *exchange)
{
	const struct http_fields *form = &exchange->form;
	struct hook hook;
	const struct hook_delivery delivery = {
		.message_id = http_field(&exchange->query, "ref"),
		.provider_ref = http_field(form, "MessageSid"),
		.outcome = outcome_of(http_field(form, "MessageStatus")),
		.error_code = http_field(form, "ErrorCode"),
	};
	if (is_signed(exchange) && hook_open(exchange, "twilio", &hook) &&
	    hook_tell_delivery(exchange, &hook, &delivery))
		thank(exchange);
}

FIBER void twilio_text(struct http_exchange *exchange)
{
	const struct http_fields *form = &exchange->form;
	struct hook hook;
	const struct hook_text text = {
		.id = http_field(form, "MessageSid"),
		.from = http_field(form, "From"),
		.channel = "sms",
		.text = http_field(form, "Body"),
	};
	if (is_signed(exchange) && hook_open(exchange, "twilio", &hook) &&
	    hook_bring_text(exchange, &hook, &text))
		thank(exchange);
}
