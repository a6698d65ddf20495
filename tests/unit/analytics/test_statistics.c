/* O6: the statistics, held against R's own on data sets that ship with it (statistics.R says which
 * function), to 1e-9; and against hand calculation where R has none. */
#include "analytics/rules/interval.h"
#include "analytics/rules/monitor.h"
#include "analytics/rules/survival.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEAR     1e-9
#define SUBJECTS 512

/* A line of statistics.R: a word, mostly the data set's name, and numbers. */
struct fact {
	char kind[16];
	char set[16];
	double numbers[8];
	unsigned count;
};

static struct fact *facts;
static size_t fact_count;

static struct fact read_fact(char *line)
{
	struct fact fact = {.count = 0};
	char *rest = line, *word, *end;
	snprintf(fact.kind, sizeof(fact.kind), "%s", strsep(&rest, " "));
	while ((word = strsep(&rest, " \n"))) {
		double number = strcmp(word, "NA") == 0 ? NAN : strtod(word, &end);
		if (!*word)
			continue;
		if (strcmp(word, "NA") != 0 && *end)
			snprintf(fact.set, sizeof(fact.set), "%s", word);
		else
			fact.numbers[fact.count++] = number;
	}
	return fact;
}

static int ask_r(void **state)
{
	char line[512];
	FILE *r =
		popen("Rscript --vanilla " SOLEUS_SOURCE "/tests/unit/analytics/statistics.R", "r");
	(void)state;
	assert_non_null(r);
	while (fgets(line, sizeof(line), r)) {
		facts = realloc(facts, (fact_count + 1) * sizeof(*facts));
		facts[fact_count++] = read_fact(line);
	}
	return pclose(r) == 0 && fact_count > 500 ? 0 : 1;
}

static int forget(void **state)
{
	(void)state;
	free(facts);
	return 0;
}

static void near(const struct fact *fact, const char *what, double seen, double expected)
{
	if (isnan(expected) ? !isnan(seen)
			    : !(fabs(seen - expected) <= NEAR * fmax(1, fabs(expected))))
		fail_msg("%s %s %g %g: %s is %.17g, R has %.17g", fact->kind, fact->set,
			 fact->numbers[0], fact->numbers[1], what, seen, expected);
}

/* The facts of a kind, of a set ("" any), one after the other; NULL at the end. */
static const struct fact *next(const char *kind, const char *set, const struct fact *after)
{
	for (const struct fact *at = after ? after + 1 : facts; at < facts + fact_count; at++)
		if (strcmp(at->kind, kind) == 0 && (!*set || strcmp(at->set, set) == 0))
			return at;
	return NULL;
}

static const char *const sets[] = {"aml", "veteran", "lung"};
#define SETS (sizeof(sets) / sizeof(sets[0]))

static size_t subjects_of(const char *set, struct survival_subject subjects[SUBJECTS])
{
	size_t count = 0;
	for (const struct fact *fact = NULL; (fact = next("subject", set, fact));)
		subjects[count++] = (struct survival_subject){
			fact->numbers[0], fact->numbers[1] > 0, (unsigned)fact->numbers[2]};
	return count;
}

static void curve_as_survfit(void **state)
{
	(void)state;
	for (size_t i = 0; i < SETS; i++) {
		struct survival_subject subjects[SUBJECTS];
		struct survival_step steps[SUBJECTS];
		size_t count = subjects_of(sets[i], subjects), at = 0;
		size_t step_count = survival_curve(subjects, count, 0.95, steps);
		for (const struct fact *fact = NULL; (fact = next("step", sets[i], fact)); at++) {
			assert_true(at < step_count);
			near(fact, "time", steps[at].time, fact->numbers[0]);
			near(fact, "at risk", (double)steps[at].at_risk, fact->numbers[1]);
			near(fact, "events", (double)steps[at].events, fact->numbers[2]);
			near(fact, "censored", (double)steps[at].censored, fact->numbers[3]);
			near(fact, "without", steps[at].without, fact->numbers[4]);
			near(fact, "low", steps[at].low, fact->numbers[5]);
			near(fact, "high", steps[at].high, fact->numbers[6]);
		}
		assert_int_equal(at, step_count);
		const struct fact *median = next("median", sets[i], NULL);
		near(median, "median", survival_median(steps, step_count), median->numbers[0]);
	}
}

