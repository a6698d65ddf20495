/* T3: how long needling takes to settle in one athlete, by the athlete's own check-ins (A1).
 *
 * A visit has settled at the first answer that says so: soreness at most 2 and, where it is told,
 * readiness at least 7. One that no answer within 72 h says so of counts with 72 h (T4: all of 60
 * subjects were sore within that); one without an answer does not count. The settling time is the
 * hours within which three of four visits settled, so that one bad day does not decide. The two
 * limits and the quartile are ours, unverified: what follows is shown with its source and staff can
 * set the athlete's windows themselves.
 */
#ifndef SOLEUS_ANALYTICS_RULES_SETTLING_H
#define SOLEUS_ANALYTICS_RULES_SETTLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTLING_HOURS_MAX  72
#define SETTLING_VISITS_MAX 20 /* the newest count */

struct settling_answer {
	int64_t answered_at;
	double soreness;  /* 0 to 10 */
	double readiness; /* 0 to 10; less than zero: not told */
};

struct settling {
	int32_t hours;     /* 0 without a check-in */
	int32_t check_ins; /* visits that were told of */
};

/* Visits newest first, of any number; answers in any order. */
struct settling settling_of(const int64_t *treated_at, size_t visit_count,
			    const struct settling_answer *answers, size_t answer_count);

#endif
