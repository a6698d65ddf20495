#include "knowledge/pack.h"

#include <string.h>

#define DEFAULT_CODE "default"

const char *const pack_rule_names[PACK_RULES] = {
	[PACK_NEEDLING_PROHIBITED] = "needling_prohibited",
	[PACK_TRAINING_HOURS] = "training_hours",
	[PACK_WRITTEN_CONSENT] = "written_consent",
	[PACK_CONSENT_COPY] = "consent_copy",
	[PACK_REFERRAL] = "referral",
	[PACK_SEPARATE_NOTE] = "separate_note",
	[PACK_TOLERANCE] = "tolerance",
	[PACK_OUTCOME] = "outcome",
	[PACK_NO_DELEGATION] = "no_delegation",
	[PACK_RETENTION_YEARS] = "retention_years",
	[PACK_RETENTION_MINOR_AGE] = "retention_minor_age",
};

const struct pack *pack_newest(const struct pack *table, size_t count, const char *code,
			       int32_t day)
{
	const struct pack *found = NULL;
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].code, code) == 0 && table[i].effective_day <= day)
			found = &table[i];
	return found;
}

struct pack_choice pack_in_force(const char *jurisdiction, int32_t day)
{
	const struct pack *own =
		*jurisdiction ? pack_newest(packs, pack_count, jurisdiction, day) : NULL;
	if (own)
		return (struct pack_choice){own, false};
	/* Before the first day of all packs there is still a first default. */
	const struct pack *neutral = pack_newest(packs, pack_count, DEFAULT_CODE, day);
	if (!neutral)
		neutral = pack_find(DEFAULT_CODE, 1);
	return (struct pack_choice){neutral, *jurisdiction != '\0'};
}

const struct pack *pack_find(const char *code, int32_t version)
{
	for (size_t i = 0; i < pack_count; i++)
		if (strcmp(packs[i].code, code) == 0 && packs[i].version == version)
			return &packs[i];
	return NULL;
}

int32_t pack_demand(const struct pack *pack, enum pack_rule rule)
{
	return pack->rules[rule].sure >= SURE_M ? pack->rules[rule].value : 0;
}
