#include "reminders/rules/send_window.h"

#include <assert.h>

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define DAY_US    (1440 * MINUTE_US)

const struct send_window send_window_ours = {.opens_minute = 8 * 60, .closes_minute = 21 * 60};

static int64_t offset_us(const struct local_zone *zone, int64_t at)
{
	return zone->offset_seconds_at(zone->zone, at) * SECOND_US;
}

static int64_t floor_day(int64_t local)
{
	int64_t day = local / DAY_US;
	return day - (local % DAY_US < 0);
}

/* The first whole second after `from` and up to `to` at which the offset is no longer that of
 * `from`; the caller knows that it differs at `to`. */
static int64_t change_of_offset(const struct local_zone *zone, int64_t from, int64_t to)
{
	int64_t before = offset_us(zone, from);
	/* Whole seconds: round `from` down and `to` up. */
	int64_t low = from / SECOND_US - (from % SECOND_US < 0);
	int64_t high = to / SECOND_US + (to % SECOND_US > 0);
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (offset_us(zone, middle * SECOND_US) == before)
			low = middle;
		else
			high = middle;
	}
	return high * SECOND_US;
}

bool send_window_is_open(const struct send_window *window, const struct local_zone *zone,
			 int64_t at)
{
	int64_t local = at + offset_us(zone, at);
	int64_t of_day = local - floor_day(local) * DAY_US;
	return of_day >= window->opens_minute * MINUTE_US &&
	       of_day < window->closes_minute * MINUTE_US;
}

int64_t send_window_next(const struct send_window *window, const struct local_zone *zone,
			 int64_t due_at)
{
	assert(window->opens_minute >= 0 && window->opens_minute < window->closes_minute &&
	       window->closes_minute <= 1440);
	int64_t at = due_at;
	while (!send_window_is_open(window, zone, at)) {
		/* The next opening if the offset stays; if it does not, look again from where it
		 * changes. */
		int64_t local = at + offset_us(zone, at);
		int64_t opening = floor_day(local) * DAY_US + window->opens_minute * MINUTE_US;
		if (opening <= local)
			opening += DAY_US;
		int64_t next = at + (opening - local);
		if (offset_us(zone, next) != offset_us(zone, at))
			next = change_of_offset(zone, at, next);
		at = next;
	}
	return at;
}

int64_t local_day_instant(const struct local_zone *zone, int64_t at, int32_t days_after,
			  int32_t minute)
{
	int64_t day = floor_day(at + offset_us(zone, at)) + days_after;
	int64_t local = day * DAY_US + minute * MINUTE_US;
	/* Offsets lie within a day of UTC: the change, if there is one, is between these two. */
	int64_t before = offset_us(zone, local - DAY_US);
	int64_t after = offset_us(zone, local + DAY_US);
	int64_t first = local - before;
	if (before == after || offset_us(zone, first) == before)
		return first; /* the earlier reading where the hour comes twice */
	int64_t second = local - after;
	if (offset_us(zone, second) == after)
		return second;
	return change_of_offset(zone, local - DAY_US, local + DAY_US); /* skipped */
}
