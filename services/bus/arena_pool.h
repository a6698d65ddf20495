/* Arenas that go from one call to the next with their first block, so that most calls need no
 * malloc for their memory. At most ARENA_POOL_KEPT wait here, 8 KiB each.
 */
#ifndef SOLEUS_BUS_ARENA_POOL_H
#define SOLEUS_BUS_ARENA_POOL_H

#include "base/arena.h"

#define ARENA_POOL_KEPT 256

struct arena_pool {
	size_t budget_bytes; /* of each */
	unsigned kept;
	struct arena *arenas[ARENA_POOL_KEPT];
};

/* An empty arena; NULL when out of memory. */
struct arena *arena_pool_take(struct arena_pool *pool);

/* Ends what is in it. */
void arena_pool_give(struct arena_pool *pool, struct arena *arena);

void arena_pool_free(struct arena_pool *pool);

#endif
