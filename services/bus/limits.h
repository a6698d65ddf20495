/* How much is in flight, of each principal and in all: what keeps one caller from taking the
 * server. Cost: one hash of the key for each request.
 */
#ifndef SOLEUS_BUS_LIMITS_H
#define SOLEUS_BUS_LIMITS_H

#include "bus/principal.h"

#include <stdbool.h>

#define LIMITS_BUCKETS 256

/* One principal's; stays where it is while it is loaded. */
struct load {
	struct load *next;
	unsigned in_flight;
	char key[64];
};

struct limits {
	unsigned in_flight;
	unsigned in_flight_max;
	unsigned per_principal_max;
	unsigned known;
	struct load *buckets[LIMITS_BUCKETS];
};

/* The load of `principal`; NULL when there is no memory for it. Loads at zero may go away with the
 * next call. */
struct load *limits_of(struct limits *limits, const struct principal *principal);

bool limits_full(const struct limits *limits, const struct load *load);
void limits_begin(struct limits *limits, struct load *load);
void limits_end(struct limits *limits, struct load *load);

/* Nothing is in flight any more. */
void limits_free(struct limits *limits);

#endif
