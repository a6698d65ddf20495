#include "ical/write.h"

#include "base/clock.h"
#include "ical/libical.h"
#include "ical/zone.h"

#include <stdlib.h>
#include <string.h>

#define PRODUCT "-//Soleus//Scheduling//EN"

struct writing {
	struct arena *arena;
	bool full; /* the arena: the text is not whole */
};

/* A zone that entries are in, and how far they reach. */
struct span {
	const struct zone *zone;
	const char *name;
	int64_t from_us;
	int64_t until_us;
};

/* ---- Texts ---- */

/* No control characters but the end of a line: RFC 5545 has no way to write them. */
static const char *clean(struct writing *writing, const char *text)
{
	char *copy = arena_strdup(writing->arena, text);
	if (!copy)
		writing->full = true;
	for (char *at = copy; at && *at; at++)
		if (((unsigned char)*at < 0x20 && *at != '\n') || *at == 0x7f)
			*at = ' ';
	return copy ? copy : "";
}

static void add_x(icalcomponent *calendar, const char *name, const char *value)
{
	icalproperty *property = icalproperty_new_x(value);
	icalproperty_set_x_name(property, name);
	icalcomponent_add_property(calendar, property);
}

/* ---- Times ---- */

/* The wall clock that is `offset_s` ahead of UTC, or UTC itself. */
static struct icaltimetype moment(int64_t at_us, int32_t offset_s, bool is_utc)
{
	icaltimezone *utc = icaltimezone_get_utc_timezone();
	struct icaltimetype time =
		icaltime_from_timet_with_zone((time_t)(at_us / CLOCK_SECOND_US + offset_s), 0, utc);
	if (!is_utc)
		time.zone = NULL;
	return time;
}

static bool is_utc(const char *name)
{
	return strcmp(name, "UTC") == 0;
}

/* Whether no other instant reads the same on the wall clock. */
static bool is_once(const struct zone *zone, int64_t at_us)
{
	int32_t offset_s = zone_offset_s(zone, at_us);
	for (int day = -1; day <= 1; day += 2) {
		int32_t other_s = zone_offset_s(zone, at_us + day * CLOCK_DAY_US);
		int64_t other_us = at_us + (offset_s - other_s) * CLOCK_SECOND_US;
		if (other_s != offset_s && zone_offset_s(zone, other_us) == other_s)
			return false;
	}
	return true;
}

static void add_time(icalcomponent *event, icalproperty *property, const struct zone *zone,
		     const char *name, int64_t at_us)
{
	bool in_utc = !zone || is_utc(name) || !is_once(zone, at_us);
	struct icaltimetype time = moment(at_us, in_utc ? 0 : zone_offset_s(zone, at_us), in_utc);
	icalproperty_set_value(property, icalvalue_new_datetime(time));
	if (!in_utc)
		icalproperty_add_parameter(property, icalparameter_new_tzid(name));
	icalcomponent_add_property(event, property);
}

/* ---- Zones ---- */

static void add_observance(icalcomponent *vtimezone, int64_t at_us, int32_t from_s, int32_t to_s)
{
	icalcomponent *observance = icalcomponent_new(to_s > from_s ? ICAL_XDAYLIGHT_COMPONENT
								    : ICAL_XSTANDARD_COMPONENT);
	icalcomponent_add_property(observance,
				   icalproperty_new_dtstart(moment(at_us, from_s, false)));
	icalcomponent_add_property(observance, icalproperty_new_tzoffsetfrom(from_s));
	icalcomponent_add_property(observance, icalproperty_new_tzoffsetto(to_s));
	icalcomponent_add_component(vtimezone, observance);
}

/* What held when the span began, then each change. */
static void add_zone(icalcomponent *calendar, const struct span *span)
{
	icalcomponent *vtimezone = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
	int64_t at_us = span->from_us;
	int32_t offset_s = zone_offset_s(span->zone, at_us);
	icalcomponent_add_property(vtimezone, icalproperty_new_tzid(span->name));
	add_observance(vtimezone, at_us, offset_s, offset_s);
	while ((at_us = zone_next_change(span->zone, at_us, span->until_us)) != 0) {
		int32_t next_s = zone_offset_s(span->zone, at_us);
		add_observance(vtimezone, at_us, offset_s, next_s);
		offset_s = next_s;
	}
	icalcomponent_add_component(calendar, vtimezone);
}

static int compare_spans(const void *one, const void *other)
{
	const struct span *a = one, *b = other;
	return strcmp(a->name, b->name);
}

/* Each zone once, a day wider than its entries on either side, so that no time is before the first
 * observance. */
