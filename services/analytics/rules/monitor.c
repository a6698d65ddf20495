#include "analytics/rules/monitor.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* The smallest r with P(X ≤ r) ≥ p, by halving: n may be large. */
static unsigned binomial_quantile(double p, double share, unsigned n)
{
	unsigned low = 0, high = n;
	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		if (gsl_cdf_binomial_P(middle, share, n) >= p)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Between the last count whose tail is too small and the first whose is not, in proportion. */
static double limit(double p, double share, unsigned n)
{
	unsigned r = binomial_quantile(p, share, n);
	double reached = gsl_cdf_binomial_P(r, share, n);
	double before = r > 0 ? gsl_cdf_binomial_P(r - 1, share, n) : 0;
	double part = reached > before ? (reached - p) / (reached - before) : 0;
	return fmin(fmax((r - part) / n, 0), 1);
}

struct monitor_limits monitor_funnel(double share, int64_t n, double level)
{
	double tail = (1 - level) / 2;
	assert(share >= 0 && share <= 1 && n > 0 && n <= INT32_MAX && level > 0 && level < 1);
	if (share <= 0 || share >= 1)
		return (struct monitor_limits){share, share};
	return (struct monitor_limits){limit(tail, share, (unsigned)n),
				       limit(1 - tail, share, (unsigned)n)};
}

double monitor_cusum(double score, bool adverse, double share, double odds_ratio)
{
	assert(share > 0 && share < 1 && odds_ratio > 1);
	double weight = (adverse ? log(odds_ratio) : 0) - log(1 - share + odds_ratio * share);
	return fmax(score + weight, 0);
}
