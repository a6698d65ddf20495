#include "scheduling/handlers/holidays.h"

#include "base/clock.h"
#include "base/text.h"
#include "ical/zone.h"
#include "loop/offload.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_DAYS  31
#define BACK_US       ((LONGEST_DAYS + 1) * CLOCK_DAY_US) /* one that began is not over */
#define AHEAD_US      (1100 * CLOCK_DAY_US)
#define ROWS_MAX      5000
#define UID_BYTES_MAX 200
#define TITLE_BYTES   200

struct reading {
	struct arena *arena;
	struct holiday_file *file;
	struct ical_file calendar;
	struct status status;
};

static const char *fault_of(const struct ical_event *event, int64_t now_us)
{
	if (!event->all_day)
		return "it is not of whole days";
	if (event->end_day - event->first_day > LONGEST_DAYS)
		return "it is longer than 31 days";
	if (event->starts_at >= now_us + AHEAD_US)
		return "it is more than three years ahead";
	if (strlen(event->uid) > UID_BYTES_MAX)
		return "its UID is longer than 200 bytes";
	for (const char *at = event->uid; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return "its UID has control characters";
	return NULL;
}

/* One line, cut at the last whole letter that fits; a day without a name is closed as well. */
static const char *title_of(struct arena *arena, const char *title)
{
	size_t length = strlen(title);
	if (length > TITLE_BYTES)
		for (length = TITLE_BYTES;
		     length > 0 && ((unsigned char)title[length] & 0xc0) == 0x80;)
			length--;
	char *line = arena_strndup(arena, title, length);
	for (char *at = line; at && *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = ' ';
	return text_is_blank(line) ? "Holiday" : line;
}

static int compare_rows(const void *one, const void *other)
{
	const struct holiday_row *a = one, *b = other;
	int by_clinic = strcmp(a->clinic_id, b->clinic_id);
	return by_clinic != 0 ? by_clinic : strcmp(a->uid, b->uid);
}

/* At each clinic where it is not over. */
static void take_event(struct reading *reading, const struct ical_event *event)
{
	struct holiday_file *file = reading->file;
	const char *title = title_of(reading->arena, event->title);
	for (size_t i = 0; i < file->clinic_count; i++) {
		const struct holiday_clinic *clinic = &file->clinics[i];
		const struct zone *zone = zone_find(clinic->zone);
		if (!zone)
			zone = zone_find("UTC");
		int64_t ends_at = zone_instant(zone, event->end_day, 0);
		if (ends_at <= file->now_us)
			continue;
		file->rows[file->row_count++] = (struct holiday_row){
			.clinic_id = clinic->clinic_id,
			.uid = event->uid,
			.title = title,
			.starts_at = zone_instant(zone, event->first_day, 0),
			.ends_at = ends_at,
		};
	}
}

static struct status take_events(struct reading *reading)
{
	struct holiday_file *file = reading->file;
	const struct ical_file *calendar = &reading->calendar;
	size_t count = calendar->event_count;
	if (count * file->clinic_count > ROWS_MAX)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "a file of fewer days: at most 5000, counted at each clinic");
	file->rows = ARENA_ARRAY(reading->arena, count * file->clinic_count, struct holiday_row);
	file->skipped =
		ARENA_ARRAY(reading->arena, calendar->skipped_count + count, struct ical_skipped);
	if (!file->rows || !file->skipped)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a file for one call");
	for (size_t i = 0; i < calendar->skipped_count; i++)
		file->skipped[file->skipped_count++] = calendar->skipped[i];
	for (size_t i = 0; i < count; i++) {
		const struct ical_event *event = &calendar->events[i];
		const char *why = fault_of(event, file->now_us);
		if (why)
			file->skipped[file->skipped_count++] =
				(struct ical_skipped){event->line, event->uid, why};
		else
			take_event(reading, event);
	}
	qsort(file->rows, file->row_count, sizeof(*file->rows), compare_rows);
	return status_ok();
}

/* Days are days wherever the clinic is: the zone that the file is read in does not matter. */
static void read_file(void *argument)
{
	struct reading *reading = argument;
	const struct holiday_file *file = reading->file;
	reading->status =
		ical_read(reading->arena, file->text, file->length, "UTC", file->now_us - BACK_US,
			  file->now_us + AHEAD_US, &reading->calendar);
	if (status_is_ok(reading->status))
		reading->status = take_events(reading);
}

FIBER struct status holidays_read(struct arena *arena, struct holiday_file *file)
{
	struct reading reading = {.arena = arena, .file = file};
	offload(read_file, &reading);
	return reading.status;
}

/* ---- What they change ---- */

/* What the file still holds in a form that nobody can read stays as it was read before. */
static bool is_unread(const struct holiday_file *file, const char *uid)
{
	for (size_t i = 0; i < file->skipped_count; i++) {
		size_t length = strlen(file->skipped[i].uid);
		if (file->skipped[i].unread && length > 0 &&
		    strncmp(uid, file->skipped[i].uid, length) == 0 &&
		    (uid[length] == '\0' || uid[length] == '/'))
			return true;
	}
	return false;
}

static void compare_one(struct arena *arena, const struct holiday_row *kept,
			const struct holiday_row *row, struct holiday_changes *changes)
{
	struct holiday_row put = row ? *row : (struct holiday_row){0};
	bool same_time =
		kept && row && kept->starts_at == row->starts_at && kept->ends_at == row->ends_at;
	if (same_time && strcmp(kept->title, row->title) == 0) {
		changes->unchanged++;
		return;
	}
	if (kept && !same_time)
		changes->gone[changes->gone_count++] = *kept;
	if (!row) {
		changes->removed++;
		return;
	}
	put.absence_id = same_time ? kept->absence_id : text_uuid7_new(arena);
	changes->put[changes->put_count++] = put;
	*(kept ? &changes->changed : &changes->added) += 1;
}

struct status holidays_compare(struct arena *arena, const struct holiday_file *file,
			       const struct db_result *kept, struct holiday_changes *ret_changes)
{
	size_t kept_count = db_result_rows(kept), k = 0, r = 0;
	struct holiday_changes changes = {
		.put = ARENA_ARRAY(arena, file->row_count, struct holiday_row),
		.gone = ARENA_ARRAY(arena, kept_count, struct holiday_row),
	};
	struct holiday_row *rows = ARENA_ARRAY(arena, kept_count, struct holiday_row);
	if (!changes.put || !changes.gone || !rows)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a file for one call");
	for (size_t i = 0; i < kept_count; i++)
		rows[i] = holiday_row(kept, i);
	qsort(rows, kept_count, sizeof(*rows), compare_rows);
	while (k < kept_count || r < file->row_count) {
		int order = k == kept_count        ? 1
			    : r == file->row_count ? -1
						   : compare_rows(&rows[k], &file->rows[r]);
		if (order < 0 && is_unread(file, rows[k].uid))
			changes.unchanged++;
		else
			compare_one(arena, order <= 0 ? &rows[k] : NULL,
				    order >= 0 ? &file->rows[r] : NULL, &changes);
		k += order <= 0;
		r += order >= 0;
	}
	*ret_changes = changes;
	return status_ok();
}
