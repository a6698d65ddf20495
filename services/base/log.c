#include "base/log.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 8192

/* What ends a line that was cut; every line keeps room for it. */
static const char cut_end[] = ",\"cut\":true}\n";

struct line {
	size_t length;
	bool full;
	char bytes[LINE_BYTES];
};

static const char *service_name = "";
static enum log_level lowest_level = LOG_INFO;

/* Of the thread: a worker's line must not read a trace that the loop's thread is replacing. */
static _Thread_local const char *current_trace = "";

void log_setup(const char *service, enum log_level lowest)
{
	service_name = service;
	lowest_level = lowest;
}

void log_trace(const char *trace_id)
{
	current_trace = trace_id ? trace_id : "";
}

static void line_add(struct line *line, const char *bytes, size_t length)
{
	if (line->full || length > LINE_BYTES - (sizeof(cut_end) - 1) - line->length) {
		line->full = true;
		return;
	}
	memcpy(line->bytes + line->length, bytes, length);
	line->length += length;
}

static void line_add_text(struct line *line, const char *text)
{
	line_add(line, text, strlen(text));
}

static void line_add_byte(struct line *line, unsigned char byte, bool utf8)
{
	char escaped[8];
	switch (byte) {
	case '"':
		line_add_text(line, "\\\"");
		return;
	case '\\':
		line_add_text(line, "\\\\");
		return;
	case '\n':
		line_add_text(line, "\\n");
		return;
	default:
		break;
	}
	if (byte < 0x20 || byte == 0x7f) {
		snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
		line_add_text(line, escaped);
	} else if (byte >= 0x80 && !utf8) {
		line_add_text(line, "\\ufffd");
	} else {
		line_add(line, (const char *)&byte, 1);
	}
}

static void line_add_string(struct line *line, const char *text)
{
	if (!text) {
		line_add_text(line, "null");
		return;
	}
	/* Bytes that are not UTF-8 would make the whole line unreadable as JSON. */
	bool utf8 = text_is_utf8(text, strlen(text));
	line_add_text(line, "\"");
	for (const char *at = text; *at && !line->full; at++)
		line_add_byte(line, (unsigned char)*at, utf8);
	line_add_text(line, "\"");
}

/* All of the field or, when it does not fit, nothing of it. */
static void line_add_field(struct line *line, struct log_field field)
{
	size_t before = line->length;
	line_add_text(line, before ? "," : "{");
	line_add_string(line, field.key);
	line_add_text(line, ":");
	if (field.kind == LOG_KIND_INT) {
		char number[24];
		snprintf(number, sizeof(number), "%" PRId64, field.number);
		line_add_text(line, number);
	} else {
		line_add_string(line, field.text);
	}
	if (line->full)
		line->length = before;
}

static void line_end(struct line *line)
{
	const char *end = line->full ? cut_end : "}\n";
	memcpy(line->bytes + line->length, end, strlen(end));
	line->length += strlen(end);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
	static const char *const level_names[] = {
		[LOG_DEBUG] = "debug",
		[LOG_INFO] = "info",
		[LOG_WARN] = "warn",
		[LOG_ERROR] = "error",
	};
	if (level < lowest_level)
		return;
	int kept_errno = errno;
	char now[TEXT_INSTANT_BYTES];
	text_from_instant(clock_now_us(), now);

	struct line line;
	line.length = 0;
	line.full = false;
	line_add_field(&line, LOG_STR("ts", now));
	line_add_field(&line, LOG_STR("level", level_names[level]));
	line_add_field(&line, LOG_STR("service", service_name));
	line_add_field(&line, LOG_STR("event", event));
	if (current_trace[0])
		line_add_field(&line, LOG_STR("trace", current_trace));
	for (; fields->kind != LOG_END && !line.full; fields++)
		line_add_field(&line, *fields);
	line_end(&line);

	ssize_t written;
	do
		written = write(STDERR_FILENO, line.bytes, line.length);
	while (written < 0 && errno == EINTR);
	errno = kept_errno; /* a line that cannot be written has nowhere to be reported */
}
