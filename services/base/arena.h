/* Memory of one request: allocated piece by piece, freed at once.
 *
 * An arena has a byte budget, so that a hostile message cannot take the machine's memory: the
 * allocation that would exceed it returns NULL, as does one that malloc refuses. Things that are
 * not memory (a PGresult) are handed over with arena_defer and end with the arena.
 *
 * An arena belongs to one thread at a time. Cost: a pointer bump; one malloc for each 8 KiB; a
 * reset keeps the first block. Under AddressSanitizer each piece has its own malloc, so that
 * overruns are caught.
 */
#ifndef SOLEUS_BASE_ARENA_H
#define SOLEUS_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* `budget_bytes` bounds what is handed out between two resets, each piece rounded up to 16 bytes.
 * NULL when out of memory. */
struct arena *arena_new(size_t budget_bytes);

/* Runs what was deferred (last first), frees everything. NULL is allowed. */
void arena_free(struct arena *arena);

/* As arena_free, but the arena stays usable and keeps its first block. */
void arena_reset(struct arena *arena);

/* Zeroed memory aligned for any type; NULL beyond the budget. */
void *arena_alloc(struct arena *arena, size_t bytes) __attribute__((malloc));

/* `count` zeroed items; NULL beyond the budget or when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t item_bytes) __attribute__((malloc));

/* Copies; NULL beyond the budget. `text` NULL gives ""; strndup stops at a NUL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
void *arena_memdup(struct arena *arena, const void *bytes, size_t length);

/* NULL beyond the budget. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments);

/* Calls `end(what)` when the arena is reset or freed. Aborts the process when out of memory: what
 * was handed over must not leak. */
void arena_defer(struct arena *arena, void (*end)(void *), void *what);

/* True once an allocation has returned NULL since the last reset: what was made of it is not whole,
 * and must not be taken for what was meant. */
bool arena_has_refused(const struct arena *arena);

/* Bytes handed out since the last reset, with rounding, without what arena_defer needs. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
