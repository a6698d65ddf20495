#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_EACH_ALONE 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_EACH_ALONE 1
#endif

struct block {
	struct block *next;
	size_t capacity;
	size_t used;
	alignas(max_align_t) unsigned char bytes[];
};

#define BLOCK_CAPACITY (8192 - sizeof(struct block))

struct deferred {
	struct deferred *next;
	void (*end)(void *);
	void *what;
};

struct arena {
	struct block *blocks; /* the first is the one that is being filled */
	struct deferred *deferred;
	size_t budget;
	size_t used;
	bool refused;
};

struct arena *arena_new(size_t budget_bytes)
{
	struct arena *arena = calloc(1, sizeof(*arena));
	if (arena)
		arena->budget = budget_bytes;
	return arena;
}

static struct block *block_new(size_t capacity)
{
	size_t bytes;
	if (__builtin_add_overflow(sizeof(struct block), capacity, &bytes))
		return 0;
	struct block *block = malloc(bytes);
	if (block)
		*block = (struct block){.capacity = capacity};
	return block;
}

static void *block_take(struct block *block, size_t bytes)
{
	void *memory = block->bytes + block->used;
	block->used += bytes;
	return memset(memory, 0, bytes);
}

static bool round_up(size_t bytes, size_t *ret_rounded)
{
	const size_t mask = alignof(max_align_t) - 1;
	if (__builtin_add_overflow(bytes ? bytes : 1, mask, ret_rounded))
		return false;
	*ret_rounded &= ~mask;
	return true;
}

#ifdef ARENA_EACH_ALONE

/* AddressSanitizer sees only what malloc gave: a block of exactly its size for each piece shows
 * every overrun, and every use after a reset. */
static void *take(struct arena *arena, size_t bytes, size_t rounded)
{
	(void)rounded;
	struct block *block = block_new(bytes);
	if (!block)
		return 0;
	block->next = arena->blocks;
	arena->blocks = block;
	return block_take(block, bytes);
}

#else

static void *take(struct arena *arena, size_t bytes, size_t rounded)
{
	(void)bytes;
	struct block *current = arena->blocks;
	if (current && current->capacity - current->used >= rounded)
		return block_take(current, rounded);

	/* A large piece gets its own block behind the current one, whose rest stays in use. */
	bool large = rounded > BLOCK_CAPACITY / 4;
	struct block *block = block_new(large ? rounded : BLOCK_CAPACITY);
	if (!block)
		return 0;
	if (large && current) {
		block->next = current->next;
		current->next = block;
	} else {
		block->next = current;
		arena->blocks = block;
	}
	return block_take(block, rounded);
}

#endif

static void run_deferred(struct arena *arena)
{
	/* Popped before it runs: an end may defer something itself. */
	while (arena->deferred) {
		struct deferred *deferred = arena->deferred;
		arena->deferred = deferred->next;
		deferred->end(deferred->what);
	}
}

void arena_reset(struct arena *arena)
{
	run_deferred(arena);
	struct block *kept = 0;
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
#ifndef ARENA_EACH_ALONE
		if (!kept && block->capacity == BLOCK_CAPACITY) {
			kept = block;
			continue;
		}
#endif
		free(block);
	}
	if (kept) {
		kept->next = 0;
		kept->used = 0;
	}
	arena->blocks = kept;
	arena->used = 0;
	arena->refused = false;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena->blocks);
	free(arena);
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	size_t rounded;
	void *memory = 0;
	if (round_up(bytes, &rounded) && rounded <= arena->budget - arena->used)
		memory = take(arena, bytes, rounded);
	if (memory)
		arena->used += rounded;
	else
		arena->refused = true;
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t item_bytes)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, item_bytes, &bytes))
		bytes = SIZE_MAX; /* more than any arena has */
	return arena_alloc(arena, bytes);
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_memdup(arena, text ? text : "", text ? strlen(text) + 1 : 1);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	size_t bytes = text ? strnlen(text, length) : 0;
	char *copy = bytes < SIZE_MAX ? arena_alloc(arena, bytes + 1) : 0;
	if (copy && bytes)
		memcpy(copy, text, bytes);
	return copy;
}

void *arena_memdup(struct arena *arena, const void *bytes, size_t length)
{
	void *copy = arena_alloc(arena, length);
	if (copy && length)
		memcpy(copy, bytes, length);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(0, 0, format, arguments);
	size_t bytes = length < 0 ? 0 : (size_t)length + 1;
	char *text = bytes ? arena_alloc(arena, bytes) : 0;
	if (text)
		vsnprintf(text, bytes, format, again);
	va_end(again);
	return text;
}

void arena_defer(struct arena *arena, void (*end)(void *), void *what)
{
	assert(end);
	/* Outside the budget: the budget is for what a message asks for. */
	size_t rounded;
	struct deferred *deferred = 0;
	if (round_up(sizeof(*deferred), &rounded))
		deferred = take(arena, sizeof(*deferred), rounded);
	if (!deferred)
		abort();
	*deferred = (struct deferred){arena->deferred, end, what};
	arena->deferred = deferred;
}

bool arena_has_refused(const struct arena *arena)
{
	return arena->refused;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
