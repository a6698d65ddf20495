/* Recurrence rules as lists of days: examples of RFC 5545, 3.8.5.3, and what clinics write. */
#include "base/text.h"
#include "ical/recur.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new((size_t)1 << 20);
	return arena == NULL;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int32_t day(const char *text)
{
	int32_t days;
	assert_true(text_to_date(text, &days));
	return days;
}

static const char *listed(const int32_t *days, size_t count)
{
	const char *text = "";
	for (size_t i = 0; i < count; i++) {
		char date[TEXT_INSTANT_BYTES];
		text_from_date(days[i], date);
		text = arena_printf(arena, "%s%s%s", text, *text ? " " : "", date + 5);
	}
	return text;
}

static void test_days_of_rules(void **state)
{
	(void)state;
	static const struct {
		const char *rrule, *first, *from, *until, *days;
	} cases[] = {
		{"FREQ=WEEKLY;BYDAY=MO,WE", "2026-03-02", "2026-03-01", "2026-03-15",
		 "03-02 03-04 03-09 03-11"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-03-03", "2026-03-01", "2026-04-15",
		 "03-03 03-17 03-31 04-14"},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-03-03", "2026-03-20", "2026-04-15",
		 "03-31 04-14"},
		{"FREQ=DAILY;COUNT=10", "2026-09-02", "2026-09-01", "2026-12-01",
		 "09-02 09-03 09-04 09-05 09-06 09-07 09-08 09-09 09-10 09-11"},
		{"FREQ=DAILY;INTERVAL=10;COUNT=5", "2026-09-02", "2026-09-01", "2026-12-01",
		 "09-02 09-12 09-22 10-02 10-12"},
		{"FREQ=MONTHLY;BYDAY=1FR", "2026-09-04", "2026-09-01", "2026-12-31",
		 "09-04 10-02 11-06 12-04"},
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", "2026-01-01", "2026-05-01",
		 "01-31 02-28 03-31 04-30"},
		{"FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", "2026-01-01", "2026-06-01",
		 "01-31 03-31 05-31"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29", "2026-01-01", "2029-01-01",
		 "02-29"},
		{"FREQ=WEEKLY;UNTIL=20260310;BYDAY=MO", "2026-03-02", "2026-03-01", "2026-04-01",
		 "03-02 03-09"},
		{"FREQ=WEEKLY;BYDAY=WE", "2026-03-02", "2026-03-01", "2026-03-12", "03-04 03-11"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const int32_t *days;
		size_t count;
		const struct recur recur = {.rrule = cases[i].rrule,
					    .first_day = day(cases[i].first)};
		assert_true(status_is_ok(recur_days(arena, &recur, day(cases[i].from),
						    day(cases[i].until), &days, &count)));
		if (strcmp(listed(days, count), cases[i].days) != 0)
			fail_msg("%s: expected %s, got %s", cases[i].rrule, cases[i].days,
				 listed(days, count));
	}
}

static void test_exceptions(void **state)
{
	(void)state;
	const int32_t excluded[] = {day("2026-03-09")};
	const int32_t added[] = {day("2026-03-07"), day("2026-03-02"), day("2027-01-01")};
	const struct recur recur = {.rrule = "FREQ=WEEKLY;BYDAY=MO",
				    .first_day = day("2026-03-02"),
				    .excluded = excluded,
				    .excluded_count = 1,
				    .added = added,
				    .added_count = 3};
	const int32_t *days;
	size_t count;
	assert_true(status_is_ok(
		recur_days(arena, &recur, day("2026-03-01"), day("2026-03-20"), &days, &count)));
	assert_string_equal(listed(days, count), "03-02 03-07 03-16");
}

static void test_rules_that_are_refused(void **state)
{
	static const char *const rules[] = {
		"",
		"every monday",
		"FREQ=HOURLY",
		"FREQ=MINUTELY;INTERVAL=5",
		"FREQ=SOMETIMES",
		"FREQ=DAILY;BYHOUR=9",
		"FREQ=WEEKLY;BYMINUTE=30",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (recur_check(arena, rules[i]).code != STATUS_INVALID_ARGUMENT)
			fail_msg("\"%s\" was let through", rules[i]);
}

static void test_a_rule_without_end_is_bounded(void **state)
{
	(void)state;
	const struct recur recur = {.rrule = "FREQ=DAILY", .first_day = day("2026-01-01")};
	const int32_t *days;
	size_t count;
	assert_true(status_is_ok(recur_days(arena, &recur, 0, day("2066-01-01"), &days, &count)));
	assert_int_equal(count, RECUR_DAYS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_of_rules),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_rules_that_are_refused),
		cmocka_unit_test(test_a_rule_without_end_is_bounded),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
