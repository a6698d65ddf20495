/* Places of execution, and switching between them. For fiber.c alone.
 *
 * A switch saves the registers with _setjmp and restores those of the other place with _longjmp:
 * no system call. Only the first entry of a stack goes through makecontext. The sanitizers are
 * told of every switch.
 */
#ifndef SOLEUS_LOOP_FIBER_CONTEXT_H
#define SOLEUS_LOOP_FIBER_CONTEXT_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The registers where a context was left, for scripts/gdb-fibers.py, which knows this layout: glibc
 * encrypts those in a jmp_buf. pc, sp, frame pointer; then rbx r12 r13 r14 r15, or x19 to x28. */
struct place {
	uintptr_t registers[13];
};

/* Zero is the thread's own. */
struct context {
	jmp_buf registers;
	struct place place;
	void (*entry)(void *argument); /* NULL once it has been entered */
	void *argument;
	const void *stack_bottom;
	size_t stack_bytes;
	struct context *came_from; /* who switched here last; the rest is for the sanitizers */
	void *fake_stack;
	void *tsan;
};

/* A place on a fresh stack; the first switch to it calls `entry(argument)`, which never returns. */
void context_make(struct context *context, void *stack_bottom, size_t stack_bytes,
		  void (*entry)(void *argument), void *argument);

/* Frees what the sanitizers keep of it; it must not be the running one. */
void context_destroy(struct context *context);

/* Goes on at `to`; returns when something switches back to `from`, the running one. With
 * `for_ever` nothing on this stack is needed until then but its lowest frames. */
void context_switch(struct context *from, struct context *to, bool for_ever);

#endif
