/* O1–O4: every instrument's row, the judgement, the windows, and what lasts. */
#include "analytics/rules/judge.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#define HOUR    INT64_C(3600000000)
#define DAY     (24 * HOUR)
#define TREATED (INT64_C(1795000000) * 1000000)

#define NO  JUDGEMENT_NOT_IMPROVED
#define UP  JUDGEMENT_IMPROVED
#define BAD JUDGEMENT_WORSE
#define IND JUDGEMENT_INDETERMINATE
#define NTH JUDGEMENT_NO_THRESHOLD
#define NOV JUDGEMENT_NO_VALUE

static const struct {
	const char *name;
	const char *instrument;
	double baseline, later;
	enum judgement expected;
	bool unverified;
} cases[] = {
	{"O3 NPRS 6 to 3: 3 beyond 1.77 and 2", "nprs", 6, 3, UP, false},
	{"O3 NPRS 6 to 4: exactly the MCID", "nprs", 6, 4, UP, false},
	{"O3 NPRS 6 to 4.2: 1.8 beyond MDC only", "nprs", 6, 4.2, IND, false},
	{"O3 NPRS 6 to 4.23: exactly the MDC, in spite of binary", "nprs", 6, 4.23, IND, false},
	{"O3 NPRS 6 to 5: within both", "nprs", 6, 5, NO, false},
	{"O3 NPRS unchanged", "nprs", 6, 6, NO, false},
	{"O3 NPRS 4 to 3: MCID 1 of a low baseline, within MDC", "nprs", 4, 3, IND, false},
	{"O3 NPRS 4 to 2: beyond both", "nprs", 4, 2, UP, false},
	{"O3 NPRS 4.5 takes the stricter band", "nprs", 4.5, 2.6, IND, false},
	{"O3 NPRS 7 to 5: the middle band's last", "nprs", 7, 5, UP, false},
	{"O3 NPRS 8 to 6: MCID 3 of a high baseline", "nprs", 8, 6, IND, false},
	{"O3 NPRS 8 to 5: exactly 3", "nprs", 8, 5, UP, false},
	{"O3 NPRS 10 to 7", "nprs", 10, 7, UP, false},
	{"O3 NPRS 5 to 7: worse by 2", "nprs", 5, 7, BAD, false},
	{"O3 NPRS 5 to 6.9: worse beyond one only", "nprs", 5, 6.9, IND, false},
	{"O3 NPRS 0 to 1: a baseline below the bands takes the general MCID", "nprs", 0, 1, NO,
	 false},
	{"O3 LEFS 60 to 69", "lefs", 60, 69, UP, false},
	{"O3 LEFS 60 to 68.9", "lefs", 60, 68.9, NO, false},
	{"O3 LEFS 60 to 51: worse, higher is better", "lefs", 60, 51, BAD, false},
	{"O3 DASH 40 to 29.18: beyond MDC 10.81, within MCID 10.83", "dash", 40, 29.18, IND, false},
	{"O3 DASH 40 to 29.17", "dash", 40, 29.17, UP, false},
	{"O3 QuickDASH 40 to 26: beyond MDC only", "quickdash", 40, 26, IND, false},
	{"O3 QuickDASH 40 to 24", "quickdash", 40, 24, UP, false},
	{"O3 KOOS sport +10: within the MDC's range and the MCID", "koos_sport", 50, 60, NO, false},
	{"O3 KOOS sport +15: inside the MDC's range", "koos_sport", 50, 65, IND, false},
	{"O3 KOOS sport +20.2", "koos_sport", 50, 70.2, UP, false},
	{"O3 KOOS QOL +18: inside MDC, within MCID", "koos_qol", 50, 68, IND, false},
	{"O3 HOOS sport +26.2", "hoos_sport", 50, 76.2, UP, false},
	{"O3 HAGOS +16: beyond MIC, within MDC", "hagos", 50, 66, IND, false},
	{"O3 HAGOS +33.8", "hagos", 50, 83.8, UP, false},
	{"O3 HAGOS +9: within both", "hagos", 50, 59, NO, false},
	{"O3 PSFS +2.7: its MDC is from memory", "psfs", 4, 6.7, UP, true},
	{"O3 PSFS +1", "psfs", 4, 5, NO, true},
	{"O3 VISA-A has no MDC", "visa_a", 40, 90, NTH, false},
	{"O3 GROC has no MDC", "groc", 0, 7, NTH, false},
	{"O3 knee to wall has no MCID", "knee_to_wall", 8, 14, NTH, false},
	{"O3 active knee extension", "active_knee_extension", 60, 20, NTH, false},
	{"O3 hip rotation", "hip_rotation", 30, 60, NTH, false},
	{"O3 shoulder flexion", "shoulder_flexion", 120, 170, NTH, false},
	{"O3 hop", "single_leg_hop", 70, 99, NTH, false},
	{"O6 session RPE is load, not outcome", "session_rpe", 600, 100, NTH, false},
	{"O3 soreness as NPRS, unverified", "soreness", 6, 3, UP, true},
	{"O3 tightness as NPRS, unverified", "tightness_after_training", 6, 5, NO, true},
	{"O3 sprint pain as NPRS, unverified", "sprint_pain", 2, 5, BAD, true},
	{"O3 stride symmetry is unset", "stride_symmetry", 80, 99, NTH, false},
	{"O3 squat depth is unset", "squat_depth", 10, 40, NTH, false},
	{"O3 below the range is no value", "nprs", 6, -1, NOV, false},
	{"O3 above the range is no value", "nprs", 11, 3, NOV, false},
	{"O3 not a number is no value", "nprs", 6, (double)NAN, NOV, false},
	{"O3 infinity is no value", "squat_depth", 1, (double)INFINITY, NOV, false},
};

