#include "scheduling/handlers/calendar_file.h"

#include "base/clock.h"
#include "loop/offload.h"

#include <string.h>

#define BACK_US       (400 * CLOCK_DAY_US) /* what is looked at: a season that was, two to come */
#define AHEAD_US      (800 * CLOCK_DAY_US)
#define LONGEST_US    (31 * CLOCK_DAY_US)
#define SHORTEST_US   CLOCK_MINUTE_US /* of an event without an end */
#define SESSIONS_MAX  5000
#define UID_BYTES_MAX 200
#define TITLE_BYTES   1000

struct parsing {
	struct arena *arena;
	const char *text;
	size_t length;
	const char *zone;
	int64_t from_us;
	int64_t until_us;
	struct ical_file file;
	struct status status;
};

static void parse(void *argument)
{
	struct parsing *parsing = argument;
	parsing->status = ical_read(parsing->arena, parsing->text, parsing->length, parsing->zone,
				    parsing->from_us, parsing->until_us, &parsing->file);
}

/* At the last whole letter that fits. */
static const char *cut_title(struct arena *arena, const char *title)
{
	size_t length = strlen(title);
	if (length <= TITLE_BYTES)
		return title;
	for (length = TITLE_BYTES; length > 0 && ((unsigned char)title[length] & 0xc0) == 0x80;)
		length--;
	return arena_strndup(arena, title, length);
}

static const char *fault_of(const struct parsing *parsing, const struct ical_event *event)
{
	if (event->starts_at < parsing->from_us || event->starts_at >= parsing->until_us)
		return "it is more than 400 days ago, or more than 800 ahead";
	if (strlen(event->uid) > UID_BYTES_MAX)
		return "its UID is longer than 200 bytes";
	for (const char *at = event->uid; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return "its UID has control characters";
	if (event->ends_at - event->starts_at > LONGEST_US)
		return "it is longer than 31 days";
	return NULL;
}

static struct session_row row_of(struct arena *arena, const struct ical_event *event)
{
	return (struct session_row){
		.uid = event->uid,
		.title = cut_title(arena, event->title),
		.kind = SESSION_MODERATE,
		.starts_at = event->starts_at,
		.ends_at = event->ends_at > event->starts_at ? event->ends_at
							     : event->starts_at + SHORTEST_US,
		.all_day = event->all_day,
	};
}

static bool take_events(const struct parsing *parsing, struct calendar_file *file)
{
	const struct ical_file *from = &parsing->file;
	struct arena *arena = parsing->arena;
	file->calendar.rows = ARENA_ARRAY(arena, from->event_count, struct session_row);
	file->skipped =
		ARENA_ARRAY(arena, from->skipped_count + from->event_count, struct ical_skipped);
	if (!file->calendar.rows || !file->skipped)
		return false;
	for (; file->skipped_count < from->skipped_count; file->skipped_count++)
		file->skipped[file->skipped_count] = from->skipped[file->skipped_count];
	for (size_t i = 0; i < from->event_count; i++) {
		const struct ical_event *event = &from->events[i];
		const char *why = fault_of(parsing, event);
		if (why)
			file->skipped[file->skipped_count++] =
				(struct ical_skipped){event->line, event->uid, why};
		else
			file->calendar.rows[file->calendar.row_count++] = row_of(arena, event);
	}
	return file->calendar.row_count <= SESSIONS_MAX;
}

static FIBER struct status find_zone(struct db *db, struct arena *arena,
				     const struct training_calendar *whose, const char **ret_zone)
{
	struct db_unit *unit = db_unit_new(arena, whose->organisation_id);
	size_t index = training_zone(unit, whose->organisation_id, whose->athlete_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	if (db_result_rows(db_unit_result(unit, index)) == 0)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	*ret_zone = db_text(db_unit_result(unit, index), 0, 0);
	return status;
}

FIBER struct status calendar_file_read(struct db *db, struct arena *arena,
				       const struct training_calendar *whose, const char *text,
				       size_t length, struct calendar_file *ret_file)
{
	struct parsing parsing = {
		.arena = arena,
		.text = text,
		.length = length,
		.from_us = whose->now_us - BACK_US,
		.until_us = whose->now_us + AHEAD_US,
	};
	struct status status = find_zone(db, arena, whose, &parsing.zone);
	if (!status_is_ok(status))
		return status;
	offload(parse, &parsing);
	if (!status_is_ok(parsing.status))
		return parsing.status;
	struct calendar_file file = {.calendar.kept = *whose};
	if (!take_events(&parsing, &file))
		return status_error(STATUS_INVALID_ARGUMENT, "a file of at most 5000 events");
	const char **unread = ARENA_ARRAY(arena, file.skipped_count, const char *);
	if (!unread)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a file for one call");
	for (size_t i = 0; i < file.skipped_count; i++)
		if (file.skipped[i].unread && *file.skipped[i].uid)
			unread[file.calendar.kept.unread_count++] = file.skipped[i].uid;
	file.calendar.kept.unread = unread;
	file.calendar.kept.whole = true;
	file.calendar.kept.from_at = parsing.from_us;
	file.calendar.kept.until_at = parsing.until_us;
	*ret_file = file;
	return status;
}
