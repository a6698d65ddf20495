/* Kannel calls by GET, with what our own addresses have it fill in:
 *
 *     dlr-url (dlr-mask 27)  …/hooks/kannel/TOKEN/delivery?ref=MESSAGE_ID&type=%d&at=%T
 *     get-url (sms-service)  …/hooks/kannel/TOKEN/text?id=%I&from=%p&text=%b&at=%T
 *
 * It signs nothing: the token in the address is the secret. Our answer is empty, for an sms-service
 * sends what it is answered to the athlete: set its max-messages to 0.
 */
#include "gateway/handlers/webhooks.h"
#include "gateway/hook.h"

#include <string.h>

/* %d; NULL for a number that there is not. */
static const char *outcome_of(const char *type)
{
	static const struct {
		const char *type, *outcome;
	} known[] = {
		{"1", "delivered"}, {"2", "failed"},    {"4", ""}, /* waits at the centre */
		{"8", "submitted"}, {"16", "rejected"},
	};
	for (size_t i = 0; type && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].type, type) == 0)
			return known[i].outcome;
	return NULL;
}

static void thank(struct http_exchange *exchange)
{
	http_answer_text(exchange, 200, "text/plain; charset=utf-8", "");
}

FIBER void kannel_delivery(struct http_exchange *exchange)
{
	const struct http_fields *query = &exchange->query;
	struct hook hook;
	const struct hook_delivery delivery = {
		.message_id = http_field(query, "ref"),
		.outcome = outcome_of(http_field(query, "type")),
		.error_code = http_field(query, "code"),
		.at = hook_instant(http_field(query, "at")),
	};
	if (hook_open(exchange, "kannel", &hook) && hook_tell_delivery(exchange, &hook, &delivery))
		thank(exchange);
}

FIBER void kannel_text(struct http_exchange *exchange)
{
	const struct http_fields *query = &exchange->query;
	struct hook hook;
	const struct hook_text text = {
		.id = http_field(query, "id"),
		.from = http_field(query, "from"),
		.channel = "sms",
		.text = http_field(query, "text"),
		.received_at = hook_instant(http_field(query, "at")),
	};
	if (hook_open(exchange, "kannel", &hook) && hook_bring_text(exchange, &hook, &text))
		thank(exchange);
}
