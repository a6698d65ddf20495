/* The plan after needling: P1's four steps in P1's order, spread over days, with P2's words for the
 * region. The window that needling opens closes unless it is used. The plans that come with the
 * programs are data (plans.conf), checked when they are built; a clinic's own pass plan_check.
 *
 *     const struct plan *plan = plan_for_area("calf");
 *     plan->steps[PLAN_RETURN_TO_LOADING].first_day   // 4
 *
 * Day 0 is the local day of the visit. */
#ifndef SOLEUS_NOTES_RULES_PLAN_H
#define SOLEUS_NOTES_RULES_PLAN_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In P1's order. */
enum plan_step_kind {
	PLAN_LIGHT_MOBILITY,
	PLAN_POSITIONAL_BREATHING,
	PLAN_ACTIVATION,
	PLAN_RETURN_TO_LOADING,
	PLAN_STEPS, /* how many there are; as a step's kind: none of them */
};

#define PLAN_AREA_GENERAL       "general"
#define PLAN_AREAS_MOST         8
#define PLAN_DAY_MOST           365
#define PLAN_DOSE_BYTES         200
#define PLAN_TEMPLATE_STEPS     8
#define PLAN_TEMPLATE_TEXT_MOST 1000

struct plan_step {
	enum plan_step_kind kind;
	const char
		*rule; /* "P1", or "P1, P2" where the region speaks; not looked at in a clinic's */
	int32_t first_day;
	int32_t last_day;
	const char *dose;
	const char *text; /* for the plan in the note; not for a text message */
};

struct plan {
	const char *code;                       /* "hip" */
	const char *areas[PLAN_AREAS_MOST + 1]; /* NULL behind the last */
	struct plan_step steps[PLAN_STEPS];     /* indexed by kind, in order of days */
};

extern const struct plan plans[];
extern const size_t plan_count;

/* Static. Never NULL: an area that is not known (or NULL) gets the general plan. */
const struct plan *plan_for_area(const char *area);

/* Whether a plan is for the area: those of domain.md, and PLAN_AREA_GENERAL. */
bool plan_area_is_known(const char *area);

const char *plan_kind_code(enum plan_step_kind kind); /* "light_mobility" */
enum plan_step_kind plan_kind_find(const char *code); /* PLAN_STEPS: there is none */

/* P1 for a clinic's own plan: each kind at least once and in P1's order, no step before one that
 * comes earlier, the last begun on a later day than the first. All faults, as steps[I].FIELD. */
void plan_check(const struct plan_step *steps, size_t count, struct faults *faults,
		struct arena *arena);

#endif
