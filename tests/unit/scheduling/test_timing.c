/* T1, T2, T3: how a visit fits the athlete's training. Hours count from the visit's start; the
 * visit lasts one hour, so that a session at +21 h begins 20 h after it. */
#include "scheduling/rules/timing.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define HOUR     INT64_C(3600000000)
#define VISIT_AT (INT64_C(1795000000) * 1000000)

struct hours {
	enum session_kind kind;
	double from;
	double to;
	bool all_day;
};

struct timing_case {
	const char *name;
	struct hours sessions[5];
	size_t count;
	enum timing_grade grade;
	const char *rules; /* of all reasons */
	const char *text;  /* of the first; NULL: not compared */
	int32_t settling_hours;
	double day_from; /* the visit's local day; both 0: not given */
	double day_to;
	int32_t warn_hours; /* set by staff for the athlete; 0: not set */
	int32_t competition_hours;
};

#define S(kind_, from_, to_)                           \
	{                                              \
		SESSION_##kind_, (from_), (to_), false \
	}
#define DAY(kind_, from_, to_)                        \
	{                                             \
		SESSION_##kind_, (from_), (to_), true \
	}

static const struct timing_case cases[] = {
	{"no session: nothing speaks for or against", {{0}}, 0, TIMING_FAIR, ""},
	{"T1 race in 20 h warns",
	 {S(RACE, 21, 24)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Race in 20 h: some athletes are flat for 24 h after needling (T1)"},
	{"T1 heavy lift in exactly 24 h warns", {S(HEAVY_LIFT, 25, 26)}, 1, TIMING_WARN, "T1 "},
	{"T1 heavy lift in a second more than 24 h is fair",
	 {S(HEAVY_LIFT, 25 + 1 / 3600.0, 27)},
	 1,
	 TIMING_FAIR,
	 "T4 "},
	{"T4 heavy lift in exactly 72 h: soreness may last until then",
	 {S(HEAVY_LIFT, 73, 74)},
	 1,
	 TIMING_FAIR,
	 "T4 ",
	 "Heavy lift in 3 days: soreness passes in a day or so, by 72 h at most (T4)"},
	{"T4 heavy lift in a second more than 72 h",
	 {S(HEAVY_LIFT, 73 + 1 / 3600.0, 74)},
	 1,
	 TIMING_FAIR,
	 ""},
	{"T4 is of the first hard session",
	 {S(HEAVY_LIFT, 60, 61), S(HIGH_INTENSITY, 40, 41)},
	 2,
	 TIMING_FAIR,
	 "T4 ",
	 "High-intensity session in 39 h: soreness passes in a day or so, by 72 h at most (T4)"},
	{"T4 says nothing of moderate sessions", {S(MODERATE, 40, 41)}, 1, TIMING_FAIR, ""},
	{"T4 says nothing beside a warning",
	 {S(RACE, 21, 24), S(HEAVY_LIFT, 60, 61)},
	 2,
	 TIMING_WARN,
	 "T1 "},
	{"T1 high intensity in 10 minutes warns",
	 {S(HIGH_INTENSITY, 1 + 1 / 6.0, 2)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "High-intensity session within the hour: some athletes are flat for 24 h after needling "
	 "(T1)"},
	{"T1 high intensity during the visit warns",
	 {S(HIGH_INTENSITY, 0.5, 2)},
	 1,
	 TIMING_WARN,
	 "T1 "},
	{"T1 high intensity that ended as the visit began does not warn",
	 {S(HIGH_INTENSITY, -1, 0)},
	 1,
	 TIMING_FAIR,
	 ""},
	{"T1 competition in exactly 48 h warns",
	 {S(COMPETITION, 49, 52)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Competition in 48 h: competition lies within 48 h (T1)"},
	{"T2 race in 49 h is early enough",
	 {S(RACE, 50, 52)},
	 1,
	 TIMING_GOOD,
	 "T2 T4 ",
	 "Race in 49 h: early enough to settle (T2)"},
	{"T2 race in exactly 10 days is early enough",
	 {S(RACE, 241, 243)},
	 1,
	 TIMING_GOOD,
	 "T2 ",
	 "Race in 10 days: early enough to settle (T2)"},
	{"T2 race in 11 days says nothing yet", {S(RACE, 265, 267)}, 1, TIMING_FAIR, ""},
	{"T1 a race of this morning is no warning, T2 it was demanding",
	 {S(RACE, -6, -4)},
	 1,
	 TIMING_GOOD,
	 "T2 ",
	 "4 h after a demanding session: a good moment (T2)"},
	{"T1 moderate, low and rest never warn",
	 {S(MODERATE, 2, 3), S(LOW, 4, 5), S(REST, 6, 7)},
	 3,
	 TIMING_FAIR,
	 ""},
	{"T1 a demanding block tomorrow does not warn",
	 {S(DEMANDING_BLOCK, 20, 23)},
	 1,
	 TIMING_FAIR,
	 ""},
	{"T1 an all-day race counts from midnight: 9 h after the visit",
	 {DAY(RACE, 10, 34)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Race in 9 h: some athletes are flat for 24 h after needling (T1)"},
	{"T1 an all-day high-intensity day counts as all of it",
	 {DAY(HIGH_INTENSITY, -14, 10)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "High-intensity session on the same day: some athletes are flat for 24 h after needling "
	 "(T1)"},
	{"T2 after a demanding block of 47 h ago",
	 {S(DEMANDING_BLOCK, -50, -47)},
	 1,
	 TIMING_GOOD,
	 "T2 "},
	{"T2 exactly 48 h after a demanding block",
	 {S(DEMANDING_BLOCK, -50, -48)},
	 1,
	 TIMING_GOOD,
	 "T2 "},
	{"T2 49 h after a demanding block it is over",
	 {S(DEMANDING_BLOCK, -51, -49)},
	 1,
	 TIMING_FAIR,
	 ""},
	{"T2 on a rest day", {DAY(REST, -10, 14)}, 1, TIMING_GOOD, "T2 ", "Rest day (T2)"},
	{"T2 on an easy day, the session in the evening",
	 {S(LOW, 6, 7)},
	 1,
	 TIMING_GOOD,
	 "T2 ",
	 "Lower-intensity day (T2)",
	 0,
	 -10,
	 14},
	{"T2 an easy session on another day does not make today one",
	 {S(LOW, 20, 21)},
	 1,
	 TIMING_FAIR,
	 "",
	 0,
	 0,
	 -10,
	 14},
	{"T2 an easy and a moderate session are no lower-intensity day",
	 {S(LOW, 6, 7), S(MODERATE, -4, -3)},
	 2,
	 TIMING_FAIR,
	 "",
	 0,
	 0,
	 -10,
	 14},
	{"T1 wins over T2 and both are told",
	 {DAY(REST, -10, 14), S(RACE, 21, 24), S(DEMANDING_BLOCK, -20, -18)},
	 3,
	 TIMING_WARN,
	 "T1 T2 T2 "},
	{"T2 all three reasons together",
	 {DAY(REST, -10, 14), S(RACE, 121, 124), S(DEMANDING_BLOCK, -20, -18)},
	 3,
	 TIMING_GOOD,
	 "T2 T2 T2 "},
	{"T1 three hard sessions are three reasons",
	 {S(HEAVY_LIFT, 5, 6), S(HIGH_INTENSITY, 8, 9), S(RACE, 40, 41)},
	 3,
	 TIMING_WARN,
	 "T1 T1 T1 "},
	{"T3 an athlete who settles in 36 h is warned at 30 h",
	 {S(HEAVY_LIFT, 31, 32)},
	 1,
	 TIMING_WARN,
	 "T3 ",
	 "Heavy lift in 30 h: this athlete takes 36 h after needling (T1, T3)",
	 36},
	{"T3 an athlete who settles in 12 h is not warned at 20 h",
	 {S(HEAVY_LIFT, 21, 22)},
	 1,
	 TIMING_FAIR,
	 "T4 ",
	 0,
	 12},
	{"T3 a short settling time leaves the competition window",
	 {S(RACE, 21, 24)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Race in 20 h: competition lies within 48 h (T1)",
	 12},
	{"T3 a long settling time widens the competition window",
	 {S(RACE, 56, 58)},
	 1,
	 TIMING_WARN,
	 "T3 ",
	 0,
	 60},
	{"T1 staff keep 36 h free: warned at 30 h",
	 {S(HEAVY_LIFT, 31, 32)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Heavy lift in 30 h: 36 h are kept free for this athlete (T1)",
	 .warn_hours = 36},
	{"T1, T3 what staff set goes before what was learned",
	 {S(HEAVY_LIFT, 21, 22)},
	 1,
	 TIMING_FAIR,
	 "T4 ",
	 .settling_hours = 36,
	 .warn_hours = 12},
	{"T1 staff keep 72 h before a race",
	 {S(RACE, 61, 63)},
	 1,
	 TIMING_WARN,
	 "T1 ",
	 "Race in 60 h: 72 h are kept free for this athlete (T1)",
	 .competition_hours = 72},
	{"T2 with 72 h set the race in 60 h is not early enough, in 73 h it is",
	 {S(RACE, 74, 76)},
	 1,
	 TIMING_GOOD,
	 "T2 ",
	 .competition_hours = 72},
	{"T3 a settling time of 60 h widens the competition window although staff set the other",
	 {S(RACE, 56, 58)},
	 1,
	 TIMING_WARN,
	 "T3 ",
	 .settling_hours = 60,
	 .warn_hours = 20},
};

static void grade_case(const struct timing_case *of, struct timing_result *ret_result)
{
	static struct training_session sessions[5];
	struct timing_visit visit = {
		VISIT_AT,
		VISIT_AT + HOUR,
		VISIT_AT + (int64_t)(of->day_from * (double)HOUR),
		VISIT_AT + (int64_t)(of->day_to * (double)HOUR),
	};
	for (size_t i = 0; i < of->count; i++)
		sessions[i] = (struct training_session){
			of->sessions[i].kind,
			of->sessions[i].all_day,
			VISIT_AT + (int64_t)(of->sessions[i].from * (double)HOUR),
			VISIT_AT + (int64_t)(of->sessions[i].to * (double)HOUR),
			0,
		};
	const struct timing_athlete athlete = {
		of->warn_hours ? of->warn_hours : -1,
		of->competition_hours ? of->competition_hours : -1,
		of->settling_hours,
	};
	const struct timing_windows windows = timing_windows_of(&timing_defaults_ours, &athlete);
	timing_grade(&visit, sessions, of->count, &windows, ret_result);
}

static void grades(void **state)
{
	unsigned faults = 0;
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct timing_case *of = &cases[i];
		struct timing_result result;
		char rules[64] = "";
		grade_case(of, &result);
		for (size_t r = 0; r < result.reason_count; r++) {
			strcat(rules, result.reasons[r].rule);
			strcat(rules, " ");
		}
		if (result.grade != of->grade || strcmp(rules, of->rules) != 0)
			print_error("%s: got %s with reasons \"%s\"\n", of->name,
				    timing_grade_name(result.grade), rules);
		faults += result.grade != of->grade || strcmp(rules, of->rules) != 0;
		if (of->text) {
			char text[TIMING_TEXT_BYTES];
			timing_reason_text(&result.reasons[0], text, sizeof(text));
			if (strcmp(text, of->text) != 0)
				print_error("%s: got \"%s\"\n", of->name, text);
			faults += strcmp(text, of->text) != 0;
		}
	}
	assert_int_equal(faults, 0);
}

static int32_t score_of(const struct hours *sessions, size_t count)
{
	struct timing_case of = {.count = count};
	struct timing_result result;
	for (size_t i = 0; i < count; i++)
		of.sessions[i] = sessions[i];
	grade_case(&of, &result);
	return result.score;
}

static void ranks_slots(void **state)
{
	(void)state;
	struct hours in_2_h = S(RACE, 3, 5);
	struct hours in_40_h = S(RACE, 41, 43);
	struct hours rest = DAY(REST, -10, 14);
	struct hours easy = DAY(LOW, -10, 14);
	struct hours both[] = {DAY(REST, -10, 14), S(DEMANDING_BLOCK, -20, -18)};
	/* T2 ranks: worst first. */
	assert_true(score_of(&in_2_h, 1) < score_of(&in_40_h, 1));
	assert_true(score_of(&in_40_h, 1) < score_of(0, 0));
	assert_true(score_of(0, 0) < score_of(&easy, 1));
	assert_true(score_of(&easy, 1) < score_of(&rest, 1));
	assert_true(score_of(&rest, 1) < score_of(both, 2));
}

static void keeps_within_its_room(void **state)
{
	(void)state;
	struct training_session sessions[50];
	struct timing_visit visit = {VISIT_AT, VISIT_AT + HOUR, 0, 0};
	struct timing_result result;
	for (int i = 0; i < 50; i++)
		sessions[i] = (struct training_session){SESSION_RACE, false, VISIT_AT + 2 * HOUR,
							VISIT_AT + 3 * HOUR, 0};
	const struct timing_windows windows =
		timing_windows_of(&timing_defaults_ours, &timing_athlete_unknown);
	timing_grade(&visit, sessions, 50, &windows, &result);
	assert_int_equal(result.grade, TIMING_WARN);
	assert_true(result.reason_count <= TIMING_REASONS_MAX);
}

/* An organisation that warns for 12 h, 96 h before competition, and is early from three weeks on.
 */
static void keeps_the_windows_of_the_organisation(void **state)
{
	(void)state;
	static const struct timing_defaults theirs = {12, 96, 24, 21};
	static const struct {
		enum session_kind kind;
		double from;
		enum timing_grade grade;
	} near[] = {
		{SESSION_HEAVY_LIFT, 13, TIMING_WARN},
		{SESSION_HEAVY_LIFT, 14, TIMING_FAIR},
		{SESSION_RACE, 96, TIMING_WARN},
		{SESSION_RACE, 98, TIMING_GOOD},
		{SESSION_RACE, 20 * 24, TIMING_GOOD},
		{SESSION_RACE, 22 * 24 + 2, TIMING_FAIR},
		{SESSION_DEMANDING_BLOCK, -25, TIMING_GOOD},
		{SESSION_DEMANDING_BLOCK, -26, TIMING_FAIR},
	};
	const struct timing_visit visit = {VISIT_AT, VISIT_AT + HOUR, 0, 0};
	const struct timing_windows windows = timing_windows_of(&theirs, &timing_athlete_unknown);
	for (size_t i = 0; i < sizeof(near) / sizeof(near[0]); i++) {
		int64_t from = VISIT_AT + (int64_t)(near[i].from * (double)HOUR);
		const struct training_session session = {near[i].kind, false, from, from + HOUR, 0};
		struct timing_result result;
		timing_grade(&visit, &session, 1, &windows, &result);
		if (result.grade != near[i].grade)
			fail_msg("T1, T2 %s at %g h: got %s", session_kind_name(near[i].kind),
				 near[i].from, timing_grade_name(result.grade));
	}
}

static int64_t random_hours(int64_t from, int64_t to)
{
	return from * HOUR + (int64_t)random_below((uint64_t)((to - from) * 4)) * (HOUR / 4);
}

/* What timing_near leaves out changes nothing, whatever is trained and whenever the visit is. */
static void grades_by_near_sessions_as_by_all(void **state)
{
	enum { SESSIONS = 12, ROUNDS = 20000 };
	size_t left_out = 0;
	(void)state;
	random_seed(3);
	for (int round = 0; round < ROUNDS; round++) {
		struct training_session all[SESSIONS], near[SESSIONS];
		struct timing_result by_all, by_near;
		int64_t day = VISIT_AT, at = VISIT_AT + random_hours(0, 23);
		const struct timing_visit visit = {at, at + HOUR, day, day + 24 * HOUR};
		const struct timing_athlete athlete = {-1, -1, (int32_t)random_below(400)};
		const struct timing_windows windows = timing_windows_of(
			&timing_defaults_ours, round % 2 ? &athlete : &timing_athlete_unknown);
		for (int i = 0; i < SESSIONS; i++) {
			int64_t from = VISIT_AT + random_hours(-24 * 30, 24 * 30);
			all[i] = (struct training_session){
				.kind = (enum session_kind)random_below(SESSION_KINDS),
				.starts_at = from,
				.ends_at = from + random_hours(1, i == 0 ? 24 * 20 : 30)};
		}
		size_t count = timing_near(all, SESSIONS, &windows, day, day + 24 * HOUR, near);
		timing_grade(&visit, all, SESSIONS, &windows, &by_all);
		timing_grade(&visit, near, count, &windows, &by_near);
		left_out += SESSIONS - count;
		assert_int_equal(by_near.grade, by_all.grade);
		assert_int_equal(by_near.score, by_all.score);
		assert_int_equal(by_near.reason_count, by_all.reason_count);
		for (size_t i = 0; i < by_all.reason_count; i++) {
			assert_int_equal(by_near.reasons[i].cause, by_all.reasons[i].cause);
			assert_int_equal(by_near.reasons[i].gap_us, by_all.reasons[i].gap_us);
		}
	}
	assert_true(left_out > ROUNDS);
}

static void settles_by_enough_check_ins(void **state)
{
	(void)state;
	assert_int_equal(timing_settling_hours(36, 4), 0);  /* T3: too few */
	assert_int_equal(timing_settling_hours(36, 5), 36); /* T3: enough */
	assert_int_equal(timing_settling_hours(0, 9), 0);
}

static void names_kinds(void **state)
{
	(void)state;
	for (int i = 0; i < SESSION_KINDS; i++) {
		enum session_kind kind = SESSION_REST;
		assert_true(session_kind_find(session_kind_name((enum session_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	enum session_kind untouched = SESSION_LOW;
	assert_false(session_kind_find("nap", &untouched));
	assert_false(session_kind_find(0, &untouched));
	assert_int_equal(untouched, SESSION_LOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grades),
		cmocka_unit_test(ranks_slots),
		cmocka_unit_test(keeps_within_its_room),
		cmocka_unit_test(keeps_the_windows_of_the_organisation),
		cmocka_unit_test(grades_by_near_sessions_as_by_all),
		cmocka_unit_test(settles_by_enough_check_ins),
		cmocka_unit_test(names_kinds),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