static void groups_as_survdiff(void **state)
{
	(void)state;
	for (size_t i = 0; i < SETS; i++) {
		struct survival_subject subjects[SUBJECTS];
		size_t count = subjects_of(sets[i], subjects);
		struct survival_test test = survival_log_rank(subjects, count);
		for (const struct fact *fact = NULL; (fact = next("group", sets[i], fact));) {
			unsigned group = (unsigned)fact->numbers[0];
			near(fact, "observed", test.observed[group], fact->numbers[1]);
			near(fact, "expected", test.expected[group], fact->numbers[2]);
		}
		const struct fact *whole = next("test", sets[i], NULL);
		near(whole, "chi square", test.chi_square, whole->numbers[0]);
		near(whole, "degrees", test.groups - 1, whole->numbers[1]);
		near(whole, "p", test.p, whole->numbers[2]);
	}
}

static void share_as_binom_test(void **state)
{
	size_t seen = 0;
	(void)state;
	for (const struct fact *fact = NULL; (fact = next("share", "", fact)); seen++) {
		struct interval found = interval_of_share(
			(int64_t)fact->numbers[0], (int64_t)fact->numbers[1], fact->numbers[2]);
		near(fact, "low", found.low, fact->numbers[3]);
		near(fact, "high", found.high, fact->numbers[4]);
	}
	assert_true(seen > 150);
}

static void rate_as_poisson_test(void **state)
{
	size_t seen = 0;
	(void)state;
	for (const struct fact *fact = NULL; (fact = next("rate", "", fact)); seen++) {
		struct interval found = interval_of_rate((int64_t)fact->numbers[0],
							 fact->numbers[1], fact->numbers[2]);
		near(fact, "low", found.low, fact->numbers[3]);
		near(fact, "high", found.high, fact->numbers[4]);
	}
	assert_true(seen > 50);
}

static void funnel_as_qbinom(void **state)
{
	size_t seen = 0;
	(void)state;
	for (const struct fact *fact = NULL; (fact = next("funnel", "", fact)); seen++) {
		struct monitor_limits found = monitor_funnel(
			fact->numbers[0], (int64_t)fact->numbers[1], fact->numbers[2]);
		near(fact, "low", found.low, fact->numbers[3]);
		near(fact, "high", found.high, fact->numbers[4]);
	}
	assert_int_equal(seen, 36);
}

/* ---- By hand ---- */

static void nothing_is_known_of_nobody(void **state)
{
	struct interval all = interval_of_share(0, 0, 0.95);
	struct survival_subject one[] = {{3, false, 0}, {2, false, 0}};
	struct survival_step steps[2];
	(void)state;
	assert_true(all.low == 0 && all.high == 1);
	assert_int_equal(survival_curve(one, 0, 0.95, steps), 0);
	assert_true(isnan(survival_median(steps, 0)));
	/* Two that are only censored: nobody has had the event, and no group can be compared. */
	assert_int_equal(survival_curve(one, 2, 0.95, steps), 2);
	assert_true(steps[0].time == 2 && steps[1].without == 1 && steps[1].low == 1);
	assert_true(isnan(survival_median(steps, 2)));
	assert_true(survival_log_rank(one, 2).p == 1);
}

/* Of 0.1 accepted and twice the odds looked for: log(2) - log(0.9 + 0.2) for an adverse event,
 * -log(1.1) for none. */
static void cusum_by_hand(void **state)
{
	double score = 0;
	(void)state;
	score = monitor_cusum(score, false, 0.1, 2);
	assert_true(score == 0);
	score = monitor_cusum(score, true, 0.1, 2);
	assert_true(fabs(score - 0.5978370007556204) < 1e-12);
	score = monitor_cusum(score, false, 0.1, 2);
	assert_true(fabs(score - 0.5025268209512956) < 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(curve_as_survfit),    cmocka_unit_test(groups_as_survdiff),
		cmocka_unit_test(share_as_binom_test), cmocka_unit_test(rate_as_poisson_test),
		cmocka_unit_test(funnel_as_qbinom),    cmocka_unit_test(nothing_is_known_of_nobody),
		cmocka_unit_test(cusum_by_hand),
	};
	return cmocka_run_group_tests_name("statistics against R", tests, ask_r, forget);
}
