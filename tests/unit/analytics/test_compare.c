/* O6: interval and n, a bound for zero, small cells suppressed. */
#include "analytics/rules/compare.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <math.h>

static const struct {
	const char *name;
	struct compare_cell cell;
	bool suppressed;
	double low, high;
} shares[] = {
	{"O6 nothing is known of none", {0, 0}, true, 0, 1},
	{"O6 four of four are too few", {4, 4}, true, 0, 1},
	{"O6 none of five: the rule of three", {5, 0}, false, 0, 0.6},
	{"O6 none of 100: at most 3 %", {100, 0}, false, 0, 0.03},
	{"O6 all of 30: at least 90 %", {30, 30}, false, 0.9, 1},
	{"O6 one of ten: Wilson", {10, 1}, false, 0.0179, 0.4042},
	{"O6 half of ten: Wilson", {10, 5}, false, 0.2366, 0.7634},
};

static void shows_a_share(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
		struct compare_share share = compare_share(&shares[i].cell);
		if (share.suppressed != shares[i].suppressed ||
		    fabs(share.low - shares[i].low) > 0.0001 ||
		    fabs(share.high - shares[i].high) > 0.0001)
			fail_msg("%s: %g to %g", shares[i].name, share.low, share.high);
	}
}

#define VALUE(treatment_, window_, judgement_, unverified_, nearest_)                       \
	{                                                                                   \
		.treatment = (treatment_), .window = OUTCOME_WINDOW_##window_,              \
		.result = {.judgement = JUDGEMENT_##judgement_, .unverified = unverified_}, \
		.nearest = (nearest_)                                                       \
	}

static const struct {
	const char *name;
	struct judged judged[3];
	int32_t n, improved; /* of the 10-day window, for treatment 1 */
} counts[] = {
	{"O6 one that improved is enough, and counts once",
	 {VALUE(1, 10D, WORSE, false, true), VALUE(1, 10D, IMPROVED, false, true),
	  VALUE(1, 10D, IMPROVED, false, true)},
	 1,
	 1},
	{"O2 windows are kept apart", {VALUE(1, 48H, IMPROVED, false, true)}, 0, 0},
	{"O6 another treatment's value", {VALUE(2, 10D, IMPROVED, false, true)}, 0, 0},
	{"an unverified threshold does not decide", {VALUE(1, 10D, IMPROVED, true, true)}, 0, 0},
	{"O3 no threshold is no answer", {VALUE(1, 10D, NO_THRESHOLD, false, true)}, 0, 0},
	{"O2 the value next to the target alone",
	 {VALUE(1, 10D, IMPROVED, false, false), VALUE(1, 10D, NOT_IMPROVED, false, true)},
	 1,
	 0},
};

static void counts_a_treatment(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct compare_cell cells[OUTCOME_WINDOWS] = {0};
		compare_count(counts[i].judged, 3, 1, cells);
		if (cells[OUTCOME_WINDOW_10D].n != counts[i].n ||
		    cells[OUTCOME_WINDOW_10D].improved != counts[i].improved)
			fail_msg("%s: %d of %d", counts[i].name, cells[OUTCOME_WINDOW_10D].improved,
				 cells[OUTCOME_WINDOW_10D].n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_a_share),
		cmocka_unit_test(counts_a_treatment),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
