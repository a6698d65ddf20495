#include "loop/fiber_stack.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(bottom, top) 0
#define VALGRIND_STACK_DEREGISTER(id)        ((void)(id))
#endif

#ifdef FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
#endif

#define PAGES_AT_ONCE 256

static size_t page_bytes(void)
{
	static size_t bytes;
	if (bytes == 0)
		bytes = (size_t)sysconf(_SC_PAGESIZE);
	return bytes;
}

struct fiber_stack fiber_stack_map(size_t bytes)
{
	struct fiber_stack stack = {0};
	char *mapping = mmap(NULL, FIBER_GUARD_BYTES + bytes, PROT_NONE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
	if (mapping == MAP_FAILED)
		return stack;
	if (mprotect(mapping + FIBER_GUARD_BYTES, bytes, PROT_READ | PROT_WRITE) != 0) {
		munmap(mapping, FIBER_GUARD_BYTES + bytes);
		return stack;
	}
	stack.bottom = mapping + FIBER_GUARD_BYTES;
	stack.bytes = bytes;
	stack.valgrind_id = VALGRIND_STACK_REGISTER(stack.bottom, stack.bottom + bytes);
#ifdef FIBER_ASAN
	/* What only a suspended fiber points to is not a leak. */
	__lsan_register_root_region(stack.bottom, bytes);
#endif
	return stack;
}

void fiber_stack_unmap(struct fiber_stack stack)
{
	VALGRIND_STACK_DEREGISTER(stack.valgrind_id);
#ifdef FIBER_ASAN
	__lsan_unregister_root_region(stack.bottom, stack.bytes);
	/* The next owner of these addresses must not find the red zones of dead frames. */
	__asan_unpoison_memory_region(stack.bottom, stack.bytes);
#endif
	int failed = munmap(stack.bottom - FIBER_GUARD_BYTES, FIBER_GUARD_BYTES + stack.bytes);
	assert(failed == 0);
	(void)failed;
}

size_t fiber_stack_touched(const struct fiber_stack *stack)
{
	size_t page = page_bytes();
	for (size_t offset = 0; offset < stack->bytes; offset += PAGES_AT_ONCE * page) {
		unsigned char present[PAGES_AT_ONCE];
		size_t bytes = stack->bytes - offset;
		if (bytes > PAGES_AT_ONCE * page)
			bytes = PAGES_AT_ONCE * page;
		if (mincore(stack->bottom + offset, bytes, present) != 0)
			return 0;
		for (size_t i = 0; i < bytes / page; i++)
			if (present[i] & 1)
				return stack->bytes - offset - i * page;
	}
	return 0;
}
