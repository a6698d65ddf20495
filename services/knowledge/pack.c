#include "knowledge/pack.h"

#include <string.h>

#define DEFAULT_CODE "default"

static const struct pack *newest(const char *code, int32_t day)
{
	const struct pack *found = NULL;
	for (size_t i = 0; i < pack_count; i++)
		if (strcmp(packs[i].code, code) == 0 && packs[i].effective_day <= day)
			found = &packs[i];
	return found;
}

struct pack_choice pack_in_force(const char *jurisdiction, int32_t day)
{
	const struct pack *own = *jurisdiction ? newest(jurisdiction, day) : NULL;
	if (own)
		return (struct pack_choice){own, false};
	/* Before the first day of all packs there is still a first default. */
	const struct pack *neutral = newest(DEFAULT_CODE, day);
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