static void add_zones(icalcomponent *calendar, struct span *spans, size_t count)
{
	qsort(spans, count, sizeof(*spans), compare_spans);
	for (size_t i = 0; i < count;) {
		struct span span = spans[i];
		for (; i < count && strcmp(spans[i].name, span.name) == 0; i++) {
			if (spans[i].from_us < span.from_us)
				span.from_us = spans[i].from_us;
			if (spans[i].until_us > span.until_us)
				span.until_us = spans[i].until_us;
		}
		span.from_us -= span.from_us % CLOCK_DAY_US + CLOCK_DAY_US;
		span.until_us += CLOCK_DAY_US;
		add_zone(calendar, &span);
	}
}

/* ---- The calendar ---- */

static icalcomponent *new_event(struct writing *writing, const struct ical_entry *entry)
{
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	const struct zone *zone = zone_find(entry->zone);
	struct icaltimetype changed = moment(entry->changed_at, 0, true);
	icalproperty_status status = entry->cancelled   ? ICAL_STATUS_CANCELLED
				     : entry->tentative ? ICAL_STATUS_TENTATIVE
							: ICAL_STATUS_CONFIRMED;
	icalcomponent_add_property(event, icalproperty_new_uid(clean(writing, entry->uid)));
	icalcomponent_add_property(event, icalproperty_new_dtstamp(changed));
	icalcomponent_add_property(event, icalproperty_new_lastmodified(changed));
	icalcomponent_add_property(event, icalproperty_new_sequence(entry->sequence));
	icalcomponent_add_property(event, icalproperty_new_status(status));
	add_time(event, icalproperty_new(ICAL_DTSTART_PROPERTY), zone, entry->zone,
		 entry->starts_at);
	add_time(event, icalproperty_new(ICAL_DTEND_PROPERTY), zone, entry->zone, entry->ends_at);
	icalcomponent_add_property(event, icalproperty_new_summary(clean(writing, entry->summary)));
	if (*entry->location)
		icalcomponent_add_property(
			event, icalproperty_new_location(clean(writing, entry->location)));
	icalcomponent_add_property(event, icalproperty_new_transp(entry->cancelled
									  ? ICAL_TRANSP_TRANSPARENT
									  : ICAL_TRANSP_OPAQUE));
	return event;
}

static void add_header(struct writing *writing, icalcomponent *calendar,
		       const struct ical_calendar *from)
{
	icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(calendar, icalproperty_new_prodid(PRODUCT));
	icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"));
	if (from->method)
		icalcomponent_add_property(
			calendar,
			icalproperty_new_method(icalproperty_string_to_method(from->method)));
	add_x(calendar, "X-WR-CALNAME", clean(writing, from->name));
	add_x(calendar, "X-WR-CALDESC", clean(writing, from->about));
	if (from->refresh_minutes <= 0)
		return;
	struct icaldurationtype often = icaldurationtype_from_int(from->refresh_minutes * 60);
	icalproperty *refresh = icalproperty_new_refreshinterval(often);
	icalproperty_set_parameter_from_string(refresh, "VALUE", "DURATION");
	icalcomponent_add_property(calendar, refresh);
	char *text = icaldurationtype_as_ical_string_r(often);
	add_x(calendar, "X-PUBLISHED-TTL", text);
	free(text);
}

static icalcomponent *new_calendar(struct writing *writing, const struct ical_calendar *from,
				   struct span *spans)
{
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	size_t span_count = 0;
	add_header(writing, calendar, from);
	for (size_t i = 0; i < from->count; i++) {
		const struct ical_entry *entry = &from->entries[i];
		const struct zone *zone = zone_find(entry->zone);
		if (zone && !is_utc(entry->zone))
			spans[span_count++] =
				(struct span){zone, entry->zone, entry->starts_at, entry->ends_at};
	}
	add_zones(calendar, spans, span_count);
	for (size_t i = 0; i < from->count; i++)
		icalcomponent_add_component(calendar, new_event(writing, &from->entries[i]));
	return calendar;
}

struct status ical_write(struct arena *arena, const struct ical_calendar *calendar,
			 const char **ret_text, size_t *ret_length)
{
	struct writing writing = {.arena = arena};
	struct span *spans = ARENA_ARRAY(arena, calendar->count, struct span);
	if (!spans)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a calendar");
	libical_enter();
	icalcomponent *root = new_calendar(&writing, calendar, spans);
	char *text = icalcomponent_as_ical_string_r(root);
	icalcomponent_free(root);
	libical_leave();
	const char *kept = text && !writing.full ? arena_strdup(arena, text) : NULL;
	free(text);
	if (!kept)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too large a calendar");
	*ret_text = kept;
	*ret_length = strlen(kept);
	return status_ok();
}
