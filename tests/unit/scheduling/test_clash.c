/* Which coming visits clash with a calendar that has changed since they were graded. */
#include "scheduling/rules/clash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HOUR INT64_C(3600000000)

static const struct clash_case {
	const char *name;
	bool warned;        /* the visit, at hour 100 for an hour, graded at hour 50 */
	int64_t session_at; /* a race of an hour */
	int64_t changed_at;
	int32_t settling_hours;
	const char *rule; /* "": no clash */
} cases[] = {
	{"a race the day after, put in later", false, 120, 60, 0, "T1"},
	{"a race two days after", false, 148, 60, 0, "T1"},
	{"a race three days after", false, 172, 60, 0, ""},
	{"a race before the visit", false, 90, 60, 0, ""},
	{"a race at the same time", false, 100, 60, 0, "T1"},
	{"the race was there and the windows have grown", false, 172, 40, 80, "T3"},
	{"what staff overrode stays overridden", true, 120, 40, 0, ""},
	{"another race than the one that was overridden", true, 120, 60, 0, "T1"},
};

static void finds_clashes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct clash_case *of = &cases[i];
		const struct clash_visit visit = {
			.at = {100 * HOUR, 101 * HOUR, 96 * HOUR, 120 * HOUR},
			.warned = of->warned,
			.graded_at = 50 * HOUR,
		};
		const struct clash_session race = {{SESSION_RACE, false, of->session_at * HOUR,
						    (of->session_at + 1) * HOUR, 0},
						   of->changed_at * HOUR};
		const struct timing_athlete athlete = {-1, -1, of->settling_hours};
		const struct timing_windows windows =
			timing_windows_of(&timing_defaults_ours, &athlete);
		struct training_session kept[1];
		struct timing_result timing;
		size_t count = clash_sessions(&visit, &race, 1, kept);
		bool found = clash_is_found(&visit, kept, count, &windows, &timing);
		if (found != (*of->rule != '\0'))
			fail_msg("%s: %s", of->name, found ? "clashes" : "does not clash");
		if (found)
			assert_string_equal(timing.reasons[0].rule, of->rule);
	}
}

/* T2 has no place in the reasons of a clash: an easy day does not warn. */
static void tells_what_warns_alone(void **state)
{
	(void)state;
	const struct clash_visit visit = {.at = {100 * HOUR, 101 * HOUR, 96 * HOUR, 120 * HOUR}};
	const struct training_session sessions[] = {
		{SESSION_LOW, false, 110 * HOUR, 111 * HOUR, 0},
		{SESSION_HIGH_INTENSITY, false, 121 * HOUR, 122 * HOUR, 0},
		{SESSION_DEMANDING_BLOCK, false, 80 * HOUR, 82 * HOUR, 0}};
	const struct timing_windows windows =
		timing_windows_of(&timing_defaults_ours, &timing_athlete_unknown);
	struct timing_result timing;
	assert_true(clash_is_found(&visit, sessions, 3, &windows, &timing));
	assert_int_equal(timing.reason_count, 1);
	assert_ptr_equal(timing.reasons[0].session, &sessions[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_clashes),
		cmocka_unit_test(tells_what_warns_alone),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
