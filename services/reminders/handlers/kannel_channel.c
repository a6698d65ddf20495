/* SMS by Kannel's smsbox. It takes no key and gives no id: ours goes with the address of its
 * reports, as `ref`. */
#include "reminders/handlers/channel.h"
#include "reminders/rules/segments.h"
#include "transfer/http.h"

#include <string.h>

#define REPORTS_WANTED "27" /* delivered, failed, submitted, rejected */

struct kannel_channel {
	struct channel channel;
	struct transfer *transfer;
	struct kannel_settings settings;
	struct channel_links links;
};

/* Kannel puts the kind of report in place of %d, and its time in that of %T. */
static const char *report_url(const struct kannel_channel *kannel, struct arena *arena,
			      const struct outgoing *message)
{
	const char *url = kannel->links.report(arena, "kannel", message->organisation_id);
	if (!url || !*url)
		return url;
	return arena_printf(arena, "%s?ref=%s&type=%%d&at=%%T", url, message->message_id);
}

static FIBER void send_one(struct channel *channel, struct arena *arena, struct outgoing *message)
{
	struct kannel_channel *kannel = (struct kannel_channel *)channel;
	const char *reports = report_url(kannel, arena, message);
	bool plain = segments_count(message->text).encoding == SEGMENTS_GSM7;
	const struct http_header fields[] = {
		{"username", kannel->settings.user},
		{"password", kannel->settings.password},
		{"from", kannel->settings.from},
		{"to", message->address},
		{"text", message->text},
		{"charset", "UTF-8"},
		{"coding", plain ? "0" : "2"},
		{reports && *reports ? "dlr-mask" : NULL, REPORTS_WANTED},
		{"dlr-url", reports},
		{NULL, NULL},
	};
	struct http_answer answer;
	const char *form = reports ? http_form(arena, fields) : NULL;
	const char *url = form ? arena_printf(arena, "%s?%s", kannel->settings.url, form) : NULL;
	if (!url) {
		message->fault = "no memory for the message";
		return;
	}
	const struct http_request request = {.url = url, .limit_us = CHANNEL_LIMIT_US};
	struct status status = http_get(kannel->transfer, arena, &request, &answer);
	if (!status_is_ok(status)) {
		channel_note_fault(message, status);
		return;
	}
	message->code = answer.code;
	message->sent = answer.code == 202; /* accepted, or queued */
	message->fault = message->sent ? NULL : "Kannel does not take it";
}

static FIBER void kannel_send(struct channel *channel, struct arena *arena,
			      struct outgoing *messages, size_t count)
{
	channel_each(channel, arena, messages, count, send_one);
}

struct channel *kannel_channel_new(struct arena *arena, const struct channel_house *house,
				   const struct kannel_settings *settings)
{
	struct kannel_channel *kannel = ARENA_NEW(arena, struct kannel_channel);
	if (!kannel)
		return NULL;
	*kannel = (struct kannel_channel){
		.channel = {.send = kannel_send, .reports = house->reports},
		.transfer = house->transfer,
		.settings = *settings,
		.links = house->links,
	};
	return &kannel->channel;
}
