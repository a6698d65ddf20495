#include "ical/read_inside.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DEPTH_MOST 8 /* of components in components: libical frees them by recursion */

/* ---- Before libical sees it ---- */

struct scan {
	bool has_calendar;
	int depth;
	int deepest;
	bool ends_first; /* an END without its BEGIN, which libical reports on standard error */
	size_t event_count;
	int *lines; /* of BEGIN:VEVENT, in their order */
};

static bool is_line(const char *line, const char *word)
{
	size_t length = strlen(word);
	return strncasecmp(line, word, length) == 0 && (unsigned char)line[length] <= ' ';
}

static void scan_lines(const char *text, struct scan *scan)
{
	int number = 1;
	for (const char *line = text; *line; number++) {
		if (is_line(line, "BEGIN:VCALENDAR") && scan->depth == 0)
			scan->has_calendar = true;
		if (is_line(line, "BEGIN:VEVENT")) {
			if (scan->lines)
				scan->lines[scan->event_count] = number;
			scan->event_count++;
		}
		if (strncasecmp(line, "BEGIN:", 6) == 0)
			scan->depth++;
		if (strncasecmp(line, "END:", 4) == 0)
			scan->depth--;
		if (scan->depth < 0)
			scan->ends_first = true;
		if (scan->depth > scan->deepest)
			scan->deepest = scan->depth;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
}

static struct status scan_file(struct arena *arena, const char *text, size_t length,
			       struct scan *ret_scan)
{
	struct scan scan = {0};
	if (length > ICAL_BYTES_MAX)
		return status_error(STATUS_INVALID_ARGUMENT, "at most 1 MiB");
	if (!text_is_utf8(text, length))
		return status_error(STATUS_INVALID_ARGUMENT, "a text in UTF-8");
	scan_lines(text, &scan);
	if (!scan.has_calendar)
		return status_error(STATUS_INVALID_ARGUMENT, "an iCalendar file (BEGIN:VCALENDAR)");
	if (scan.ends_first)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "an iCalendar file in which all that ends has begun");
	if (scan.depth != 0)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "a whole file: this one ends in the middle");
	if (scan.deepest > DEPTH_MOST)
		return status_error(STATUS_INVALID_ARGUMENT, "an iCalendar file that nests less");
	*ret_scan = (struct scan){.lines = ARENA_ARRAY(arena, scan.event_count, int)};
	if (!ret_scan->lines)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a file for one call");
	scan_lines(text, ret_scan);
	return status_ok();
}

/* ---- Calendars of a file ---- */

/* With VALUE=TEXT, as some programs write it, it is no longer of the X kind. */
static const char *x_value(icalproperty *property)
{
	icalvalue *value = icalproperty_get_value(property);
	if (value && icalvalue_isa(value) == ICAL_TEXT_VALUE)
		return icalvalue_get_text(value);
	return icalproperty_get_x(property);
}

static const char *x_property(icalcomponent *calendar, const char *name)
{
	for (icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
	     property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY)) {
		const char *found = icalproperty_get_x_name(property);
		const char *value = x_value(property);
		if (found && value && strcasecmp(found, name) == 0)
			return value;
	}
	return "";
}

static icalcomponent *first_event(icalcomponent *calendar)
{
	return icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
}

static icalcomponent *next_event(icalcomponent *calendar)
{
	return icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
}

static bool note_replaced(struct reading *reading)
{
	size_t count = 0;
	for (icalcomponent *event = first_event(reading->calendar); event;
	     event = next_event(reading->calendar))
		count++;
	reading->replaced_count = 0;
	reading->replaced = ARENA_ARRAY(reading->arena, count, struct replaced);
	for (icalcomponent *event = first_event(reading->calendar); reading->replaced && event;
	     event = next_event(reading->calendar))
		reading_note_replaced(reading, event);
	if (reading->replaced)
		reading_sort_replaced(reading);
	return reading->replaced != NULL;
}

