/* Who is offered a time first, for how long, and what is said of it. */
#include "scheduling/rules/waitlist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define NOW    (1000 * DAY)
#define STARTS (NOW + 2 * DAY)

/* One who joined `days` ago. */
static struct waitlist_candidate who(const char *id, int32_t urgency, enum timing_grade grade,
				     int64_t days, int32_t offers)
{
	return (struct waitlist_candidate){
		.entry_id = id,
		.athlete_id = id,
		.urgency = urgency,
		.grade = grade,
		.least = TIMING_FAIR,
		.joined_at = NOW - days * DAY,
		.offers = offers,
		.notice_minutes = 120,
		.reached_at = NOW,
	};
}

static const struct waitlist_asked everybody;

static void test_the_order(void **state)
{
	static const struct {
		struct waitlist_candidate first, second;
		const char *by;
	} table[] = {
#define WHO(ID, URGENCY, GRADE, JOINED, OFFERS) \
	{.entry_id = (ID),                      \
	 .athlete_id = (ID),                    \
	 .urgency = (URGENCY),                  \
	 .grade = (GRADE),                      \
	 .least = TIMING_WARN,                  \
	 .joined_at = (JOINED),                 \
	 .offers = (OFFERS),                    \
	 .reached_at = NOW}
		/* Urgency before all else. */
		{WHO("b", 1, TIMING_FAIR, NOW, 9), WHO("a", 0, TIMING_GOOD, NOW - 9 * DAY, 0),
		 "urgency"},
		/* Timing before patience. */
		{WHO("b", 0, TIMING_GOOD, NOW, 9), WHO("a", 0, TIMING_FAIR, NOW - 9 * DAY, 0),
		 "timing"},
		{WHO("b", 0, TIMING_FAIR, NOW, 9), WHO("a", 0, TIMING_WARN, NOW - 9 * DAY, 0),
		 "timing"},
		/* Patience in whole days. */
		{WHO("b", 0, TIMING_FAIR, NOW - 2 * DAY, 9), WHO("a", 0, TIMING_FAIR, NOW - DAY, 0),
		 "days waited"},
		/* Of one day: who was offered less. */
		{WHO("b", 0, TIMING_FAIR, NOW - DAY, 0),
		 WHO("a", 0, TIMING_FAIR, NOW - DAY - 5 * HOUR, 1), "fewer offers"},
		{WHO("b", 0, TIMING_FAIR, NOW - DAY - HOUR, 1),
		 WHO("a", 0, TIMING_FAIR, NOW - DAY, 1), "joining earlier"},
		{WHO("a", 0, TIMING_FAIR, NOW - DAY, 1), WHO("b", 0, TIMING_FAIR, NOW - DAY, 1),
		 "the order of ids"},
		/* A clock that stepped back makes nobody wait for less than nothing. */
		{WHO("b", 0, TIMING_FAIR, NOW - HOUR, 0), WHO("a", 0, TIMING_FAIR, NOW + DAY, 0),
		 "joining earlier"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct waitlist_candidate both[] = {table[i].second, table[i].first};
		char why[WAITLIST_WHY_BYTES];
		assert_true(waitlist_compare(&table[i].first, &table[i].second, NOW) < 0);
		assert_true(waitlist_compare(&table[i].second, &table[i].first, NOW) > 0);
		assert_int_equal(waitlist_rank(both, 2, STARTS, NOW), 2);
		assert_string_equal(both[0].entry_id, table[i].first.entry_id);
		waitlist_why(both, 2, 0, &everybody, NOW, why, sizeof(why));
		assert_non_null(strstr(why, table[i].by));
	}
}

static void test_who_is_left_out(void **state)
{
	static const struct {
		enum timing_grade grade, least;
		int32_t notice_minutes;
		int64_t reached_after, starts_after;
		bool fits;
	} table[] = {
		{TIMING_FAIR, TIMING_FAIR, 120, 0, 2 * HOUR, true},
		{TIMING_FAIR, TIMING_GOOD, 120, 0, 2 * DAY, false},
		{TIMING_WARN, TIMING_FAIR, 120, 0, 2 * DAY, false},
		{TIMING_WARN, TIMING_WARN, 120, 0, 2 * DAY, true},
		{TIMING_GOOD, TIMING_WARN, 120, 0, 2 * DAY, true},
		/* Notice counts from when the athlete hears of it. */
		{TIMING_FAIR, TIMING_FAIR, 120, 0, 2 * HOUR - MINUTE, false},
		{TIMING_FAIR, TIMING_FAIR, 120, HOUR, 2 * HOUR, false},
		{TIMING_FAIR, TIMING_FAIR, 60, HOUR, 2 * HOUR, true},
		/* There must be time to answer. */
		{TIMING_FAIR, TIMING_FAIR, 0, 0, 10 * MINUTE, true},
		{TIMING_FAIR, TIMING_FAIR, 0, 0, 9 * MINUTE, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct waitlist_candidate one = who("a", 0, table[i].grade, 1, 0);
		one.least = table[i].least;
		one.notice_minutes = table[i].notice_minutes;
		one.reached_at = NOW + table[i].reached_after;
		if ((waitlist_rank(&one, 1, NOW + table[i].starts_after, NOW) == 1) !=
		    table[i].fits)
			fail_msg("row %zu", i);
	}
}

static void test_an_athlete_counts_once(void **state)
{
	struct waitlist_candidate all[] = {
		who("a", 0, TIMING_FAIR, 3, 0),
		who("b", 0, TIMING_FAIR, 2, 0),
		who("c", 1, TIMING_FAIR, 1, 0),
	};
	char why[WAITLIST_WHY_BYTES];
	(void)state;
	all[2].athlete_id = "a";
	assert_int_equal(waitlist_rank(all, 3, STARTS, NOW), 2);
	assert_string_equal(all[0].entry_id, "c");
	assert_string_equal(all[1].entry_id, "b");
	waitlist_why(all, 2, 0, &everybody, NOW, why, sizeof(why));
	assert_non_null(strstr(why, "1 of 2 who fit"));
}

static void test_how_long_an_offer_stands(void **state)
{
	static const struct {
		int64_t until_visit, stands;
	} table[] = {
		{9 * MINUTE, 0},         {10 * MINUTE, 10 * MINUTE}, {80 * MINUTE, 10 * MINUTE},
		{2 * HOUR, 15 * MINUTE}, {4 * HOUR, 30 * MINUTE},    {8 * HOUR, 60 * MINUTE},
		{30 * DAY, 60 * MINUTE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int64_t ends_at = waitlist_offer_ends_at(NOW, NOW + table[i].until_visit);
		assert_int_equal(ends_at, table[i].stands ? NOW + table[i].stands : 0);
	}
}

static void test_why_is_told_in_words(void **state)
{
	struct waitlist_candidate all[] = {
		who("c", 0, TIMING_FAIR, 1, 0),
		who("a", 1, TIMING_FAIR, 0, 2),
		who("b", 0, TIMING_GOOD, 12, 1),
		who("d", 2, TIMING_WARN, 90, 0),
	};
	char why[WAITLIST_WHY_BYTES], little[20];
	(void)state;
	assert_int_equal(waitlist_rank(all, 4, STARTS, NOW), 3);
	waitlist_why(all, 3, 0, &everybody, NOW, why, sizeof(why));
	assert_string_equal(why, "1 of 3 who fit: urgency 1, timing fair, waits 0 days, 2 offers "
				 "before; ahead of the next by urgency");
	waitlist_why(all, 3, 1, &everybody, NOW, why, sizeof(why));
	assert_string_equal(why, "2 of 3 who fit: urgency 0, timing good, waits 12 days, 1 offer "
				 "before; ahead of the next by timing");
	waitlist_why(all, 3, 2, &everybody, NOW, why, sizeof(why));
	assert_string_equal(why,
			    "3 of 3 who fit: urgency 0, timing fair, waits 1 day, 0 offers before");
	/* Of a second page: two before could not be held for. */
	const struct waitlist_asked asked = {.people = 64, .more = true, .before = 2};
	waitlist_why(all, 3, 0, &asked, NOW, why, sizeof(why));
	assert_string_equal(why, "3 of 5 who fit among the first 64: urgency 1, timing fair, waits "
				 "0 days, 2 offers before; ahead of the next by urgency");
	waitlist_why(all, 3, 2, &everybody, NOW, little, sizeof(little));
	assert_string_equal(little, "3 of 3 who fit: urg");
}

static void test_states_have_names(void **state)
{
	(void)state;
	for (int i = 0; i < WAITLIST_ENTRY_STATES; i++) {
		enum waitlist_entry_state found;
		assert_true(waitlist_entry_state_find(
			waitlist_entry_state_name((enum waitlist_entry_state)i), &found));
		assert_int_equal(found, i);
	}
	for (int i = 0; i < WAITLIST_OFFER_STATES; i++) {
		enum waitlist_offer_state found;
		assert_true(waitlist_offer_state_find(
			waitlist_offer_state_name((enum waitlist_offer_state)i), &found));
		assert_int_equal(found, i);
	}
	enum waitlist_offer_state none;
	assert_false(waitlist_offer_state_find("", &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_order),
		cmocka_unit_test(test_who_is_left_out),
		cmocka_unit_test(test_an_athlete_counts_once),
		cmocka_unit_test(test_how_long_an_offer_stands),
		cmocka_unit_test(test_why_is_told_in_words),
		cmocka_unit_test(test_states_have_names),
	};
	return cmocka_run_group_tests_name("waitlist", tests, NULL, NULL);
}