static void judges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct instrument *instrument = instrument_find(cases[i].instrument);
		assert_non_null(instrument);
		struct judge_result got = judge_change(instrument, judge_value(cases[i].baseline),
						       judge_value(cases[i].later));
		if (got.judgement != cases[i].expected || got.unverified != cases[i].unverified)
			fail_msg("%s: got %s%s", cases[i].name, judgement_name(got.judgement),
				 got.unverified ? ", unverified" : "");
	}
}

static void o3_missing_is_never_zero(void **state)
{
	(void)state;
	const struct instrument *nprs = instrument_find("nprs");
	struct judge_measure missing = {0};
	assert_int_equal(judge_change(nprs, judge_value(6), missing).judgement, NOV);
	assert_int_equal(judge_change(nprs, missing, judge_value(0)).judgement, NOV);
}

static void tells_the_size_without_a_verdict(void **state)
{
	(void)state;
	struct judge_result got =
		judge_change(instrument_find("knee_to_wall"), judge_value(8), judge_value(11));
	assert_true(got.change == 3);
	assert_int_equal(got.mdc, JUDGE_BEYOND_YES);
	assert_int_equal(got.mcid, JUDGE_BEYOND_UNKNOWN);
	got = judge_change(instrument_find("nprs"), judge_value(6), judge_value(3));
	assert_true(got.change == 3); /* towards better is positive */
}

static void judges_by_an_edited_copy(void **state)
{
	(void)state;
	struct instrument own = *instrument_find("soreness");
	own.mdc.sure = own.mcid.sure = SURE_M; /* the organisation has looked it up */
	own.band_count = 0;
	own.mcid.low = own.mcid.high = 4;
	struct judge_result got = judge_change(&own, judge_value(6), judge_value(3));
	assert_int_equal(got.judgement, IND);
	assert_false(got.unverified);
}

static void holds_all_rows(void **state)
{
	(void)state;
	/* KOOS is two rows; soreness, tightness, sprint pain three; symmetry, depth two. Six are
	 * named by the table "Areas" alone. */
	assert_int_equal(instrument_count, 22 + 6);
	for (size_t i = 0; i < instrument_count; i++) {
		const struct instrument *row = &instruments[i];
		assert_ptr_equal(instrument_find(row->code), row); /* codes are unique */
		assert_int_equal(row->version, 1);
		assert_true(row->source ||
			    (row->mdc.sure == SURE_UNSET && row->mcid.sure == SURE_UNSET));
		assert_true(row->mdc.low <= row->mdc.high && row->mcid.low <= row->mcid.high);
		assert_true(!row->has_lower || !row->has_upper || row->lower < row->upper);
	}
	assert_string_equal(instrument_find("nprs")->loinc, "72514-3");
	assert_string_equal(instrument_find("koos_sport")->loinc, "72091-2");
	assert_string_equal(instrument_find("session_rpe")->loinc, "82289-0");
	assert_null(instrument_find("lefs")->loinc); /* no code is invented */
	assert_null(instrument_find("nothing"));
	assert_null(instrument_find(0));
}

static const struct {
	double hours;
	enum outcome_window window;
} windows[] = {
	{-0.1, OUTCOME_WINDOW_NONE},
	{0, OUTCOME_WINDOW_IMMEDIATE},
	{11.9, OUTCOME_WINDOW_IMMEDIATE},
	{12, OUTCOME_WINDOW_NONE},
	{24, OUTCOME_WINDOW_NONE},
	{35.9, OUTCOME_WINDOW_NONE},
	{36, OUTCOME_WINDOW_48H},
	{48, OUTCOME_WINDOW_48H},
	{71.9, OUTCOME_WINDOW_48H},
	{72, OUTCOME_WINDOW_NONE},
	{7 * 24 - 0.1, OUTCOME_WINDOW_NONE},
	{7 * 24, OUTCOME_WINDOW_10D},
	{10 * 24, OUTCOME_WINDOW_10D},
	{14 * 24, OUTCOME_WINDOW_NONE},
	{21 * 24, OUTCOME_WINDOW_4W},
	{28 * 24, OUTCOME_WINDOW_4W},
	{42 * 24 - 0.1, OUTCOME_WINDOW_4W},
	{42 * 24, OUTCOME_WINDOW_NONE},
};

