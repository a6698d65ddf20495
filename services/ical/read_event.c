#include "ical/read_inside.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MOST 40000 /* of one rule: a daily one of a hundred years */

/* A wall-clock time, and whose. */
struct moment {
	int32_t day;
	int32_t seconds; /* after midnight */
	bool is_date;
	bool is_utc;
	const struct zone *zone; /* NULL: of `defined` */
	icaltimezone *defined;   /* by the file itself, for names that tzdata does not have */
};

/* ---- Growing lists ---- */

static void *grow(struct arena *arena, void *list, size_t count, size_t *room, size_t bytes)
{
	if (count < *room)
		return list;
	size_t more = *room ? 2 * *room : 64;
	void *grown = arena_array(arena, more, bytes);
	if (grown && count > 0)
		memcpy(grown, list, count * bytes);
	if (grown)
		*room = more;
	return grown;
}

static void skip(struct reading *reading, const char *uid, const char *why, bool unread)
{
	struct ical_skipped *list = grow(reading->arena, reading->skipped, reading->skipped_count,
					 &reading->skipped_room, sizeof(*list));
	if (!list) {
		reading->too_many = true;
		return;
	}
	reading->skipped = list;
	list[reading->skipped_count++] = (struct ical_skipped){
		reading->line, arena_strdup(reading->arena, uid), why, unread};
}

void reading_skip(struct reading *reading, const char *uid, const char *why)
{
	skip(reading, uid, why, true);
}

static void add(struct reading *reading, struct ical_event event, int sequence)
{
	struct found_event *list = NULL;
	if (reading->found_count < ICAL_EVENTS_MAX)
		list = grow(reading->arena, reading->found, reading->found_count,
			    &reading->found_room, sizeof(*list));
	if (!list) {
		reading->too_many = true;
		return;
	}
	reading->found = list;
	list[reading->found_count++] = (struct found_event){event, sequence, reading->order};
}

/* ---- Times ---- */

static bool read_moment(struct icaltimetype time, struct moment *ret_moment)
{
	char text[48];
	int32_t day;
	if (time.year < 1970 || time.year > 2200)
		return false;
	snprintf(text, sizeof(text), "%04d-%02d-%02d", time.year, time.month, time.day);
	if (!text_to_date(text, &day))
		return false;
	*ret_moment = (struct moment){.day = day, .is_date = time.is_date != 0};
	ret_moment->is_utc = !time.is_date && icaltime_is_utc(time);
	if (!time.is_date)
		ret_moment->seconds = time.hour * 3600 + time.minute * 60 + time.second;
	return ret_moment->seconds >= 0 && ret_moment->seconds <= 86400;
}

/* Some programs write "/vendor.example/20260101/Europe/Vienna". */
static const struct zone *zone_named(const char *name)
{
	const struct zone *zone = zone_find(name);
	for (const char *at = name; !zone && *name == '/' && (at = strchr(at, '/'));)
		zone = zone_find(++at);
	return zone;
}

/* False when the zone that the property names is unknown. */
static bool find_zone(const struct reading *reading, icalproperty *property, struct moment *moment)
{
	icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *name = parameter ? icalparameter_get_tzid(parameter) : NULL;
	moment->zone = reading->zone;
	if (!name || moment->is_date || moment->is_utc)
		return true;
	moment->zone = zone_named(name);
	if (!moment->zone)
		moment->defined = icalcomponent_get_timezone(reading->calendar, name);
	return moment->zone || moment->defined;
}

static int64_t instant(const struct moment *moment)
{
	int64_t local_us = moment->day * CLOCK_DAY_US + moment->seconds * CLOCK_SECOND_US;
	if (moment->is_utc)
		return local_us;
	if (moment->zone)
		return zone_instant(moment->zone, moment->day, moment->seconds / 60) +
		       moment->seconds % 60 * CLOCK_SECOND_US;
	struct icaltimetype time = icaltime_from_timet_with_zone(
		(time_t)(local_us / CLOCK_SECOND_US), 0, icaltimezone_get_utc_timezone());
	time.zone = NULL;
	return local_us -
	       icaltimezone_get_utc_offset(moment->defined, &time, NULL) * CLOCK_SECOND_US;
}

/* The local day of an instant that `like` was written for. */
static int32_t day_of_instant(const struct moment *like, int64_t at_us)
{
	int64_t local_us = at_us;
	if (like->zone && !like->is_utc)
		local_us += zone_offset_s(like->zone, at_us) * CLOCK_SECOND_US;
	return (int32_t)(local_us / CLOCK_DAY_US);
}

static icalproperty *property_of(icalcomponent *event, icalproperty_kind kind)
{
	return icalcomponent_get_first_property(event, kind);
}

