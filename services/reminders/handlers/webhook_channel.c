/* A POST to a house's own system, which sends the message itself: JSON, with our id as its
 * idempotency key, signed so that it can tell us from others:
 *
 *     X-Soleus-Timestamp: 1780300800
 *     X-Soleus-Signature: sha256=HEX       HMAC-SHA256 of "TIMESTAMP.BODY" with the shared secret
 */
#include "base/clock.h"
#include "base/text.h"
#include "reminders/handlers/channel.h"
#include "transfer/http.h"

#include <json-c/json.h>
#include <sodium.h>
#include <string.h>

#define STAMP_BYTES     24
#define SIGNATURE_BYTES (sizeof("sha256=") + 2 * crypto_auth_hmacsha256_BYTES)

struct webhook_channel {
	struct channel channel;
	struct transfer *transfer;
	struct webhook_settings settings;
};

static const char *body_of(struct arena *arena, const struct outgoing *message)
{
	char due[TEXT_INSTANT_BYTES];
	struct json_object *body = json_object_new_object();
	text_from_instant(message->due_at, due);
	json_object_object_add(body, "message_id", json_object_new_string(message->message_id));
	json_object_object_add(body, "organisation_id",
			       json_object_new_string(message->organisation_id));
	json_object_object_add(body, "channel", json_object_new_string(message->channel));
	json_object_object_add(body, "to", json_object_new_string(message->address));
	json_object_object_add(body, "purpose", json_object_new_string(message->purpose));
	json_object_object_add(body, "due_at", json_object_new_string(due));
	json_object_object_add(body, "text", json_object_new_string(message->text));
	const char *text = arena_strdup(
		arena, json_object_to_json_string_ext(
			       body, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(body);
	return text;
}

static void sign(const char *secret, const char *stamp, const char *body,
		 char ret_signature[SIGNATURE_BYTES])
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)stamp, strlen(stamp));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)".", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
	crypto_auth_hmacsha256_final(&state, mac);
	memcpy(ret_signature, "sha256=", sizeof("sha256=") - 1);
	sodium_bin2hex(ret_signature + sizeof("sha256=") - 1, 2 * sizeof(mac) + 1, mac,
		       sizeof(mac));
}

static FIBER void send_one(struct channel *channel, struct arena *arena, struct outgoing *message)
{
	struct webhook_channel *webhook = (struct webhook_channel *)channel;
	char stamp[STAMP_BYTES], signature[SIGNATURE_BYTES];
	struct http_answer answer;
	const char *body = body_of(arena, message);
	if (!body) {
		message->fault = "no memory for the message";
		return;
	}
	snprintf(stamp, sizeof(stamp), "%lld", (long long)(clock_now_us() / CLOCK_SECOND_US));
	sign(webhook->settings.secret, stamp, body, signature);
	const struct http_header headers[] = {
		{"Idempotency-Key", message->message_id},
		{"X-Soleus-Timestamp", stamp},
		{"X-Soleus-Signature", signature},
		{NULL, NULL},
	};
	const struct http_post post = {
		.url = webhook->settings.url,
		.body = body,
		.content_type = "application/json",
		.headers = headers,
		.limit_us = CHANNEL_LIMIT_US,
	};
	struct status status = http_post(webhook->transfer, arena, &post, &answer);
	if (!status_is_ok(status)) {
		channel_note_fault(message, status);
		return;
	}
	message->code = answer.code;
	message->sent = answer.code >= 200 && answer.code <= 299;
	message->retry_after_us = answer.retry_after_s * CLOCK_SECOND_US;
	message->fault = message->sent ? NULL : "the webhook does not take it";
}

static FIBER void webhook_send(struct channel *channel, struct arena *arena,
			       struct outgoing *messages, size_t count)
{
	channel_each(channel, arena, messages, count, send_one);
}

struct channel *webhook_channel_new(struct arena *arena, const struct channel_house *house,
				    const struct webhook_settings *settings)
{
	struct webhook_channel *webhook = ARENA_NEW(arena, struct webhook_channel);
	if (!webhook)
		return NULL;
	*webhook = (struct webhook_channel){
		.channel = {.send = webhook_send, .takes_key = true, .reports = house->reports},
		.transfer = house->transfer,
		.settings = *settings,
	};
	return &webhook->channel;
}
