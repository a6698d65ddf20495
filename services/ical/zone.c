#include "ical/zone.h"

#include "base/clock.h"

#include <libical/ical.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libical reads a zone once, but its cache and its lookups are not for several threads. So each
 * zone becomes a table of its changes, made under the lock at its first use and never touched
 * again. */
#define FIRST_DAY   10957 /* 2000-01-01; before it the first offset holds */
#define LAST_DAY    36524 /* 2069-12-31; behind it the last one */
#define CHANGES_MAX 512   /* two a year, four where Ramadan is observed */

struct change {
	int64_t at_us;
	int32_t offset_s;
};

struct zone {
	char name[64];
	struct zone *next;
	size_t count;
	struct change changes[CHANGES_MAX + 1]; /* the first is at FIRST_DAY */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct zone *zones;

static int32_t ask(icaltimezone *source, int64_t at_s)
{
	struct icaltimetype at =
		icaltime_from_timet_with_zone((time_t)at_s, 0, icaltimezone_get_utc_timezone());
	return icaltimezone_get_utc_offset_of_utc_time(source, &at, NULL);
}

/* The second in (from_s, until_s] from which the offset is no longer `before`. */
static int64_t bisect(icaltimezone *source, int64_t from_s, int64_t until_s, int32_t before)
{
	while (until_s - from_s > 1) {
		int64_t middle = from_s + (until_s - from_s) / 2;
		if (ask(source, middle) == before)
			from_s = middle;
		else
			until_s = middle;
	}
	return until_s;
}

static void fill(struct zone *zone, icaltimezone *source)
{
	int32_t offset_s = ask(source, FIRST_DAY * INT64_C(86400));
	zone->changes[0] = (struct change){FIRST_DAY * CLOCK_DAY_US, offset_s};
	zone->count = 1;
	for (int64_t day = FIRST_DAY; day < LAST_DAY && zone->count <= CHANGES_MAX; day++) {
		int32_t next_s = ask(source, (day + 1) * 86400);
		if (next_s == offset_s)
			continue;
		int64_t at_s = bisect(source, day * 86400, (day + 1) * 86400, offset_s);
		zone->changes[zone->count++] = (struct change){at_s * CLOCK_SECOND_US, next_s};
		offset_s = next_s;
	}
}

static struct zone *load(const char *name)
{
	icaltimezone *source = strcmp(name, "UTC") == 0 ? icaltimezone_get_utc_timezone()
							: icaltimezone_get_builtin_timezone(name);
	struct zone *zone = source ? calloc(1, sizeof(*zone)) : NULL;
	if (!zone)
		return NULL;
	strcpy(zone->name, name);
	fill(zone, source);
	zone->next = zones;
	zones = zone;
	return zone;
}

const struct zone *zone_find(const char *name)
{
	struct zone *zone;
	if (!*name || strlen(name) >= sizeof(zone->name))
		return NULL;
	pthread_mutex_lock(&lock);
	for (zone = zones; zone && strcmp(zone->name, name) != 0;)
		zone = zone->next;
	if (!zone)
		zone = load(name);
	pthread_mutex_unlock(&lock);
	return zone;
}

/* The last change at or before `at_us`; the first of all when there is none. */
static size_t find(const struct zone *zone, int64_t at_us)
{
	size_t low = 0, high = zone->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (zone->changes[middle].at_us <= at_us)
			low = middle;
		else
			high = middle;
	}
	return low;
}

int32_t zone_offset_s(const struct zone *zone, int64_t at_us)
{
	return zone->changes[find(zone, at_us)].offset_s;
}

int64_t zone_next_change(const struct zone *zone, int64_t from_us, int64_t until_us)
{
	size_t next = from_us < zone->changes[0].at_us ? 1 : find(zone, from_us) + 1;
	bool is_there = next < zone->count && zone->changes[next].at_us <= until_us;
	return is_there ? zone->changes[next].at_us : 0;
}

/* The offsets a day before and a day after decide: no zone changes twice within two days. */
int64_t zone_instant(const struct zone *zone, int32_t day, int32_t minutes)
{
	int64_t local_us = day * CLOCK_DAY_US + minutes * CLOCK_MINUTE_US;
	int32_t before_s = zone_offset_s(zone, local_us - CLOCK_DAY_US);
	int32_t after_s = zone_offset_s(zone, local_us + CLOCK_DAY_US);
	int64_t by_before = local_us - before_s * CLOCK_SECOND_US;
	int64_t by_after = local_us - after_s * CLOCK_SECOND_US;
	if (zone_offset_s(zone, by_before) != before_s && zone_offset_s(zone, by_after) == after_s)
		return by_after;
	return by_before; /* also in the overlap, and in the gap */
}

/* The first line of tzdata's one file of sources: "# version 2026a". */
const char *zone_version(void)
{
	static _Thread_local char version[32];
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "re");
	version[0] = '\0';
	if (!file)
		return version;
	if (fscanf(file, "# version %31s", version) != 1)
		version[0] = '\0';
	fclose(file);
	return version;
}
