#include "notes/handlers/pack_demands.h"

#include <string.h>

static bool is_measured_after(const Soleus__V1__Note *note)
{
	for (size_t i = 0; i < note->n_measures; i++)
		if (strcmp(note->measures[i]->moment, "after") == 0)
			return true;
	return false;
}

const struct pack *check_pack_demands(struct check *check, const struct pack_look *seen,
				      const Soleus__V1__Note *note)
{
	const struct pack *pack = pack_in_force(seen->jurisdiction, seen->visit_day).pack;
	const struct pack_facts facts = {
		.needled = note->n_sites > 0,
		.training_hours = seen->training_hours,
		.consent_written = seen->consent_written,
		.consent_copy_given = seen->consent_copy_given,
		.referral = note->referral,
		.tolerance = note->tolerance,
		.outcome = note->outcome,
		.measured_after = is_measured_after(note),
		.signer_treated = true,
	};
	pack_check(pack, &facts, &check->faults, check->arena);
	return pack;
}

Soleus__V1__RulePack *pack_message(struct arena *arena, const char *code, int32_t version,
				   const char *jurisdiction)
{
	const struct pack *pack = pack_find(code, version);
	Soleus__V1__RulePack *message = ARENA_NEW(arena, Soleus__V1__RulePack);
	soleus__v1__rule_pack__init(message);
	message->code = (char *)code;
	message->version = version;
	message->jurisdiction = (char *)jurisdiction;
	message->stands_in = *jurisdiction && strcmp(jurisdiction, code) != 0;
	/* One that this program no longer ships is still named. */
	if (!pack)
		return message;
	message->name = (char *)pack->name;
	message->source = (char *)pack->source;
	message->remark = pack->remark ? (char *)pack->remark : message->remark;
	return message;
}
