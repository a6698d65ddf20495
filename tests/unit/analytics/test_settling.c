/* T3: the hours within which three of four visits of an athlete settled. */
#include "analytics/rules/settling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HOUR INT64_C(3600000000)
#define WEEK (168 * HOUR)

/* One answer for each visit, a week apart: hours after it, soreness, readiness. 0 h: none. */
static const struct settling_case {
	const char *name;
	struct {
		double hours, soreness, readiness;
	} visits[8];
	int32_t hours;
	int32_t check_ins;
} cases[] = {
	{"nobody told", {{0}}, 0, 0},
	{"settled the next morning", {{18, 1, 8}}, 18, 1},
	{"a begun hour is full", {{18.2, 1, 8}}, 19, 1},
	{"the limits themselves", {{20, 2, 7}}, 20, 1},
	{"sore", {{20, 2.5, 8}}, 72, 1},
	{"not sore, not ready", {{20, 0, 6}}, 72, 1},
	{"readiness was not told", {{20, 0, -1}}, 20, 1},
	{"later than anybody is sore", {{80, 0, 9}}, 0, 0},
	{"one bad day of five does not decide",
	 {{16, 1, 8}, {20, 1, 8}, {22, 7, 3}, {18, 1, 8}, {17, 1, 8}},
	 20,
	 5},
	{"two of five do", {{16, 1, 8}, {20, 6, 8}, {22, 7, 3}, {18, 1, 8}, {17, 1, 8}}, 72, 5},
	{"a visit that was not told of does not count", {{16, 1, 8}, {0}, {18, 1, 8}}, 18, 2},
};

static void learns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t treated[8];
		struct settling_answer answers[8];
		size_t count = 0;
		for (size_t v = 0; v < 8; v++) {
			treated[v] = (int64_t)(100 - v) * WEEK;
			if (cases[i].visits[v].hours > 0)
				answers[count++] = (struct settling_answer){
					treated[v] + (int64_t)(cases[i].visits[v].hours * HOUR),
					cases[i].visits[v].soreness, cases[i].visits[v].readiness};
		}
		const struct settling settling = settling_of(treated, 8, answers, count);
		if (settling.hours != cases[i].hours || settling.check_ins != cases[i].check_ins)
			fail_msg("%s: got %d h of %d", cases[i].name, settling.hours,
				 settling.check_ins);
	}
}

/* The first answer that says settled counts, and what is told after the next visit is of that. */
static void takes_the_first_settled_answer(void **state)
{
	(void)state;
	const int64_t treated[] = {130 * HOUR, 100 * HOUR};
	const struct settling_answer answers[] = {
		{150 * HOUR, 0, 9}, {148 * HOUR, 5, 9}, {155 * HOUR, 0, 9}, {120 * HOUR, 5, 5}};
	const struct settling settling = settling_of(treated, 2, answers, 4);
	assert_int_equal(settling.check_ins, 2);
	assert_int_equal(settling.hours, 72);
	assert_int_equal(settling_of(treated, 1, answers, 4).hours, 20);
}

static void the_newest_visits_count(void **state)
{
	(void)state;
	int64_t treated[40];
	struct settling_answer answers[40];
	for (size_t i = 0; i < 40; i++) {
		treated[i] = (int64_t)(100 - i) * WEEK;
		answers[i] = (struct settling_answer){treated[i] + (i < 20 ? 12 : 30) * HOUR, 0, 9};
	}
	const struct settling settling = settling_of(treated, 40, answers, 40);
	assert_int_equal(settling.hours, 12);
	assert_int_equal(settling.check_ins, 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(learns),
		cmocka_unit_test(takes_the_first_settled_answer),
		cmocka_unit_test(the_newest_visits_count),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
