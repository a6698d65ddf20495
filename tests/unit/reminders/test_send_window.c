/* Quiet hours in the recipient's zone: fixed zones, both changes of the clock, and made-up zones
 * that change at the worst moments, against a search minute by minute. */
#include "reminders/rules/send_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* Offset `before` until `changes_at`, then `after`; seconds. */
struct made_zone {
	int64_t changes_at;
	int32_t before;
	int32_t after;
};

static int32_t made_offset(const void *zone, int64_t at)
{
	const struct made_zone *made = zone;
	return at < made->changes_at ? made->before : made->after;
}

/* 2027-03-28T01:00Z, 2027-10-31T01:00Z; 2027-01-01T00:00Z. */
#define VIENNA_SPRING (INT64_C(1806195600) * 1000000)
#define VIENNA_AUTUMN (INT64_C(1824944400) * 1000000)
#define NEW_YEAR      (INT64_C(1798761600) * 1000000)

static const struct made_zone utc = {0, 0, 0};
static const struct made_zone vienna_spring = {VIENNA_SPRING, 3600, 7200};
static const struct made_zone vienna_autumn = {VIENNA_AUTUMN, 7200, 3600};
static const struct made_zone los_angeles = {0, -28800, -28800};
static const struct made_zone kathmandu = {0, 20700, 20700};

static const struct {
	const char *name;
	const struct made_zone *zone;
	int64_t due;
	int64_t expected;
} cases[] = {
	{"noon goes at once", &utc, NEW_YEAR + 12 * HOUR, NEW_YEAR + 12 * HOUR},
	{"exactly 8:00 goes at once", &utc, NEW_YEAR + 8 * HOUR, NEW_YEAR + 8 * HOUR},
	{"a microsecond before 8:00 waits for it", &utc, NEW_YEAR + 8 * HOUR - 1,
	 NEW_YEAR + 8 * HOUR},
	{"a microsecond before 21:00 still goes", &utc, NEW_YEAR + 21 * HOUR - 1,
	 NEW_YEAR + 21 * HOUR - 1},
	{"exactly 21:00 waits for the morning", &utc, NEW_YEAR + 21 * HOUR, NEW_YEAR + 32 * HOUR},
	{"midnight waits for 8:00", &utc, NEW_YEAR, NEW_YEAR + 8 * HOUR},
	{"before 1970 too", &utc, -DAY - 1, -DAY + 8 * HOUR},
	{"the recipient's zone: 8:00 in Los Angeles", &los_angeles, NEW_YEAR + 8 * HOUR,
	 NEW_YEAR + 16 * HOUR},
	{"the recipient's zone: 21:30 in Kathmandu", &kathmandu, NEW_YEAR + 945 * MINUTE,
	 NEW_YEAR + DAY + 135 * MINUTE},
	/* Saturday 22:00 +01:00; Sunday 8:00 is +02:00. */
	{"the night the clock goes forward is an hour shorter", &vienna_spring,
	 VIENNA_SPRING - 4 * HOUR, VIENNA_SPRING + 5 * HOUR},
	{"the night the clock goes back is an hour longer", &vienna_autumn,
	 VIENNA_AUTUMN - 5 * HOUR, VIENNA_AUTUMN + 6 * HOUR},
};

static void waits_for_the_window(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct local_zone zone = {made_offset, cases[i].zone};
		int64_t got = send_window_next(&send_window_ours, &zone, cases[i].due);
		if (got != cases[i].expected)
			fail_msg("%s: off by %lld s", cases[i].name,
				 (long long)((got - cases[i].expected) / 1000000));
	}
}

/* Any change, any window: the answer is the first open minute, and open to the microsecond. */
static void agrees_with_a_search(void **state)
{
	(void)state;
	static const int32_t shifts[] = {3600, -3600, 1800, -1800, 7200, -7200, 86400, -86400};
	static const struct send_window windows[] = {{480, 1260}, {0, 1440},    {120, 180},
						     {0, 60},     {1380, 1440}, {719, 720}};
	for (size_t s = 0; s < 8; s++)
		for (size_t w = 0; w < 6; w++)
			for (int at = 0; at < 48; at += 1) {
				struct made_zone made = {NEW_YEAR + at * 30 * MINUTE, 3600,
							 3600 + shifts[s]};
				struct local_zone zone = {made_offset, &made};
				int64_t due = NEW_YEAR + (at % 7) * 97 * MINUTE;
				int64_t expected = due;
				while (!send_window_is_open(&windows[w], &zone, expected))
					expected += MINUTE;
				int64_t got = send_window_next(&windows[w], &zone, due);
				assert_true(got == expected);
			}
}

static const struct {
	const char *name;
	const struct made_zone *zone;
	int64_t at;
	int32_t days_after;
	int32_t minute;
	int64_t expected;
} days[] = {
	{"today at 10:00", &utc, NEW_YEAR + 23 * HOUR, 0, 600, NEW_YEAR + 10 * HOUR},
	{"tomorrow at 10:00", &utc, NEW_YEAR + 23 * HOUR, 1, 600, NEW_YEAR + 34 * HOUR},
	{"the evening before", &utc, NEW_YEAR + HOUR, -1, 1080, NEW_YEAR - 6 * HOUR},
	{"the local day, not UTC's", &los_angeles, NEW_YEAR + HOUR, 0, 600, NEW_YEAR - 6 * HOUR},
	{"10:00 over the spring change", &vienna_spring, VIENNA_SPRING - 12 * HOUR, 1, 600,
	 VIENNA_SPRING + 7 * HOUR},
	{"10:00 over the autumn change", &vienna_autumn, VIENNA_AUTUMN - 12 * HOUR, 1, 600,
	 VIENNA_AUTUMN + 8 * HOUR},
	{"2:30 that is skipped is the change", &vienna_spring, VIENNA_SPRING - 12 * HOUR, 1, 150,
	 VIENNA_SPRING},
	{"2:30 that comes twice is the first", &vienna_autumn, VIENNA_AUTUMN - 12 * HOUR, 1, 150,
	 VIENNA_AUTUMN - 30 * MINUTE},
	{"3:00 at the spring change", &vienna_spring, VIENNA_SPRING - 12 * HOUR, 1, 180,
	 VIENNA_SPRING},
	{"3:00 after the autumn change", &vienna_autumn, VIENNA_AUTUMN - 12 * HOUR, 1, 180,
	 VIENNA_AUTUMN + HOUR},
};

static void finds_local_times(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct local_zone zone = {made_offset, days[i].zone};
		int64_t got =
			local_day_instant(&zone, days[i].at, days[i].days_after, days[i].minute);
		if (got != days[i].expected)
			fail_msg("%s: off by %lld s", days[i].name,
				 (long long)((got - days[i].expected) / 1000000));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_for_the_window),
		cmocka_unit_test(agrees_with_a_search),
		cmocka_unit_test(finds_local_times),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
