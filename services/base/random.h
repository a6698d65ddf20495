/* The one source of randomness: the kernel, or a seeded generator for tests and simulations. */
#ifndef SOLEUS_BASE_RANDOM_H
#define SOLEUS_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* From now on the numbers follow from `seed` alone (SplitMix64). Not for secrets. */
void random_seed(uint64_t seed);

/* Fills `ret_bytes`; from getrandom(2) unless seeded. Aborts when the kernel has none. */
void random_bytes(void *ret_bytes, size_t length);

uint64_t random_u64(void);

/* Even over [0, bound); `bound` > 0. */
uint64_t random_below(uint64_t bound);

#endif
