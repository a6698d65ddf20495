/* Time to an event of which not all are seen, such as to lasting improvement (O4): who has not come
 * to it by the last look is censored, not a failure.
 *
 * Curve: Kaplan and Meier, JASA 53:457 (1958), with Greenwood's variance and the log-log interval,
 * which stays within 0 and 1 (Kalbfleisch and Prentice 1980); R's survfit(conf.type = "log-log").
 * Comparison of groups: log-rank (Mantel, Cancer Chemother Rep 50:163, 1966; Peto and Peto 1972);
 * R's survdiff. Both are unadjusted, and whoever shows them says so.
 *
 * Cost: a sort; one pass for each.
 *
 *     size_t steps = survival_curve(subjects, count, 0.95, curve);
 *     double half = survival_median(curve, steps);
 */
#ifndef SOLEUS_ANALYTICS_RULES_SURVIVAL_H
#define SOLEUS_ANALYTICS_RULES_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>

struct survival_subject {
	double time; /* since the start, > 0; any unit */
	bool event;  /* else censored at `time`: still without the event then */
	unsigned group;
};

struct survival_step {
	double time;
	size_t at_risk; /* just before */
	size_t events;
	size_t censored;
	double without; /* share still without the event after `time` */
	double low;     /* of `without`; NAN where it is 0, and where it is 1 both are 1 */
	double high;
};

/* Sorts `subjects` by time; writes a step for each distinct time (room for `count`); returns how
 * many. */
size_t survival_curve(struct survival_subject *subjects, size_t count, double level,
		      struct survival_step *ret_steps);

/* The time by which half have had the event (the middle, where the curve lies at one half); NAN
 * while more than half are without. */
double survival_median(const struct survival_step *steps, size_t count);

#define SURVIVAL_GROUPS 8

struct survival_test {
	unsigned groups;                  /* with somebody in them */
	double observed[SURVIVAL_GROUPS]; /* events, by group */
	double expected[SURVIVAL_GROUPS]; /* if the groups were alike */
	double chi_square;                /* on groups - 1 degrees of freedom */
	double p;                         /* 1 for less than two groups */
};

/* Sorts `subjects` by time; their groups are below SURVIVAL_GROUPS. */
struct survival_test survival_log_rank(struct survival_subject *subjects, size_t count);

#endif
