/* Whether to needle today: K1–K5 of domain.md, asked at booking, at check-in and at signing.
 *
 * Screening is a set of coded items, each answered yes or no; caution_items says what a yes means.
 * The strictest outcome wins, all reasons are kept. A question without an answer never counts as
 * "no": the result says which are open, and nobody is cleared while there are such.
 *
 *     answers.yes |= caution_bit(CAUTION_ILL);
 *     caution_evaluate(&answers, &result);   // result.outcome == CAUTION_DEFER
 */
#ifndef SOLEUS_NOTES_RULES_CAUTION_H
#define SOLEUS_NOTES_RULES_CAUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In order of strictness. */
enum caution_outcome {
	CAUTION_CLEAR,
	CAUTION_PROCEED_WITH_CARE, /* K2: with a reason, recorded */
	CAUTION_ASSESS_FIRST,      /* K4: after an assessment, recorded */
	CAUTION_INCOMPLETE,        /* questions are open: an answer that is missing is not a no */
	CAUTION_REFER,             /* K3: needling is not the first move */
	CAUTION_DEFER,             /* K1: not today, rebook */
	CAUTION_DO_NOT_TREAT,      /* K5 */
};

enum caution_item {
	CAUTION_ILL,
	CAUTION_SLEEP_DEPRIVED,
	CAUTION_DEHYDRATED,
	CAUTION_SYSTEMIC_FATIGUE,
	CAUTION_BRUISES_EASILY,
	CAUTION_TOLERATES_POORLY,
	CAUTION_BLEEDING_TENDENCY,
	CAUTION_ANTICOAGULANTS,
	CAUTION_IMMUNE_COMPROMISE,
	CAUTION_VASCULAR_DISEASE,
	CAUTION_DIABETES,
	CAUTION_PREGNANCY,
	CAUTION_MINOR,
	CAUTION_FRAIL,
	CAUTION_EPILEPSY,
	CAUTION_PSYCHOLOGICAL_STATUS,
	CAUTION_METAL_ALLERGY,
	CAUTION_ALCOHOL_ALLERGY,
	CAUTION_IMPLANTS,
	CAUTION_MEDICATION,
	CAUTION_ACUTE_SWELLING,
	CAUTION_STRENGTH_LOSS,
	CAUTION_JOINT_INSTABILITY,
	CAUTION_SHARP_CHANGING_PAIN,
	CAUTION_PAIN_UNDIAGNOSED,
	CAUTION_NEEDLE_PHOBIA,
	CAUTION_UNWILLING,
	CAUTION_CANNOT_CONSENT,
	CAUTION_EMERGENCY,
	CAUTION_LYMPHOEDEMA,
};
#define CAUTION_ITEMS 30

struct caution_entry {
	const char *code; /* "sleep_deprived"; stored and sent, never changed */
	const char *rule; /* "K1" */
	enum caution_outcome outcome;
	const char *reason; /* for people */
};

/* Indexed by enum caution_item. */
extern const struct caution_entry caution_items[CAUTION_ITEMS];

static inline uint64_t caution_bit(enum caution_item item)
{
	return UINT64_C(1) << (unsigned)item;
}

#define CAUTION_ALL ((UINT64_C(1) << CAUTION_ITEMS) - 1)

/* Bits by caution_bit. A yes counts as answered. */
struct caution_answers {
	uint64_t yes;
	uint64_t answered;
};

struct caution_result {
	enum caution_outcome outcome;
	uint64_t unanswered; /* 0: screening is complete */
	size_t reason_count;
	const struct caution_entry
		*reasons[CAUTION_ITEMS]; /* strictest first, then in table order */
};

/* What holds when an athlete answers after staff: what staff found stays, the athlete adds to it.
 * Staff alone take back (ours: K1 and K3 are not lifted from home). */
struct caution_answers caution_join(struct caution_answers athlete, struct caution_answers staff);

void caution_evaluate(const struct caution_answers *answers, struct caution_result *ret_result);

/* The item with this code; false when there is none. */
bool caution_find(const char *code, enum caution_item *ret_item);

/* Whether no needle may go in at this visit: K1 (rebook), K3 (not the first move), K5, and while
 * questions are open. No reason lifts it; whoever sees it otherwise screens anew, and both
 * screenings are kept. */
bool caution_forbids_needling(enum caution_outcome outcome);

const char *caution_outcome_name(enum caution_outcome outcome); /* "proceed_with_care" */
bool caution_outcome_find(const char *name, enum caution_outcome *ret_outcome);

#endif
