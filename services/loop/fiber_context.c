/* The fortified longjmp takes a jump to another stack for an attack. */
#undef _FORTIFY_SOURCE

#include "loop/fiber_context.h"

#include "loop/fiber_stack.h"

#include <stdlib.h>
#include <ucontext.h>

#ifdef FIBER_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef FIBER_TSAN
#include <sanitizer/tsan_interface.h>
#endif

#define ALWAYS_INLINE inline __attribute__((always_inline))

static ALWAYS_INLINE void note_place(struct place *place)
{
#if defined(__x86_64__)
	__asm__ volatile("lea 0(%%rip), %%rax\n\t"
			 "mov %%rax, 0(%0)\n\t"
			 "mov %%rsp, 8(%0)\n\t"
			 "mov %%rbp, 16(%0)\n\t"
			 "mov %%rbx, 24(%0)\n\t"
			 "mov %%r12, 32(%0)\n\t"
			 "mov %%r13, 40(%0)\n\t"
			 "mov %%r14, 48(%0)\n\t"
			 "mov %%r15, 56(%0)"
			 :
			 : "r"(place->registers)
			 : "rax", "memory");
#elif defined(__aarch64__)
	__asm__ volatile("adr x9, .\n\t"
			 "mov x10, sp\n\t"
			 "stp x9, x10, [%0]\n\t"
			 "stp x29, x19, [%0, #16]\n\t"
			 "stp x20, x21, [%0, #32]\n\t"
			 "stp x22, x23, [%0, #48]\n\t"
			 "stp x24, x25, [%0, #64]\n\t"
			 "stp x26, x27, [%0, #80]\n\t"
			 "str x28, [%0, #96]"
			 :
			 : "r"(place->registers)
			 : "x9", "x10", "memory");
#else
	(void)place;
#endif
}

/* Always inline: ThreadSanitizer counts a function's entry and its exit on one stack. */
static ALWAYS_INLINE void leave(struct context *from, struct context *to, bool for_ever)
{
	to->came_from = from;
#ifdef FIBER_ASAN
	__sanitizer_start_switch_fiber(for_ever ? NULL : &from->fake_stack, to->stack_bottom,
				       to->stack_bytes);
	if (for_ever)
		from->fake_stack = NULL;
#endif
#ifdef FIBER_TSAN
	if (from->tsan == NULL)
		from->tsan = __tsan_get_current_fiber();
	__tsan_switch_to_fiber(to->tsan, 0);
#endif
	(void)for_ever;
}

/* Learns where the stack of the other is: of the thread's own it is not known before. Into the
 * context, for a variable here whose address is taken would be on a fake stack that is gone. */
static ALWAYS_INLINE void arrive(struct context *here)
{
#ifdef FIBER_ASAN
	__sanitizer_finish_switch_fiber(here->fake_stack, &here->came_from->stack_bottom,
					&here->came_from->stack_bytes);
#endif
	(void)here;
}

/* The lowest frame of every fiber's stack. */
static _Noreturn void first_frame(unsigned high, unsigned low)
{
	struct context *context = (struct context *)(uintptr_t)((uint64_t)high << 32 | low);
	void (*entry)(void *argument) = context->entry;
	context->entry = NULL;
	arrive(context);
	entry(context->argument);
	abort();
}

/* Its frame is left for ever, so AddressSanitizer must not mark it. */
static __attribute__((noinline, no_sanitize_address)) _Noreturn void enter(struct context *context)
{
	ucontext_t first;
	uint64_t address = (uintptr_t)context;
	getcontext(&first);
	first.uc_link = NULL;
	first.uc_stack.ss_sp = (void *)context->stack_bottom;
	first.uc_stack.ss_size = context->stack_bytes;
	first.uc_stack.ss_flags = 0;
	makecontext(&first, (void (*)(void))first_frame, 2, (unsigned)(address >> 32),
		    (unsigned)address);
	setcontext(&first);
	abort();
}

__attribute__((noinline)) void context_switch(struct context *from, struct context *to,
					      bool for_ever)
{
	note_place(&from->place);
	if (_setjmp(from->registers) == 0) {
		leave(from, to, for_ever);
		if (to->entry)
			enter(to);
		_longjmp(to->registers, 1);
	}
	arrive(from);
}

void context_make(struct context *context, void *stack_bottom, size_t stack_bytes,
		  void (*entry)(void *argument), void *argument)
{
	*context = (struct context){
		.entry = entry,
		.argument = argument,
		.stack_bottom = stack_bottom,
		.stack_bytes = stack_bytes,
	};
#ifdef FIBER_TSAN
	context->tsan = __tsan_create_fiber(0);
#endif
}

void context_destroy(struct context *context)
{
#ifdef FIBER_TSAN
	__tsan_destroy_fiber(context->tsan);
#endif
	(void)context;
}
