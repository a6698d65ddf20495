/* When needling the same place again is the wrong answer: O5 of domain.md.
 *
 * Visits of one area on one side are counted; three within 28 days without lasting improvement
 * raise an upstream review, which asks what lies up the chain of that area. The chains are inferred
 * (L): questions for a practitioner, never a verdict.
 *
 *     struct upstream_result result = upstream_check(visits, count, &upstream_defaults_ours);
 *     if (result.raise)
 *             …upstream_area_find("calf")->chain…
 */
#ifndef SOLEUS_ANALYTICS_RULES_UPSTREAM_H
#define SOLEUS_ANALYTICS_RULES_UPSTREAM_H

#include "analytics/rules/judge.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row of the table "Areas"; muscles are notes' knowledge. */
struct upstream_area {
	const char *code; /* "hip_flexor" */
	const char *name;
	const char *typical;
	const char *measures[4]; /* codes of instruments; NULL ends */
	const char *chain;       /* inferred (L): always shown as such */
};

extern const struct upstream_area upstream_areas[];
extern const size_t upstream_area_count;

/* NULL when there is none; `code` may be NULL. */
const struct upstream_area *upstream_area_find(const char *code);

/* One treatment of the area and side, with what O4 says of it. */
struct upstream_visit {
	int64_t treated_at;
	enum judge_lasting lasting;
	bool unverified; /* of that judgement */
};

struct upstream_defaults {
	int32_t visits;
	int32_t days;
};

extern const struct upstream_defaults upstream_defaults_ours; /* 3 within 28 days */

struct upstream_result {
	bool raise;
	int32_t visits; /* counted: up to the latest visit, within the days, since the last lasting
			   improvement */
	int64_t first_at; /* of these; 0 when there are none */
	int64_t last_at;
	bool unverified_improvement; /* one of these looked lasting by an unverified threshold */
};

/* Visits in any order. Exactly `days` apart counts as within. Unknown is not lasting; an unverified
 * improvement does not count as lasting (an L value never decides) but is reported. */
struct upstream_result upstream_check(const struct upstream_visit *visits, size_t count,
				      const struct upstream_defaults *defaults);

#define UPSTREAM_TEXT_BYTES 320

/* "Calf treated 3 times in 21 days without lasting improvement (O5). Look at load management, …".
 * Always terminated; an unknown area gives the text without a chain. */
void upstream_text(const char *area, const struct upstream_result *result, char *ret_text,
		   size_t bytes);

#endif
