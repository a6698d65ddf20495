/* Exact intervals of shares and rates, for what is rare (O6, R3): a bound is never better than what
 * was seen.
 *
 * Share: Clopper and Pearson, Biometrika 26:404 (1934); R's binom.test. Rate: Garwood, Biometrika
 * 28:437 (1936); R's poisson.test. Of no event both give a one-sided look: low is 0, and high is
 * about 3/n for 95 % one-sided (the rule of three), 3.7/n here, for the interval has two sides.
 * Quantiles by GSL.
 *
 *     struct interval mild = interval_of_share(19, 100, 0.95);      // 0.118 to 0.281
 *     struct interval falls = interval_of_rate(2, 1024.0, 0.95);    // for each treatment
 */
#ifndef SOLEUS_ANALYTICS_RULES_INTERVAL_H
#define SOLEUS_ANALYTICS_RULES_INTERVAL_H

#include <stdint.h>

struct interval {
	double low;
	double high;
};

/* `events` of `n` (0 ≤ events ≤ n); of none: 0 to 1. `level` such as 0.95. */
struct interval interval_of_share(int64_t events, int64_t n, double level);

/* `events` in `exposure` (> 0) of whatever unit: events for each unit. */
struct interval interval_of_rate(int64_t events, double exposure, double level);

#endif
