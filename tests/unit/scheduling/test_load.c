/* Session RPE × minutes over four weeks; O6: shown, never gating. */
#include "scheduling/rules/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>

static const struct load_case {
	const char *name;
	double weeks[4]; /* a load of so much on each day, oldest week first */
	bool has_earlier;
	struct load expected;
} cases[] = {
	{"nothing recorded", {0}, false, {0, 0, 0}},
	{"the same each day", {300, 300, 300, 300}, false, {2100, 2100, 1}},
	{"a week twice as hard", {300, 300, 300, 600}, false, {4200, 2625, 1.6}},
	{"a week of rest", {300, 300, 300, 0}, false, {0, 1575, 0}},
	{"one week alone has no ratio", {0, 0, 0, 300}, false, {2100, 525, 0}},
	{"three weeks alone have none", {0, 300, 300, 300}, false, {2100, 1575, 0}},
	{"a week of rest four weeks ago, with load before",
	 {0, 300, 300, 300},
	 true,
	 {2100, 1575, 4 / 3.0}},
};

static void weighs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct load_days days = {.has_earlier = cases[i].has_earlier};
		for (int day = 0; day < LOAD_DAYS; day++) {
			days.load[day] = cases[i].weeks[day / 7];
			days.sessions[day] = days.load[day] > 0;
		}
		const struct load load = load_of(&days);
		const struct load *expected = &cases[i].expected;
		if (fabs(load.acute - expected->acute) > 1e-9 ||
		    fabs(load.chronic - expected->chronic) > 1e-9 ||
		    fabs(load.ratio - expected->ratio) > 1e-9)
			fail_msg("%s: got %g, %g, %g", cases[i].name, load.acute, load.chronic,
				 load.ratio);
	}
}

/* Rest is a load too, of nothing: a recorded session of RPE 0 in the first week makes it known. */
static void knows_by_sessions(void **state)
{
	(void)state;
	struct load_days days = {.sessions = {[3] = 1}, .load = {[27] = 400}};
	assert_true(fabs(load_of(&days).ratio - 4) < 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weighs),
		cmocka_unit_test(knows_by_sessions),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
