#include "clocks.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPARE_DAYS 14
#define DAY_S      INT64_C(86400)

/* ---- By glibc ---- */

static int32_t offset_by_glibc(int64_t at_s)
{
	time_t at = (time_t)at_s;
	struct tm tm;
	localtime_r(&at, &tm);
	return (int32_t)tm.tm_gmtoff;
}

/* Hour by hour, then by halves: the first second of another offset in (from_s, until_s]. */
static int64_t first_second(int64_t from_s, int64_t until_s, int32_t before_s)
{
	while (until_s - from_s > 1) {
		int64_t middle = from_s + (until_s - from_s) / 2;
		if (offset_by_glibc(middle) == before_s)
			from_s = middle;
		else
			until_s = middle;
	}
	return until_s;
}

static struct wall read_wall(const char *zone, int32_t from_day, int32_t until_day)
{
	struct wall wall = {0};
	int64_t at_s = (from_day - SPARE_DAYS) * DAY_S, end_s = (until_day + SPARE_DAYS) * DAY_S;
	snprintf(wall.zone, sizeof(wall.zone), "%s", zone);
	setenv("TZ", zone, 1);
	tzset();
	int32_t offset_s = wall.first_s = offset_by_glibc(at_s);
	for (; at_s < end_s && wall.count < WALL_CHANGES_MAX; at_s += 3600) {
		int32_t next_s = offset_by_glibc(at_s + 3600);
		if (next_s == offset_s)
			continue;
		int64_t change_s = first_second(at_s, at_s + 3600, offset_s);
		wall.changes[wall.count++] =
			(struct wall_change){change_s * CLOCK_SECOND_US, offset_s, next_s};
		offset_s = next_s;
	}
	return wall;
}

static unsigned changes_within(const struct wall *wall, int32_t from_day, int32_t until_day)
{
	unsigned count = 0;
	for (unsigned i = 0; i < wall->count; i++)
		count += wall->changes[i].at >= from_day * CLOCK_DAY_US &&
			 wall->changes[i].at < until_day * CLOCK_DAY_US;
	return count;
}

struct clocks clocks_that_change(int32_t from_day, int32_t until_day)
{
	struct clocks clocks = {0};
	char line[512], name[64];
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "re");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "Z %63s", name) != 1 && sscanf(line, "L %*s %63s", name) != 1)
			continue;
		const struct wall wall = read_wall(name, from_day, until_day);
		unsigned changes = changes_within(&wall, from_day, until_day);
		clocks.zones++;
		if (changes == 0)
			continue;
		clocks.of = realloc(clocks.of, (clocks.count + 1) * sizeof(*clocks.of));
		clocks.of[clocks.count++] = wall;
		clocks.changes += changes;
	}
	if (file)
		fclose(file);
	unsetenv("TZ");
	tzset();
	return clocks;
}

struct wall wall_of(const char *zone, int32_t from_day, int32_t until_day)
{
	struct wall wall = read_wall(zone, from_day, until_day);
	unsetenv("TZ");
	tzset();
	return wall;
}

void clocks_end(struct clocks *clocks)
{
	free(clocks->of);
	*clocks = (struct clocks){0};
}

/* ---- Wall clocks ---- */

int32_t wall_offset_s(const struct wall *wall, int64_t at)
{
	int32_t offset_s = wall->first_s;
	for (unsigned i = 0; i < wall->count && wall->changes[i].at <= at; i++)
		offset_s = wall->changes[i].after_s;
	return offset_s;
}

int64_t wall_instant(const struct wall *wall, int32_t day, int32_t minutes)
{
	int64_t shown = day * CLOCK_DAY_US + minutes * CLOCK_MINUTE_US;
	int64_t first = INT64_MAX;
	for (unsigned i = 0; i <= wall->count; i++) {
		int32_t offset_s = i == 0 ? wall->first_s : wall->changes[i - 1].after_s;
		int64_t at = shown - offset_s * CLOCK_SECOND_US;
		if (wall_offset_s(wall, at) == offset_s && at < first)
			first = at;
	}
	for (unsigned i = 0; i < wall->count && first == INT64_MAX; i++) {
		const struct wall_change *change = &wall->changes[i];
		if (shown >= change->at + change->before_s * CLOCK_SECOND_US &&
		    shown < change->at + change->after_s * CLOCK_SECOND_US)
			first = shown - change->before_s * CLOCK_SECOND_US;
	}
	return first;
}

int32_t wall_day(const struct wall *wall, int64_t at)
{
	return (int32_t)((at + wall_offset_s(wall, at) * CLOCK_SECOND_US) / CLOCK_DAY_US);
}

int32_t wall_minutes(const struct wall *wall, int64_t at)
{
	return (int32_t)((at + wall_offset_s(wall, at) * CLOCK_SECOND_US) % CLOCK_DAY_US /
			 CLOCK_MINUTE_US);
}

void wall_text(const struct wall *wall, int64_t at, char ret_text[WALL_BYTES])
{
	time_t shown = (time_t)(at / CLOCK_SECOND_US + wall_offset_s(wall, at));
	struct tm tm;
	gmtime_r(&shown, &tm);
	strftime(ret_text, WALL_BYTES, "%a %d %b %Y %H:%M", &tm);
}