static void read_calendar(struct reading *reading, const struct scan *scan, const char *zone,
			  struct ical_file *file)
{
	const char *named = x_property(reading->calendar, "X-WR-TIMEZONE");
	reading->zone = *named ? zone_find(named) : NULL;
	if (!reading->zone)
		named = zone;
	if (!reading->zone)
		reading->zone = zone_find(zone);
	if (!reading->zone)
		reading->zone = zone_find(named = "UTC");
	file->zone = arena_strdup(reading->arena, named);
	if (!file->name || !*file->name)
		file->name =
			arena_strdup(reading->arena, x_property(reading->calendar, "X-WR-CALNAME"));
	reading->too_many |= !note_replaced(reading);
	for (icalcomponent *event = first_event(reading->calendar); event && !reading->too_many;
	     event = next_event(reading->calendar)) {
		reading->line =
			reading->order < scan->event_count ? scan->lines[reading->order] : 0;
		reading_add_event(reading, event);
		reading->order++;
	}
}

/* One calendar, or the several of a file. */
static void read_root(struct reading *reading, icalcomponent *root, const struct scan *scan,
		      const char *zone, struct ical_file *file)
{
	reading->calendar = root;
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
		read_calendar(reading, scan, zone, file);
		return;
	}
	for (icalcomponent *calendar =
		     icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
	     calendar;
	     calendar = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
		reading->calendar = calendar;
		read_calendar(reading, scan, zone, file);
	}
}

/* ---- What was found ---- */

/* Of one uid the one that counts comes first. */
static int compare_uids(const void *one, const void *other)
{
	const struct found_event *a = one, *b = other;
	int by_uid = strcmp(a->event.uid, b->event.uid);
	if (by_uid != 0)
		return by_uid;
	if (a->sequence != b->sequence)
		return a->sequence > b->sequence ? -1 : 1;
	return a->order > b->order ? -1 : a->order < b->order;
}

static int compare_starts(const void *one, const void *other)
{
	const struct ical_event *a = one, *b = other;
	if (a->starts_at != b->starts_at)
		return a->starts_at < b->starts_at ? -1 : 1;
	return strcmp(a->uid, b->uid);
}

static bool keep_each_once(struct reading *reading, const struct scan *scan, struct ical_file *file)
{
	struct found_event *found = reading->found;
	file->events = ARENA_ARRAY(reading->arena, reading->found_count, struct ical_event);
	if (!file->events)
		return false;
	if (found)
		qsort(found, reading->found_count, sizeof(*found), compare_uids);
	for (size_t i = 0; i < reading->found_count; i++) {
		if (i > 0 && strcmp(found[i - 1].event.uid, found[i].event.uid) == 0) {
			reading->line = found[i].order < scan->event_count
						? scan->lines[found[i].order]
						: 0;
			reading_skip(reading, found[i].event.uid,
				     "another event has its UID, and counts");
			continue;
		}
		file->events[file->event_count++] = found[i].event;
	}
	qsort(file->events, file->event_count, sizeof(*file->events), compare_starts);
	file->skipped = reading->skipped;
	file->skipped_count = reading->skipped_count;
	return !reading->too_many;
}

struct status ical_read(struct arena *arena, const char *text, size_t length, const char *zone,
			int64_t from_us, int64_t until_us, struct ical_file *ret_file)
{
	struct scan scan;
	struct ical_file file = {0};
	struct reading reading = {.arena = arena, .from_us = from_us, .until_us = until_us};
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	struct status status = scan_file(arena, text, length, &scan);
	if (!status_is_ok(status))
		return status;
	libical_enter();
	icalcomponent *root = icalparser_parse_string(text);
	if (root) {
		read_root(&reading, root, &scan, zone, &file);
		icalcomponent_free(root);
	}
	libical_leave();
	if (!root)
		return status_error(STATUS_INVALID_ARGUMENT, "an iCalendar file that can be read");
	if (reading.too_many || !keep_each_once(&reading, &scan, &file))
		return status_error(STATUS_INVALID_ARGUMENT, "a file of fewer events");
	if (!file.name)
		file.name = "";
	if (!file.zone)
		file.zone = "UTC";
	*ret_file = file;
	return status;
}