/* RECURRENCE-ID as the day in the zone of the series. */
static bool read_replaced(const struct reading *reading, icalcomponent *event, int32_t *ret_day)
{
	struct moment moment;
	icalproperty *property = property_of(event, ICAL_RECURRENCEID_PROPERTY);
	if (!property || !read_moment(icalproperty_get_recurrenceid(property), &moment) ||
	    !find_zone(reading, property, &moment))
		return false;
	*ret_day = moment.day;
	if (moment.is_utc) {
		moment.zone = reading->zone;
		moment.is_utc = false;
		*ret_day = day_of_instant(&moment, moment.day * CLOCK_DAY_US +
							   moment.seconds * CLOCK_SECOND_US);
	}
	return true;
}

void reading_note_replaced(struct reading *reading, icalcomponent *event)
{
	int32_t day;
	const char *uid = icalcomponent_get_uid(event);
	if (uid && read_replaced(reading, event, &day))
		reading->replaced[reading->replaced_count++] = (struct replaced){uid, day};
}

static int compare_replaced(const void *one, const void *other)
{
	const struct replaced *a = one, *b = other;
	int by_uid = strcmp(a->uid, b->uid);
	return by_uid != 0 ? by_uid : (a->day > b->day) - (a->day < b->day);
}

void reading_sort_replaced(struct reading *reading)
{
	qsort(reading->replaced, reading->replaced_count, sizeof(*reading->replaced),
	      compare_replaced);
}

static bool is_replaced(const struct reading *reading, const char *uid, int32_t day)
{
	const struct replaced sought = {uid, day};
	return bsearch(&sought, reading->replaced, reading->replaced_count,
		       sizeof(*reading->replaced), compare_replaced) != NULL;
}

/* ---- One event ---- */

/* An event before its times are spread over a series. */
struct shape {
	const char *uid;
	const char *title;
	int sequence;
	struct moment start;
	int32_t days;      /* all-day: how many */
	int64_t length_us; /* else */
};

static const char *occurrence_uid(struct arena *arena, const struct shape *shape, int32_t day)
{
	char text[TEXT_INSTANT_BYTES];
	text_from_date(day, text);
	return arena_printf(arena, "%s/%.4s%.2s%.2s", shape->uid, text, text + 5, text + 8);
}

static void add_at(struct reading *reading, const struct shape *shape, const char *uid,
		   const struct moment *start)
{
	struct ical_event event = {
		.uid = uid,
		.title = shape->title,
		.starts_at = instant(start),
		.all_day = start->is_date,
		.line = reading->line,
	};
	event.ends_at = event.starts_at + shape->length_us;
	if (start->is_date) {
		event.first_day = start->day;
		event.end_day = start->day + shape->days;
		event.ends_at = zone_instant(reading->zone, event.end_day, 0);
	}
	if (uid)
		add(reading, event, shape->sequence);
	else
		reading->too_many = true;
}

static void add_occurrence(struct reading *reading, const struct shape *shape,
			   const struct moment *start)
{
	if (!is_replaced(reading, shape->uid, start->day))
		add_at(reading, shape, occurrence_uid(reading->arena, shape, start->day), start);
}

static int compare_numbers(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

/* EXDATE: instants, and whole days; sorted, for a file may name thousands. */
struct excluded {
	int64_t *instants;
	size_t instant_count;
	int64_t *days;
	size_t day_count;
};

static bool read_excluded(struct reading *reading, icalcomponent *event,
			  struct excluded *ret_excluded)
{
	int count = icalcomponent_count_properties(event, ICAL_EXDATE_PROPERTY);
	struct excluded excluded = {.instants = ARENA_ARRAY(reading->arena, (size_t)count, int64_t),
				    .days = ARENA_ARRAY(reading->arena, (size_t)count, int64_t)};
	if (!excluded.instants || !excluded.days)
		return false;
	for (icalproperty *property = property_of(event, ICAL_EXDATE_PROPERTY); property;
	     property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
		struct moment except;
		if (!read_moment(icalproperty_get_exdate(property), &except) ||
		    !find_zone(reading, property, &except))
			continue;
		if (except.is_date)
			excluded.days[excluded.day_count++] = except.day;
		else
			excluded.instants[excluded.instant_count++] = instant(&except);
	}
	qsort(excluded.instants, excluded.instant_count, sizeof(int64_t), compare_numbers);
	qsort(excluded.days, excluded.day_count, sizeof(int64_t), compare_numbers);
	*ret_excluded = excluded;
	return true;
}

static bool is_excluded(const struct excluded *excluded, const struct moment *start)
{
	int64_t at = instant(start), day = start->day;
	return bsearch(&at, excluded->instants, excluded->instant_count, sizeof(at),
		       compare_numbers) ||
	       bsearch(&day, excluded->days, excluded->day_count, sizeof(day), compare_numbers);
}

/* An end in UTC is compared with times on the wall. */
static void localise_until(struct icalrecurrencetype *rule, const struct moment *start)
{
	struct moment until;
	if (start->is_date || start->is_utc || !start->zone || !icaltime_is_utc(rule->until) ||
	    !read_moment(rule->until, &until))
		return;
	int64_t at_s = until.day * INT64_C(86400) + until.seconds;
	at_s += zone_offset_s(start->zone, at_s * CLOCK_SECOND_US);
	rule->until =
		icaltime_from_timet_with_zone((time_t)at_s, 0, icaltimezone_get_utc_timezone());
	rule->until.zone = NULL;
}

static void add_by_rule(struct reading *reading, const struct shape *shape, icalcomponent *event,
			const struct excluded *excluded)
{
	icalproperty *property = property_of(event, ICAL_RRULE_PROPERTY);
	struct icaltimetype first =
		icalproperty_get_dtstart(property_of(event, ICAL_DTSTART_PROPERTY));
	struct icalrecurrencetype rule = icalproperty_get_rrule(property);
	if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE) {
		reading_skip(reading, shape->uid, "it recurs by a rule that is not of days");
		return;
	}
	localise_until(&rule, &shape->start);
	first.zone = NULL;
	icalrecur_iterator *iterator = icalrecur_iterator_new(rule, first);
	if (!iterator) {
		reading_skip(reading, shape->uid, "its rule cannot be read");
		return;
	}
	for (int step = 0; step < STEPS_MOST && !reading->too_many; step++) {
		struct moment start = shape->start, next;
		if (!read_moment(icalrecur_iterator_next(iterator), &next))
			break;
		start.day = next.day;
		start.seconds = next.seconds;
		if (instant(&start) >= reading->until_us)
			break;
		if (instant(&start) >= reading->from_us && !is_excluded(excluded, &start))
			add_occurrence(reading, shape, &start);
	}
	icalrecur_iterator_free(iterator);
}

