#include "analytics/rules/interval.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#define POLISHES 3

/* GSL stops at some 1e-8 of a quantile of beta; Newton's steps take what is left. */
static double beta_quantile(double p, double a, double b)
{
	double x = gsl_cdf_beta_Pinv(p, a, b);
	for (int i = 0; i < POLISHES && x > 0 && x < 1; i++) {
		double slope = gsl_ran_beta_pdf(x, a, b);
		if (!(slope > 0))
			break;
		double next = x - (gsl_cdf_beta_P(x, a, b) - p) / slope;
		if (!(next > 0 && next < 1))
			break;
		x = next;
	}
	return x;
}

struct interval interval_of_share(int64_t events, int64_t n, double level)
{
	double tail = (1 - level) / 2;
	double seen = (double)events, others = (double)(n - events);
	assert(events >= 0 && events <= n && level > 0 && level < 1);
	if (n == 0)
		return (struct interval){0, 1};
	return (struct interval){
		.low = events == 0 ? 0 : beta_quantile(tail, seen, others + 1),
		.high = events == n ? 1 : beta_quantile(1 - tail, seen + 1, others),
	};
}

struct interval interval_of_rate(int64_t events, double exposure, double level)
{
	double tail = (1 - level) / 2;
	double seen = (double)events;
	assert(events >= 0 && exposure > 0 && level > 0 && level < 1);
	return (struct interval){
		.low = events == 0 ? 0 : gsl_cdf_gamma_Pinv(tail, seen, 1) / exposure,
		.high = gsl_cdf_gamma_Qinv(tail, seen + 1, 1) / exposure,
	};
}
