/* O6: clinics are compared only with interval and n. A share of zero (or of all) is shown as a
 * bound by the rule of three, small cells are suppressed.
 *
 *     compare_count(judged, count, treatment, cells);          // for each treatment of the clinic
 *     struct compare_share share = compare_share(&cells[OUTCOME_WINDOW_10D]);
 */
#ifndef SOLEUS_ANALYTICS_RULES_COMPARE_H
#define SOLEUS_ANALYTICS_RULES_COMPARE_H

#include "analytics/rules/episode.h"

#define COMPARE_SMALL_CELL 5 /* of fewer treated areas nothing but n is shown; ours */

struct compare_cell {
	int32_t n; /* treated areas with a value judged by a verified threshold */
	int32_t improved;
};

/* Adds what one treatment shows, once for each window (O2): of several instruments, one that
 * improved is enough. `judged` and `count` are its episode's. */
void compare_count(const struct judged *judged, size_t count, size_t treatment,
		   struct compare_cell cells[OUTCOME_WINDOWS]);

struct compare_share {
	bool suppressed; /* too few: low and high then say nothing, 0 and 1 */
	double low; /* of the share improved: 95 % by Wilson, at 0 and n by the rule of three */
	double high;
};

struct compare_share compare_share(const struct compare_cell *cell);

#endif
