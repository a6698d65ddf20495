/* Mail by SMTP. Our id is the Message-ID, by which who receives a mail twice can tell; a server
 * does not look, so it takes no key. Confirmations, moves and cancellations bring the visit as an
 * .ics file. */
#include "base/clock.h"
#include "ical/write.h"
#include "loop/offload.h"
#include "reminders/handlers/channel.h"
#include "transfer/smtp.h"

#include <string.h>

struct smtp_channel {
	struct channel channel;
	struct transfer *transfer;
	struct channel_links links;
	struct smtp_settings settings;
	struct smtp_server server;
};

/* ---- What goes along ---- */

struct writing {
	struct arena *arena;
	const struct outgoing_visit *visit;
	struct status status;
	const char *text;
	size_t length;
};

/* On a worker thread. */
static void write_visit(void *argument)
{
	struct writing *writing = argument;
	const struct outgoing_visit *visit = writing->visit;
	const struct ical_entry entry = {
		.uid = visit->appointment_id,
		.sequence = visit->version,
		.summary = *visit->clinic_name ? visit->clinic_name : "Visit",
		.location = visit->clinic_name,
		.zone = *visit->zone ? visit->zone : "UTC",
		.starts_at = visit->starts_at,
		.ends_at = visit->ends_at,
		.changed_at = clock_now_us(),
		.cancelled = visit->cancelled,
	};
	const struct ical_calendar calendar = {
		.name = "Visit",
		.about = "",
		.method = visit->cancelled ? "CANCEL" : "REQUEST",
		.entries = &entry,
		.count = 1,
	};
	writing->status = ical_write(writing->arena, &calendar, &writing->text, &writing->length);
}

/* NULL when it cannot be written: the mail goes without. The arena is not shared with the loop
 * meanwhile: libical's thread has one of its own. */
static FIBER const char *ics_of(struct arena *arena, const struct outgoing_visit *visit)
{
	struct writing writing = {.arena = arena_new((size_t)1 << 20), .visit = visit};
	if (!writing.arena)
		return NULL;
	offload(write_visit, &writing);
	const char *text = status_is_ok(writing.status) ? arena_strdup(arena, writing.text) : NULL;
	arena_free(writing.arena);
	return text;
}

static const char *subject_of(struct arena *arena, const struct outgoing *message)
{
	static const struct {
		const char *purpose, *words;
	} subjects[] = {
		{"confirmation", "Your visit is booked"},
		{"visit_moved", "Your visit was moved"},
		{"visit_cancelled", "Your visit is cancelled"},
		{"reminder_48h", "Your visit"},
		{"reminder_3h", "Your visit today"},
		{"preparation", "Before your visit"},
	};
	const char *words = "A message from your clinic";
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (strcmp(subjects[i].purpose, message->purpose) == 0)
			words = subjects[i].words;
	return *message->clinic_name ? arena_printf(arena, "%s: %s", message->clinic_name, words)
				     : words;
}

/* RFC 2369 and 8058: the mail program's own button. The address works without the gateway. */
static void add_unsubscribe(const struct smtp_channel *smtp, struct arena *arena,
			    const struct outgoing *message, struct http_header headers[3])
{
	const char *mailto = *smtp->settings.unsubscribe
				     ? arena_printf(arena, "<mailto:%s?subject=STOP>",
						    smtp->settings.unsubscribe)
				     : NULL;
	const char *link = smtp->links.stop(arena, message);
	if (link && !*link)
		link = NULL;
	if (mailto || link)
		*headers++ = (struct http_header){
			"List-Unsubscribe", mailto && link
						    ? arena_printf(arena, "<%s>, %s", link, mailto)
					    : link ? arena_printf(arena, "<%s>", link)
						   : mailto};
	if (link)
		*headers++ =
			(struct http_header){"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"};
	*headers = (struct http_header){NULL, NULL};
}

static FIBER void send_one(struct channel *channel, struct arena *arena, struct outgoing *message)
{
	struct smtp_channel *smtp = (struct smtp_channel *)channel;
	const struct outgoing_visit *visit = message->visit;
	struct http_header headers[3];
	const struct smtp_attachment ics = {
		.name = "visit.ics",
		.type = visit && visit->cancelled ? "text/calendar; charset=utf-8; method=CANCEL"
						  : "text/calendar; charset=utf-8; method=REQUEST",
		.body = visit ? ics_of(arena, visit) : NULL,
	};
	add_unsubscribe(smtp, arena, message, headers);
	const struct smtp_mail mail = {
		.from = smtp->settings.from,
		.from_name = smtp->settings.from_name,
		.to = message->address,
		.subject = subject_of(arena, message),
		.message_id =
			arena_printf(arena, "%s.%s", message->message_id, smtp->settings.from),
		.date_at = clock_now_us(),
		.headers = headers,
		.text = message->text,
		.attachment = ics.body ? &ics : NULL,
	};
	if (!mail.subject || !mail.message_id) {
		message->fault = "no memory for the message";
		return;
	}
	struct status status =
		smtp_send(smtp->transfer, arena, &smtp->server, &mail, &message->code);
	message->sent = status_is_ok(status);
	if (!message->sent)
		channel_note_fault(message, status);
	/* What cannot be an address never will be. */
	if (status.code == STATUS_INVALID_ARGUMENT)
		message->code = 553;
}

static FIBER void smtp_channel_send(struct channel *channel, struct arena *arena,
				    struct outgoing *messages, size_t count)
{
	channel_each(channel, arena, messages, count, send_one);
}

struct channel *smtp_channel_new(struct arena *arena, const struct channel_house *house,
				 const struct smtp_settings *settings)
{
	struct smtp_channel *smtp = ARENA_NEW(arena, struct smtp_channel);
	if (!smtp)
		return NULL;
	*smtp = (struct smtp_channel){
		.channel = {.send = smtp_channel_send},
		.transfer = house->transfer,
		.links = house->links,
		.settings = *settings,
		.server = {.url = settings->url,
			   .starttls = settings->starttls,
			   .ca_file = *settings->ca_file ? settings->ca_file : NULL,
			   .user = *settings->user ? settings->user : NULL,
			   .password = settings->password,
			   .limit_us = CHANNEL_LIMIT_US},
	};
	return &smtp->channel;
}
