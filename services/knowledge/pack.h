/* What a jurisdiction asks of dry needling: versioned rule packs (domain.md, Caution). They are
 * data (the folder packs), checked when the programs are built.
 *
 *     struct pack_choice chosen = pack_in_force("US-VA", day);
 *     if (hours < pack_demand(chosen.pack, PACK_TRAINING_HOURS))
 *             …   // chosen.pack->code, ->version say which pack wants it
 */
#ifndef SOLEUS_KNOWLEDGE_PACK_H
#define SOLEUS_KNOWLEDGE_PACK_H

#include "knowledge/sure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number, or 1 for yes. */
enum pack_rule {
	PACK_NEEDLING_PROHIBITED,
	PACK_TRAINING_HOURS,
	PACK_WRITTEN_CONSENT,
	PACK_CONSENT_COPY, /* R5 */
	PACK_REFERRAL,
	PACK_SEPARATE_NOTE, /* held for all by the database: a visit has one encounter, that one
			       note */
	PACK_TOLERANCE,
	PACK_OUTCOME,
	PACK_NO_DELEGATION,
	PACK_RETENTION_YEARS,     /* after the last treatment */
	PACK_RETENTION_MINOR_AGE, /* of who was a minor then: at least until this age; 0: no word of
				     it */
};
#define PACK_RULES 11

extern const char *const pack_rule_names[PACK_RULES]; /* "training_hours" */

struct pack_value {
	int32_t value;
	enum sure sure;
};

struct pack {
	const char *code; /* "US-VA", or "default" */
	int32_t version;
	const char *name;
	int32_t effective_day; /* days since 1970 */
	enum sure effective_sure;
	struct pack_value rules[PACK_RULES];
	const char *source;
	const char *retention_source; /* of the two terms; NULL: `source` has them */
	const char *remark;           /* a caution for who relies on it; may be NULL */
};

/* The versions of one pack stand together, the oldest first. */
extern const struct pack packs[];
extern const size_t pack_count;

struct pack_choice {
	const struct pack *pack; /* never NULL */
	bool is_stand_in; /* the jurisdiction has none that is in force: the neutral default */
};

/* The newest version in force on `day` (days since 1970, in the clinic's zone). "": no jurisdiction
 * is named, and the neutral default is meant. */
struct pack_choice pack_in_force(const char *jurisdiction, int32_t day);

/* The same of any table, whose versions stand as in `packs`; NULL when none of `code` is in force.
 */
const struct pack *pack_newest(const struct pack *table, size_t count, const char *code,
			       int32_t day);

/* One version of a pack, as a note names it; NULL when there is none. */
const struct pack *pack_find(const char *code, int32_t version);

/* What the pack demands; 0: nothing. What is not sure (L) is no demand. */
int32_t pack_demand(const struct pack *pack, enum pack_rule rule);

#endif