static void add_dates(struct reading *reading, const struct shape *shape, icalcomponent *event,
		      const struct excluded *excluded)
{
	for (icalproperty *property = property_of(event, ICAL_RDATE_PROPERTY); property;
	     property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
		struct moment more;
		struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
		if (!read_moment(date.time, &more) || !find_zone(reading, property, &more))
			continue;
		if (instant(&more) >= reading->from_us && instant(&more) < reading->until_us &&
		    !is_excluded(excluded, &more))
			add_occurrence(reading, shape, &more);
	}
}

/* What is wrong with its times, NULL when nothing is. */
static const char *read_times(const struct reading *reading, icalcomponent *event,
			      struct shape *shape)
{
	icalproperty *start = property_of(event, ICAL_DTSTART_PROPERTY);
	icalproperty *end = property_of(event, ICAL_DTEND_PROPERTY);
	icalproperty *duration = property_of(event, ICAL_DURATION_PROPERTY);
	struct moment ends;
	if (!start || !read_moment(icalproperty_get_dtstart(start), &shape->start))
		return "it has no beginning that can be read";
	if (!find_zone(reading, start, &shape->start))
		return "its zone is not known";
	shape->days = 1;
	if (end) {
		if (!read_moment(icalproperty_get_dtend(end), &ends) ||
		    ends.is_date != shape->start.is_date || !find_zone(reading, end, &ends))
			return "its end cannot be read";
		shape->length_us = instant(&ends) - instant(&shape->start);
		if (shape->length_us < 0)
			return "it ends before it begins";
		if (ends.day > shape->start.day)
			shape->days = ends.day - shape->start.day;
	} else if (duration) {
		int64_t seconds = icaldurationtype_as_int(icalproperty_get_duration(duration));
		if (seconds < 0)
			return "it ends before it begins";
		shape->length_us = seconds * CLOCK_SECOND_US;
		if (seconds > 86400)
			shape->days = (int32_t)(seconds / 86400);
	}
	return NULL;
}

/* An event without a rule is the first of its RDATEs. */
static void add_series(struct reading *reading, const struct shape *shape, icalcomponent *event)
{
	struct excluded excluded;
	if (!read_excluded(reading, event, &excluded)) {
		reading->too_many = true;
		return;
	}
	if (property_of(event, ICAL_RRULE_PROPERTY))
		add_by_rule(reading, shape, event, &excluded);
	else if (!is_excluded(&excluded, &shape->start))
		add_occurrence(reading, shape, &shape->start);
	add_dates(reading, shape, event, &excluded);
}

void reading_add_event(struct reading *reading, icalcomponent *event)
{
	const char *uid = icalcomponent_get_uid(event), *title = icalcomponent_get_summary(event);
	struct shape shape = {.sequence = icalcomponent_get_sequence(event)};
	int32_t day;
	if (!uid || !*uid) {
		reading_skip(reading, "", "it has no UID: reading it again would make it twice");
		return;
	}
	shape.uid = arena_strdup(reading->arena, uid);
	shape.title = arena_strdup(reading->arena, title);
	const char *why = read_times(reading, event, &shape);
	if (!shape.uid || !shape.title)
		reading->too_many = true;
	else if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
		skip(reading, shape.uid, "it is cancelled", false);
	else if (why)
		reading_skip(reading, shape.uid, why);
	else if (read_replaced(reading, event, &day))
		add_at(reading, &shape, occurrence_uid(reading->arena, &shape, day), &shape.start);
	else if (property_of(event, ICAL_RRULE_PROPERTY) || property_of(event, ICAL_RDATE_PROPERTY))
		add_series(reading, &shape, event);
	else
		add_at(reading, &shape, shape.uid, &shape.start);
}
