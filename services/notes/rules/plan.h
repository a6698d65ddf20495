/* The plan after needling: P1's four steps in P1's order, spread over a week, with P2's words for
 * the region. The window that needling opens closes unless it is used.
 *
 *     const struct plan *plan = plan_for_area("calf");
 *     plan->steps[PLAN_RETURN_TO_LOADING].first_day   // 4
 *
 * Day 0 is the local day of the visit. Order is P1's; the days are ours and a clinic may edit them.
 */
#ifndef SOLEUS_NOTES_RULES_PLAN_H
#define SOLEUS_NOTES_RULES_PLAN_H

#include <stdint.h>

enum plan_step_kind {
	PLAN_LIGHT_MOBILITY,
	PLAN_POSITIONAL_BREATHING,
	PLAN_ACTIVATION,
	PLAN_RETURN_TO_LOADING,
};
#define PLAN_STEPS 4

enum plan_region {
	PLAN_REGION_GENERAL,
	PLAN_REGION_HIP,      /* P2: hip, glutes, adductors → use of the new range */
	PLAN_REGION_CALF,     /* P2: calf → gait mechanics and lower-leg loading */
	PLAN_REGION_SHOULDER, /* not in P2: general words for the shoulder, ours */
};

struct plan_step {
	enum plan_step_kind kind;
	const char *code; /* "light_mobility" */
	const char *rule; /* "P1", or "P1, P2" where the region speaks */
	int32_t first_day;
	int32_t last_day;
	const char *text; /* for the plan in the note; not for a text message */
};

struct plan {
	enum plan_region region;
	struct plan_step steps[PLAN_STEPS]; /* indexed by kind, in order of days */
};

/* Static. Never NULL: an area that is not known (or NULL) gets the general plan. */
const struct plan *plan_for_area(const char *area);

#endif
