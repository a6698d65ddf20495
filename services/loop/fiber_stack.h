/* The memory that fibers run on: stacks between guards, and what the tools must know of them.
 * For fiber.c alone.
 *
 * A mapping is guard | usable bytes. The guard has no access and is 64 KiB wide, so that a function
 * with a large frame cannot step over it unnoticed; it costs address space only.
 */
#ifndef SOLEUS_LOOP_FIBER_STACK_H
#define SOLEUS_LOOP_FIBER_STACK_H

#include <stdbool.h>
#include <stddef.h>

#define FIBER_GUARD_BYTES ((size_t)64 * 1024)

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define FIBER_TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(FIBER_ASAN)
#define FIBER_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__) && !defined(FIBER_TSAN)
#define FIBER_TSAN 1
#endif

#ifdef FIBER_ASAN
#define FIBER_STACK_BYTES ((size_t)512 * 1024)
#else
#define FIBER_STACK_BYTES ((size_t)128 * 1024)
#endif

struct fiber_stack {
	char *bottom; /* the lowest usable byte; NULL when there is no stack */
	size_t bytes; /* usable, whole pages */
	unsigned valgrind_id;
};

/* `bytes` are whole pages. A stack with `bottom` NULL when the kernel gives none. */
struct fiber_stack fiber_stack_map(size_t bytes);
void fiber_stack_unmap(struct fiber_stack stack);

/* Bytes from the top down to the lowest page that was ever touched. */
size_t fiber_stack_touched(const struct fiber_stack *stack);

#endif
