/* Did it change? O1–O4 of domain.md: a change is judged against the instrument's MDC and MCID.
 *
 * Both thresholds are needed: without one the answer is "no threshold", never "improved". Where the
 * source gives a range (by subscale or rater), a change beyond its upper end is beyond, one below
 * its lower end is not, between them nothing is decided. A threshold that is from
 * memory (L) makes the result `unverified`, and an unverified improvement never counts as lasting
 * in O5.
 *
 *     const struct instrument *nprs = instrument_find("nprs");
 *     struct judge_result r = judge_change(nprs, judge_value(6), judge_value(3));  // improved
 */
#ifndef SOLEUS_ANALYTICS_RULES_JUDGE_H
#define SOLEUS_ANALYTICS_RULES_JUDGE_H

#include "knowledge/instrument.h"
#include "knowledge/window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value, or its absence: missing is never zero (O3). */
struct judge_measure {
	bool has;
	double value;
};

static inline struct judge_measure judge_value(double value)
{
	return (struct judge_measure){true, value};
}

enum judgement {
	JUDGEMENT_NO_VALUE,      /* missing, not a number, or outside the instrument's range */
	JUDGEMENT_NO_THRESHOLD,  /* MDC, MCID or direction is unset */
	JUDGEMENT_INDETERMINATE, /* beyond one and not the other, or inside a range */
	JUDGEMENT_NOT_IMPROVED,  /* within both */
	JUDGEMENT_WORSE,         /* beyond both, the wrong way */
	JUDGEMENT_IMPROVED,      /* beyond both */
};

enum judge_beyond { JUDGE_BEYOND_UNKNOWN, JUDGE_BEYOND_NO, JUDGE_BEYOND_UNSURE, JUDGE_BEYOND_YES };

struct judge_result {
	enum judgement judgement;
	bool unverified; /* an L-sure threshold took part */
	double change; /* towards better is positive; later − baseline when direction is unset */
	enum judge_beyond mdc; /* of the size of the change, either way */
	enum judge_beyond mcid;
};

/* O3. A change equal to a threshold is beyond it. */
struct judge_result judge_change(const struct instrument *instrument, struct judge_measure baseline,
				 struct judge_measure later);

/* One judged value after a treatment. */
struct judge_point {
	int64_t measured_at;
	enum judgement judgement;
	bool unverified;
};

enum judge_lasting { JUDGE_LASTING_UNKNOWN, JUDGE_LASTING_NO, JUDGE_LASTING_YES };

struct judge_lasting_result {
	enum judge_lasting lasting;
	bool unverified;
	enum outcome_window window; /* that decided; NONE when unknown for want of a value */
};

/* O4. Of the values in the 10-day and 4-week windows, taken before the area's next treatment, the
 * latest decides: improved is lasting, not improved or worse is not, else unknown. `treated_at` is
 * the treatment in question; `treatments` are all of that area and side, in any order. */
struct judge_lasting_result judge_lasting(int64_t treated_at, const struct judge_point *points,
					  size_t point_count, const int64_t *treatments,
					  size_t treatment_count);

const char *judgement_name(enum judgement judgement); /* "not_improved" */

#endif
