#include "notes/rules/pack_check.h"

#include "base/text.h"

#include <inttypes.h>

struct demands {
	const struct pack *pack;
	struct faults *faults;
	struct arena *arena;
};

static void demand(const struct demands *demands, enum pack_rule rule, bool met, const char *field,
		   const char *expected)
{
	if (met || !pack_demand(demands->pack, rule))
		return;
	const char *said = arena_printf(demands->arena, "%s (%s %" PRId32 ")", expected,
					demands->pack->code, demands->pack->version);
	faults_add(demands->faults, demands->arena, field, said ? said : expected);
}

static void demand_training(const struct demands *demands, int64_t hours)
{
	int32_t needed = pack_demand(demands->pack, PACK_TRAINING_HOURS);
	static const char field[] = "practitioner.needling_training_hours";
	if (hours >= needed)
		return;
	const char *said = arena_printf(demands->arena,
					"%" PRId32 " hours of needling training (%s %" PRId32
					"), %" PRId64 " recorded",
					needed, demands->pack->code, demands->pack->version, hours);
	faults_add(demands->faults, demands->arena, field, said ? said : "more training");
}

void pack_check(const struct pack *pack, const struct pack_facts *facts, struct faults *faults,
		struct arena *arena)
{
	const struct demands demands = {pack, faults, arena};
	if (!facts->needled)
		return;
	demand(&demands, PACK_NEEDLING_PROHIBITED, false, "note.sites",
	       "no needling, which is prohibited here");
	demand(&demands, PACK_NO_DELEGATION, facts->signer_treated, "practitioner_id",
	       "the signature of who needled");
	demand_training(&demands, facts->training_hours);
	demand(&demands, PACK_WRITTEN_CONSENT, facts->consent_written, "consent.text_version",
	       "written consent to treatment");
	demand(&demands, PACK_CONSENT_COPY, facts->consent_copy_given, "consent.copy_given",
	       "a copy of the consent, given to the athlete");
	demand(&demands, PACK_REFERRAL, !text_is_blank(facts->referral), "note.referral",
	       "who referred the athlete, and when");
	demand(&demands, PACK_TOLERANCE, !text_is_blank(facts->tolerance), "note.tolerance",
	       "how the treatment was tolerated");
	demand(&demands, PACK_OUTCOME, facts->measured_after || !text_is_blank(facts->outcome),
	       "note.outcome", "what came of it, or a measure right after");
}
