#include "analytics/rules/survival.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

static int by_time(const void *left, const void *right)
{
	double a = ((const struct survival_subject *)left)->time;
	double b = ((const struct survival_subject *)right)->time;
	return (a > b) - (a < b);
}

/* What happens at the time of subject `at`; returns the first subject of a later time. */
static size_t take_ties(const struct survival_subject *subjects, size_t count, size_t at,
			size_t *ret_events)
{
	double time = subjects[at].time;
	*ret_events = 0;
	for (; at < count && subjects[at].time == time; at++)
		*ret_events += subjects[at].event;
	return at;
}

/* ---- The curve ---- */

/* `hazard` is Greenwood's sum of events / (at risk × at risk without them). */
static void put_interval(struct survival_step *step, double hazard, double z)
{
	step->low = step->high = step->without;
	if (step->without <= 0)
		step->low = step->high = NAN;
	else if (step->without < 1) {
		double log_without = log(step->without);
		double half = z * sqrt(hazard) / log_without;
		step->low = exp(-exp(log(-log_without) - half));
		step->high = exp(-exp(log(-log_without) + half));
	}
}

size_t survival_curve(struct survival_subject *subjects, size_t count, double level,
		      struct survival_step *ret_steps)
{
	double z = gsl_cdf_ugaussian_Qinv((1 - level) / 2);
	double without = 1, hazard = 0;
	size_t steps = 0, events;
	qsort(subjects, count, sizeof(*subjects), by_time);
	for (size_t at = 0, next; at < count; at = next) {
		next = take_ties(subjects, count, at, &events);
		double risk = (double)(count - at), seen = (double)events;
		without *= 1 - seen / risk;
		if (events < count - at)
			hazard += seen / (risk * (risk - seen));
		struct survival_step *step = &ret_steps[steps++];
		*step = (struct survival_step){
			.time = subjects[at].time,
			.at_risk = count - at,
			.events = events,
			.censored = next - at - events,
			.without = without,
		};
		put_interval(step, hazard, z);
	}
	return steps;
}

#define AT_HALF 1.5e-8 /* as near to one half as rounding leaves it */

double survival_median(const struct survival_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fabs(steps[i].without - 0.5) < AT_HALF) {
			size_t next = i + 1;
			while (next < count && steps[next].events == 0)
				next++;
			return next < count ? (steps[i].time + steps[next].time) / 2
					    : steps[i].time;
		}
		if (steps[i].without < 0.5)
			return steps[i].time;
	}
	return NAN;
}

/* ---- Groups ---- */

struct tally {
	double at_risk[SURVIVAL_GROUPS];
	double covariance[SURVIVAL_GROUPS][SURVIVAL_GROUPS];
	struct survival_test test;
};

/* The hypergeometric distribution of `events` over the groups at risk. */
static void add_time(struct tally *tally, double events, double risk)
{
	for (unsigned i = 0; i < SURVIVAL_GROUPS; i++)
		tally->test.expected[i] += events * tally->at_risk[i] / risk;
	if (risk <= 1)
		return;
	double scale = events * (risk - events) / (risk - 1);
	for (unsigned i = 0; i < SURVIVAL_GROUPS; i++)
		for (unsigned j = 0; j < SURVIVAL_GROUPS; j++) {
			double share_i = tally->at_risk[i] / risk;
			double share_j = tally->at_risk[j] / risk;
			tally->covariance[i][j] += scale * share_i * ((i == j) - share_j);
		}
}

/* (O - E)' V⁻¹ (O - E) over all groups but one, for the last follows from them. */
static double chi_square(const struct tally *tally)
{
	unsigned used[SURVIVAL_GROUPS], count = 0;
	double values[SURVIVAL_GROUPS * SURVIVAL_GROUPS], off[SURVIVAL_GROUPS],
		solved[SURVIVAL_GROUPS];
	for (unsigned i = 0; i < SURVIVAL_GROUPS; i++)
		if (tally->test.expected[i] > 0)
			used[count++] = i;
	if (count < 2)
		return 0;
	count--;
	for (unsigned i = 0; i < count; i++) {
		off[i] = tally->test.observed[used[i]] - tally->test.expected[used[i]];
		for (unsigned j = 0; j < count; j++)
			values[i * count + j] = tally->covariance[used[i]][used[j]];
	}
	gsl_matrix_view matrix = gsl_matrix_view_array(values, count, count);
	gsl_vector_view right = gsl_vector_view_array(off, count);
	gsl_vector_view left = gsl_vector_view_array(solved, count);
	size_t order[SURVIVAL_GROUPS];
	gsl_permutation permutation = {count, order};
	int sign;
	gsl_linalg_LU_decomp(&matrix.matrix, &permutation, &sign);
	if (gsl_linalg_LU_det(&matrix.matrix, sign) == 0)
		return 0; /* all events came when one group alone was at risk */
	gsl_linalg_LU_solve(&matrix.matrix, &permutation, &right.vector, &left.vector);
	double sum = 0;
	for (unsigned i = 0; i < count; i++)
		sum += off[i] * solved[i];
	return sum;
}

struct survival_test survival_log_rank(struct survival_subject *subjects, size_t count)
{
	struct tally tally = {0};
	qsort(subjects, count, sizeof(*subjects), by_time);
	for (size_t i = 0; i < count; i++) {
		assert(subjects[i].group < SURVIVAL_GROUPS);
		tally.test.groups += tally.at_risk[subjects[i].group]++ == 0;
		tally.test.observed[subjects[i].group] += subjects[i].event;
	}
	for (size_t at = 0, next, events; at < count; at = next) {
		next = take_ties(subjects, count, at, &events);
		if (events > 0)
			add_time(&tally, (double)events, (double)(count - at));
		for (size_t i = at; i < next; i++)
			tally.at_risk[subjects[i].group]--;
	}
	tally.test.chi_square = chi_square(&tally);
	tally.test.p = tally.test.groups < 2
			       ? 1
			       : gsl_cdf_chisq_Q(tally.test.chi_square, tally.test.groups - 1);
	return tally.test;
}
