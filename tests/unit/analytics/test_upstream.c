/* O5: when the same area again and again raises an upstream review. */
#include "analytics/rules/upstream.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>

#define DAY   INT64_C(86400000000)
#define START (INT64_C(1795000000) * 1000000)

#define Q JUDGE_LASTING_UNKNOWN
#define N JUDGE_LASTING_NO
#define Y JUDGE_LASTING_YES

static const struct {
	const char *name;
	struct {
		double day;
		enum judge_lasting lasting;
		bool unverified;
	} visits[5];
	size_t count;
	bool raise;
	int32_t counted;
	bool unverified_improvement;
} cases[] = {
	{"O5 no visit", {{0}}, 0, false, 0},
	{"O5 two visits", {{0, N}, {7, N}}, 2, false, 2},
	{"O5 three visits in 14 days", {{0, N}, {7, N}, {14, Q}}, 3, true, 3},
	{"O5 nothing measured is not lasting", {{0, Q}, {7, Q}, {14, Q}}, 3, true, 3},
	{"O5 three visits in exactly 28 days", {{0, N}, {14, N}, {28, Q}}, 3, true, 3},
	{"O5 a minute more than 28 days", {{0, N}, {14, N}, {28 + 1 / 1440.0, Q}}, 3, false, 2},
	{"O5 in any order", {{14, Q}, {0, N}, {7, N}}, 3, true, 3},
	{"O5 old visits do not count", {{0, N}, {60, N}, {67, N}, {200, Q}}, 4, false, 1},
	{"O5 lasting improvement begins the count anew", {{0, N}, {7, Y}, {20, N}}, 3, false, 1},
	{"O5 three more after a lasting improvement",
	 {{0, Y}, {7, N}, {14, N}, {21, Q}},
	 4,
	 true,
	 3},
	{"O5 the last visit's improvement lasts", {{0, N}, {7, N}, {14, Y}}, 3, false, 0},
	{"O5 an unverified improvement decides nothing, but is told",
	 {{0, N}, {7, Y, true}, {14, Q}},
	 3,
	 true,
	 3,
	 true},
	{"O5 four visits", {{0, N}, {7, N}, {14, N}, {21, Q}}, 4, true, 4},
};

static void raises(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct upstream_visit visits[5];
		for (size_t v = 0; v < cases[i].count; v++)
			visits[v] = (struct upstream_visit){
				START + (int64_t)(cases[i].visits[v].day * (double)DAY),
				cases[i].visits[v].lasting, cases[i].visits[v].unverified};
		struct upstream_result got =
			upstream_check(visits, cases[i].count, &upstream_defaults_ours);
		if (got.raise != cases[i].raise || got.visits != cases[i].counted ||
		    got.unverified_improvement != cases[i].unverified_improvement)
			fail_msg("%s: raise %d, %d visits", cases[i].name, got.raise, got.visits);
		assert_true(got.visits > 0 || (got.first_at == 0 && got.last_at == 0));
	}
}

static void follows_an_organisation(void **state)
{
	(void)state;
	struct upstream_visit visits[] = {{START, N, false}, {START + 10 * DAY, Q, false}};
	struct upstream_defaults strict = {.visits = 2, .days = 10};
	assert_true(upstream_check(visits, 2, &strict).raise);
	strict.days = 9;
	assert_false(upstream_check(visits, 2, &strict).raise);
}

static void says_where_to_look(void **state)
{
	(void)state;
	struct upstream_visit visits[] = {
		{START, N, false}, {START + 9 * DAY, N, false}, {START + 21 * DAY, Q, false}};
	struct upstream_result result = upstream_check(visits, 3, &upstream_defaults_ours);
	char text[UPSTREAM_TEXT_BYTES];
	upstream_text("calf", &result, text, sizeof(text));
	assert_string_equal(
		text,
		"Calf treated 3 times in 21 days without lasting improvement (O5). Look at load "
		"management, strength progression, running or lifting mechanics, recovery "
		"habits; up the chain (inferred): foot strike, hip extension, load spike, trunk.");
	upstream_text("elsewhere", &result, text, sizeof(text));
	assert_null(strstr(text, "chain"));
	result.unverified_improvement = true;
	for (size_t i = 0; i < upstream_area_count; i++) {
		upstream_text(upstream_areas[i].code, &result, text, sizeof(text));
		assert_true(strlen(text) < UPSTREAM_TEXT_BYTES - 1); /* none is cut */
	}
}

static void names_measures_that_exist(void **state)
{
	(void)state;
	assert_int_equal(upstream_area_count, 10);
	for (size_t i = 0; i < upstream_area_count; i++) {
		const struct upstream_area *area = &upstream_areas[i];
		assert_ptr_equal(upstream_area_find(area->code), area);
		assert_null(area->measures[3]); /* ends within */
		for (size_t m = 0; area->measures[m]; m++)
			assert_non_null(instrument_find(area->measures[m]));
	}
	assert_null(upstream_area_find("nose"));
	assert_null(upstream_area_find(0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raises),
		cmocka_unit_test(follows_an_organisation),
		cmocka_unit_test(says_where_to_look),
		cmocka_unit_test(names_measures_that_exist),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
