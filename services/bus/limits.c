#include "bus/limits.h"

#include "bus/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SWEEP_BEYOND 1024 /* keys come and go over the years */

/* A plain peer has no key; its name stands for it. */
static const char *key_of(const struct principal *principal)
{
	return principal->key[0] ? principal->key : principal->name;
}

static void sweep(struct limits *limits)
{
	for (unsigned i = 0; i < LIMITS_BUCKETS; i++)
		for (struct load **at = &limits->buckets[i]; *at;) {
			struct load *load = *at;
			if (load->in_flight > 0) {
				at = &load->next;
				continue;
			}
			*at = load->next;
			free(load);
			limits->known--;
		}
}

struct load *limits_of(struct limits *limits, const struct principal *principal)
{
	const char *key = key_of(principal);
	size_t length = strlen(key);
	struct load **bucket = &limits->buckets[hash_bytes(key, length) % LIMITS_BUCKETS];
	for (struct load *load = *bucket; load; load = load->next)
		if (strcmp(load->key, key) == 0)
			return load;
	if (limits->known >= SWEEP_BEYOND)
		sweep(limits);
	struct load *load = calloc(1, sizeof(*load));
	if (!load)
		return 0;
	assert(length < sizeof(load->key));
	memcpy(load->key, key, length + 1);
	load->next = *bucket;
	*bucket = load;
	limits->known++;
	return load;
}

bool limits_full(const struct limits *limits, const struct load *load)
{
	return limits->in_flight >= limits->in_flight_max ||
	       load->in_flight >= limits->per_principal_max;
}

void limits_begin(struct limits *limits, struct load *load)
{
	limits->in_flight++;
	load->in_flight++;
}

void limits_end(struct limits *limits, struct load *load)
{
	assert(limits->in_flight > 0 && load->in_flight > 0);
	limits->in_flight--;
	load->in_flight--;
}

void limits_free(struct limits *limits)
{
	sweep(limits);
	assert(limits->known == 0);
}