static void o2_keeps_windows_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		int64_t at = TREATED + (int64_t)(windows[i].hours * (double)HOUR);
		if (outcome_window_of(TREATED, at) != windows[i].window)
			fail_msg("O2 %.1f h is %s", windows[i].hours,
				 outcome_windows[outcome_window_of(TREATED, at)].name);
	}
	for (int i = 1; i < OUTCOME_WINDOWS; i++) {
		assert_true(outcome_windows[i].from_hours >= outcome_windows[i - 1].to_hours);
		assert_in_range(outcome_windows[i].target_hours, outcome_windows[i].from_hours,
				outcome_windows[i].to_hours);
	}
}

#define YES     JUDGE_LASTING_YES
#define NOT     JUDGE_LASTING_NO
#define UNKNOWN JUDGE_LASTING_UNKNOWN

static const struct {
	const char *name;
	struct {
		int day;
		enum judgement judgement;
		bool unverified;
	} points[3];
	size_t count;
	int other_days[2]; /* other treatments of the area; 0: none */
	enum judge_lasting expected;
	enum outcome_window window;
	bool unverified;
} lasting[] = {
	{"O4 nothing measured", {{0}}, 0, {0}, UNKNOWN, OUTCOME_WINDOW_NONE},
	{"O4 improved at 48 h alone is not known to last",
	 {{2, UP}},
	 1,
	 {0},
	 UNKNOWN,
	 OUTCOME_WINDOW_NONE},
	{"O4 improved at 10 days", {{10, UP}}, 1, {0}, YES, OUTCOME_WINDOW_10D},
	{"O4 improved at 10 days, not at 4 weeks",
	 {{10, UP}, {28, NO}},
	 2,
	 {0},
	 NOT,
	 OUTCOME_WINDOW_4W},
	{"O4 in any order", {{28, UP}, {2, NO}, {10, NO}}, 3, {0}, YES, OUTCOME_WINDOW_4W},
	{"O4 worse at 10 days", {{10, BAD}}, 1, {0}, NOT, OUTCOME_WINDOW_10D},
	{"O4 indeterminate decides nothing", {{10, IND}}, 1, {0}, UNKNOWN, OUTCOME_WINDOW_10D},
	{"O4 no threshold is never improved", {{10, NTH}}, 1, {0}, UNKNOWN, OUTCOME_WINDOW_10D},
	{"O4 a missing value is passed over",
	 {{10, UP}, {28, NOV}},
	 2,
	 {0},
	 YES,
	 OUTCOME_WINDOW_10D},
	{"O4 treated again on day 9: day 10 tells nothing",
	 {{10, UP}},
	 1,
	 {9},
	 UNKNOWN,
	 OUTCOME_WINDOW_NONE},
	{"O4 treated again on day 20: day 10 counts",
	 {{10, UP}, {28, NO}},
	 2,
	 {20, 35},
	 YES,
	 OUTCOME_WINDOW_10D},
	{"O4 measured as the next treatment begins counts",
	 {{10, UP}},
	 1,
	 {10},
	 YES,
	 OUTCOME_WINDOW_10D},
	{"O4 an earlier treatment is no matter", {{10, UP}}, 1, {-5}, YES, OUTCOME_WINDOW_10D},
	{"O4 by an unverified threshold", {{10, UP, true}}, 1, {0}, YES, OUTCOME_WINDOW_10D, true},
};

static void o4_finds_what_lasts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lasting) / sizeof(lasting[0]); i++) {
		struct judge_point points[3];
		int64_t treatments[3] = {TREATED};
		size_t treatment_count = 1;
		for (size_t p = 0; p < lasting[i].count; p++)
			points[p] = (struct judge_point){TREATED + lasting[i].points[p].day * DAY,
							 lasting[i].points[p].judgement,
							 lasting[i].points[p].unverified};
		for (size_t t = 0; t < 2; t++)
			if (lasting[i].other_days[t])
				treatments[treatment_count++] =
					TREATED + lasting[i].other_days[t] * DAY;
		struct judge_lasting_result got = judge_lasting(TREATED, points, lasting[i].count,
								treatments, treatment_count);
		if (got.lasting != lasting[i].expected || got.window != lasting[i].window ||
		    got.unverified != lasting[i].unverified)
			fail_msg("%s: got %d by window %s", lasting[i].name, (int)got.lasting,
				 outcome_windows[got.window].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(o3_missing_is_never_zero),
		cmocka_unit_test(tells_the_size_without_a_verdict),
		cmocka_unit_test(judges_by_an_edited_copy),
		cmocka_unit_test(holds_all_rows),
		cmocka_unit_test(o2_keeps_windows_apart),
		cmocka_unit_test(o4_finds_what_lasts),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
