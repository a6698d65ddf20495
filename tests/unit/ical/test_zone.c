/* Local time of every zone of tzdata that changes its clock in 2026 to 2028, against glibc's
 * reading of the same files: a second, independent implementation. */
#include "base/clock.h"
#include "ical/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define FIRST_DAY 20454 /* 2026-01-01 */
#define END_DAY   21550 /* 2029-01-01 */
#define NINE      (9 * 60)

static struct tm local(int64_t at_us)
{
	time_t at = (time_t)(at_us / CLOCK_SECOND_US);
	struct tm tm;
	localtime_r(&at, &tm);
	return tm;
}

/* Every day at nine: glibc reads the instant as nine of that day. */
static void check_nine(const struct zone *zone, const char *name)
{
	for (int32_t day = FIRST_DAY; day < END_DAY; day++) {
		struct tm tm = local(zone_instant(zone, day, NINE));
		int64_t seen = (int64_t)timegm(&(struct tm){
			.tm_year = tm.tm_year, .tm_mon = tm.tm_mon, .tm_mday = tm.tm_mday});
		if (seen / 86400 != day || tm.tm_hour != 9 || tm.tm_min != 0)
			fail_msg("%s: 09:00 of day %d is read as day %lld, %02d:%02d", name, day,
				 (long long)(seen / 86400), tm.tm_hour, tm.tm_min);
	}
}

/* Around a change: what is skipped is read as before it, what comes twice is the first. */
static void check_change(const struct zone *zone, const char *name, int64_t at_us)
{
	int32_t before_s = zone_offset_s(zone, at_us - 1), after_s = zone_offset_s(zone, at_us);
	int64_t first_us = at_us + (before_s < after_s ? before_s : after_s) * CLOCK_SECOND_US;
	int64_t last_us = at_us + (before_s < after_s ? after_s : before_s) * CLOCK_SECOND_US;
	if (local(at_us).tm_gmtoff != after_s ||
	    local(at_us - CLOCK_SECOND_US).tm_gmtoff != before_s)
		fail_msg("%s: glibc sees another change at %lld", name, (long long)at_us);
	for (int64_t wall_us = first_us; wall_us < last_us; wall_us += 15 * CLOCK_MINUTE_US) {
		int64_t got = zone_instant(zone, (int32_t)(wall_us / CLOCK_DAY_US),
					   (int32_t)(wall_us % CLOCK_DAY_US / CLOCK_MINUTE_US));
		if (wall_us % CLOCK_MINUTE_US == 0 && got != wall_us - before_s * CLOCK_SECOND_US)
			fail_msg("%s: wall clock %lld around the change at %lld is off by %lld us",
				 name, (long long)wall_us, (long long)at_us,
				 (long long)(got - wall_us + before_s * CLOCK_SECOND_US));
	}
}

static unsigned check_zone(const char *name)
{
	unsigned changes = 0;
	const struct zone *zone = zone_find(name);
	if (!zone)
		fail_msg("no zone %s", name);
	int64_t at_us = FIRST_DAY * CLOCK_DAY_US;
	setenv("TZ", name, 1);
	tzset();
	while ((at_us = zone_next_change(zone, at_us, END_DAY * CLOCK_DAY_US)) != 0) {
		check_change(zone, name, at_us);
		changes++;
	}
	if (changes > 0)
		check_nine(zone, name);
	return changes;
}

static void test_every_zone_that_changes_its_clock(void **state)
{
	(void)state;
	char line[512];
	unsigned zones = 0, changing = 0;
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "re");
	if (!file)
		skip();
	while (fgets(line, sizeof(line), file)) {
		char name[128];
		if (sscanf(line, "Z %127s", name) != 1 && sscanf(line, "L %*s %127s", name) != 1)
			continue;
		if (!strchr(name, '/'))
			continue;
		zones++;
		changing += check_zone(name) > 0;
	}
	fclose(file);
	print_message("%u zones, %u change their clock, tzdata %s\n", zones, changing,
		      zone_version());
	assert_true(changing > 100);
}

static void test_names_that_are_none(void **state)
{
	(void)state;
	assert_null(zone_find("Europe/Atlantis"));
	assert_null(zone_find(""));
	assert_null(zone_find("../../etc/passwd"));
	assert_non_null(zone_find("UTC"));
	assert_ptr_equal(zone_find("Europe/Vienna"), zone_find("Europe/Vienna"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_zone_that_changes_its_clock),
		cmocka_unit_test(test_names_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
