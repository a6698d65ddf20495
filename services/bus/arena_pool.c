#include "bus/arena_pool.h"

struct arena *arena_pool_take(struct arena_pool *pool)
{
	return pool->kept > 0 ? pool->arenas[--pool->kept] : arena_new(pool->budget_bytes);
}

void arena_pool_give(struct arena_pool *pool, struct arena *arena)
{
	if (pool->kept == ARENA_POOL_KEPT) {
		arena_free(arena);
		return;
	}
	arena_reset(arena);
	pool->arenas[pool->kept++] = arena;
}

void arena_pool_free(struct arena_pool *pool)
{
	while (pool->kept > 0)
		arena_free(pool->arenas[--pool->kept]);
}
