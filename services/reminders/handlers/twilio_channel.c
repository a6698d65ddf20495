/* SMS by the Twilio Messages API. It takes no key; after a crash its list of messages is asked. */
#include "base/text.h"
#include "reminders/handlers/channel.h"
#include "transfer/http.h"

#include <json-c/json.h>
#include <string.h>

#define DATE_CHARS 10 /* of 2026-06-01T08:00:00Z */

struct twilio_channel {
	struct channel channel;
	struct transfer *transfer;
	struct twilio_settings settings;
	const char *messages_url;
	struct channel_links links;
};

static const char *text_of(struct arena *arena, struct json_object *object, const char *name)
{
	struct json_object *value;
	if (!json_object_object_get_ex(object, name, &value) || !value)
		return "";
	return arena_strdup(arena, json_object_get_string(value));
}

static void read_answer(struct arena *arena, const struct http_answer *answer,
			struct outgoing *message)
{
	struct json_object *body = json_tokener_parse(answer->body), *code;
	message->code = answer->code;
	message->sent = answer->code == 200 || answer->code == 201;
	message->retry_after_us = answer->retry_after_s * INT64_C(1000000);
	if (message->sent) {
		message->provider_ref = text_of(arena, body, "sid");
	} else {
		message->fault = "Twilio does not take it";
		if (json_object_object_get_ex(body, "code", &code))
			message->code = json_object_get_int(code);
	}
	json_object_put(body);
}

static const char *report_url(const struct twilio_channel *twilio, struct arena *arena,
			      const struct outgoing *message)
{
	const char *url = twilio->links.report(arena, "twilio", message->organisation_id);
	return url && *url ? arena_printf(arena, "%s?ref=%s", url, message->message_id) : url;
}

static FIBER void send_one(struct channel *channel, struct arena *arena, struct outgoing *message)
{
	struct twilio_channel *twilio = (struct twilio_channel *)channel;
	const struct twilio_settings *settings = &twilio->settings;
	bool service = strncmp(settings->from, "MG", 2) == 0;
	const char *reports = report_url(twilio, arena, message);
	const struct http_header fields[] = {
		{"To", message->address},
		{service ? "MessagingServiceSid" : "From", settings->from},
		{"Body", message->text},
		{reports && *reports ? "StatusCallback" : NULL, reports},
		{NULL, NULL},
	};
	const struct http_post post = {
		.url = twilio->messages_url,
		.body = reports ? http_form(arena, fields) : NULL,
		.content_type = "application/x-www-form-urlencoded",
		.user = settings->account_sid,
		.password = settings->auth_token,
		.limit_us = CHANNEL_LIMIT_US,
	};
	struct http_answer answer;
	if (!post.body) {
		message->fault = "no memory for the message";
		return;
	}
	struct status status = http_post(twilio->transfer, arena, &post, &answer);
	if (status_is_ok(status))
		read_answer(arena, &answer, message);
	else
		channel_note_fault(message, status);
}

static FIBER void twilio_send(struct channel *channel, struct arena *arena,
			      struct outgoing *messages, size_t count)
{
	channel_each(channel, arena, messages, count, send_one);
}

/* The message of the list with the same words; all are to this number, of that day or later. */
static enum channel_found find_in(struct arena *arena, const char *list, struct outgoing *message)
{
	enum channel_found found = CHANNEL_CANNOT_TELL;
	struct json_object *body = json_tokener_parse(list), *messages;
	if (json_object_object_get_ex(body, "messages", &messages) &&
	    json_object_is_type(messages, json_type_array)) {
		found = CHANNEL_NOT_FOUND;
		for (size_t i = 0; i < json_object_array_length(messages); i++) {
			struct json_object *one = json_object_array_get_idx(messages, i);
			if (strcmp(text_of(arena, one, "body"), message->text) != 0)
				continue;
			message->provider_ref = text_of(arena, one, "sid");
			found = CHANNEL_FOUND;
			break;
		}
	}
	json_object_put(body);
	return found;
}

static FIBER enum channel_found twilio_find(struct channel *channel, struct arena *arena,
					    struct outgoing *message, int64_t asked_at)
{
	struct twilio_channel *twilio = (struct twilio_channel *)channel;
	char day[TEXT_INSTANT_BYTES];
	struct http_answer answer;
	text_from_instant(asked_at, day);
	day[DATE_CHARS] = '\0';
	const struct http_header fields[] = {
		{"To", message->address}, {"DateSent>", day}, {"PageSize", "100"}, {NULL, NULL}};
	const char *form = http_form(arena, fields);
	const struct http_request request = {
		.url = form ? arena_printf(arena, "%s?%s", twilio->messages_url, form) : NULL,
		.user = twilio->settings.account_sid,
		.password = twilio->settings.auth_token,
		.limit_us = CHANNEL_LIMIT_US,
	};
	if (!request.url || !status_is_ok(http_get(twilio->transfer, arena, &request, &answer)) ||
	    answer.code != 200)
		return CHANNEL_CANNOT_TELL;
	return find_in(arena, answer.body, message);
}

struct channel *twilio_channel_new(struct arena *arena, const struct channel_house *house,
				   const struct twilio_settings *settings)
{
	struct twilio_channel *twilio = ARENA_NEW(arena, struct twilio_channel);
	if (!twilio)
		return NULL;
	*twilio = (struct twilio_channel){
		.channel = {.send = twilio_send, .find = twilio_find, .reports = house->reports},
		.transfer = house->transfer,
		.settings = *settings,
		.messages_url = arena_printf(arena, "%s/2010-04-01/Accounts/%s/Messages.json",
					     settings->url, settings->account_sid),
		.links = house->links,
	};
	return twilio->messages_url ? &twilio->channel : NULL;
}
