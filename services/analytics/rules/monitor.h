/* Whether a clinic or a practitioner differs from the others by more than chance (O6), and since
 * when.
 *
 * Funnel: limits of a share around the common one, by n, exact for small n: Spiegelhalter, Stat Med
 * 24:1185 (2005), with the interpolation of its appendix, so that the limits are smooth. Outside of
 * the 95 % limits lies one of twenty by chance alone: the 99.8 % ones ask for a look. CUSUM:
 * evidence, one treatment after the other, that the odds of an adverse event are `odds_ratio` times
 * what they are taken to be: Steiner et al., Biostatistics 1:441 (2000). It starts again at 0 after
 * a signal.
 *
 *     struct monitor_limits limits = monitor_funnel(0.19, 120, 0.998);
 *     score = monitor_cusum(score, adverse, 0.002, 2);
 */
#ifndef SOLEUS_ANALYTICS_RULES_MONITOR_H
#define SOLEUS_ANALYTICS_RULES_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

struct monitor_limits {
	double low;
	double high;
};

/* Of the share in `n` (> 0) whose common share is `share` (0 to 1): 0 and 1 are not passed. */
struct monitor_limits monitor_funnel(double share, int64_t n, double level);

/* The score after one more treatment; never below 0. `share` is the accepted share of adverse
 * events (0 to 1, both excluded), `odds_ratio` > 1 the change that is looked for. */
double monitor_cusum(double score, bool adverse, double share, double odds_ratio);

#endif
