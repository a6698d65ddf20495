/* What the rule pack in force demands of a note at which needles went in; knowledge/pack.h has the
 * packs. Each fault names the pack: "54 hours of needling training (US-VA 1), 40 recorded".
 *
 * A note without needles is not bound: nothing was done that the packs speak of.
 */
#ifndef SOLEUS_NOTES_RULES_PACK_CHECK_H
#define SOLEUS_NOTES_RULES_PACK_CHECK_H

#include "base/arena.h"
#include "base/status.h"
#include "knowledge/pack.h"

struct pack_facts {
	bool needled;
	int64_t training_hours;  /* of who treated; 0: not recorded */
	bool consent_written;    /* consent to treatment, with the wording that was shown */
	bool consent_copy_given; /* R5 */
	const char *referral;    /* who referred, when; "" for none */
	const char *tolerance;
	const char *outcome;
	bool measured_after; /* a measure right after the treatment is an outcome too */
	bool signer_treated;
};

/* Adds every fault; the paths of what the note itself says begin with "note.". */
void pack_check(const struct pack *pack, const struct pack_facts *facts, struct faults *faults,
		struct arena *arena);

#endif
