/* The webhook of any provider that signs JSON with the organisation's secret (GetWebhook):
 *
 *     X-Soleus-Timestamp: 1772438400
 *     X-Soleus-Signature: sha256=…        of timestamp, dot and body: gateway/signature.h
 *     {"id": "a-1", "from": "+4366012345", "channel": "sms", "text": "C"}
 *     {"message_id": "…", "outcome": "delivered", "provider_ref": "x", "error_code": "", "at":
 * 1772438400}
 */
#include "base/clock.h"
#include "gateway/handlers/webhooks.h"
#include "gateway/hook.h"
#include "gateway/signature.h"

#include <json-c/json.h>
#include <string.h>

#define DEPTH_MAX 4

static void end_json(void *object)
{
	json_object_put(object);
}

/* One object and nothing behind it; NULL when it was refused. */
static struct json_object *read_json(struct http_exchange *exchange)
{
	struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
	struct json_object *object = NULL;
	if (tokener) {
		json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
		object = json_tokener_parse_ex(tokener, exchange->body, (int)exchange->length + 1);
	}
	if (object && !json_object_is_type(object, json_type_object)) {
		json_object_put(object);
		object = NULL;
	}
	json_tokener_free(tokener);
	if (object)
		arena_defer(exchange->arena, end_json, object);
	else
		http_refuse(exchange, 400, "the body is not a JSON object");
	return object;
}

/* NULL for what is not there, is no text or has a NUL inside. */
static const char *text_of(struct json_object *object, const char *name)
{
	struct json_object *value;
	if (!json_object_object_get_ex(object, name, &value) ||
	    !json_object_is_type(value, json_type_string))
		return NULL;
	const char *text = json_object_get_string(value);
	return strlen(text) == (size_t)json_object_get_string_len(value) ? text : NULL;
}

static int64_t instant_of(struct json_object *object, const char *name)
{
	struct json_object *value;
	if (!json_object_object_get_ex(object, name, &value) ||
	    !json_object_is_type(value, json_type_int))
		return 0;
	int64_t seconds = json_object_get_int64(value);
	return seconds > 0 && seconds < INT64_C(100000000000) ? seconds * CLOCK_SECOND_US : 0;
}

/* Nothing of the body is read before its signature is. */
static FIBER struct json_object *open(struct http_exchange *exchange, struct hook *ret_hook)
{
	if (!hook_open(exchange, "webhook", ret_hook))
		return NULL;
	if (!signature_is_of_body(http_header(exchange, "X-Soleus-Signature"), ret_hook->secret,
				  http_header(exchange, "X-Soleus-Timestamp"), exchange->body,
				  exchange->length, clock_now_us())) {
		http_refuse(exchange, 403, "the signature is not as expected");
		return NULL;
	}
	return read_json(exchange);
}

static void thank(struct http_exchange *exchange)
{
	http_answer_text(exchange, 200, "application/json", "{}\n");
}

FIBER void signed_delivery(struct http_exchange *exchange)
{
	struct hook hook;
	struct json_object *body = open(exchange, &hook);
	if (!body)
		return;
	const char *outcome = text_of(body, "outcome");
	const struct hook_delivery delivery = {
		.message_id = text_of(body, "message_id"),
		.provider_ref = text_of(body, "provider_ref"),
		.outcome = outcome && *outcome ? outcome : NULL,
		.error_code = text_of(body, "error_code"),
		.at = instant_of(body, "at"),
	};
	if (hook_tell_delivery(exchange, &hook, &delivery))
		thank(exchange);
}

FIBER void signed_text(struct http_exchange *exchange)
{
	struct hook hook;
	struct json_object *body = open(exchange, &hook);
	if (!body)
		return;
	const struct hook_text text = {
		.id = text_of(body, "id"),
		.from = text_of(body, "from"),
		.channel = text_of(body, "channel"),
		.text = text_of(body, "text"),
		.received_at = instant_of(body, "received_at"),
	};
	if (hook_bring_text(exchange, &hook, &text))
		thank(exchange);
}
