#include "loop/fiber.h"

#include "loop/fiber_context.h"
#include "loop/fiber_inside.h"
#include "loop/fiber_stack.h"
#include "loop/loop.h"

#include <assert.h>

/* As many as one principal may have calls in flight: a burst of them maps no stack anew. */
#define IDLE_KEPT 256

enum fiber_state {
	FIBER_IDLE,      /* in the pool: no main; its context is in live_and_die */
	FIBER_RUNNING,   /* is fiber_current, or has started the one that is */
	FIBER_SUSPENDED, /* in fiber_suspend; somebody will resume it */
	FIBER_READY,     /* in the ready list; the loop will resume it */
};

/* Lives at the top of its own stack, so that a fiber is one mapping and no allocation. */
struct fiber {
	struct context context;
	struct fiber *outer; /* whom it gives control back to; NULL for the loop */
	enum fiber_state state;
	fiber_main *main;
	void *argument;
	void *local;
	int64_t deadline_us;
	struct fiber_stack stack;
	struct fiber *next; /* live: in the list of live fibers; idle: in the pool */
	struct fiber *previous;
	struct fiber *next_ready;
};

/* Not static: the debugger's way in. */
extern struct fiber *fiber_live;
struct fiber *fiber_live; /* all that have started and not ended, newest first */

static struct {
	struct fiber *idle; /* last in, first out: the warmest stack is used next */
	unsigned idle_count;
	unsigned live_count;
	size_t high_water;
	void (*on_switch)(void *local);
	struct context loop; /* the thread's own stack */
	struct fiber *current;
	struct fiber *ready_first;
	struct fiber *ready_last;
} fibers;

/* --- switching --- */

static void announce(void)
{
	if (fibers.on_switch)
		fibers.on_switch(fibers.current ? fibers.current->local : NULL);
}

static struct context *context_of(struct fiber *fiber)
{
	return fiber ? &fiber->context : &fibers.loop;
}

/* From the current fiber back to whoever runs it. */
static void switch_out(struct fiber *fiber, bool for_ever)
{
	fibers.current = fiber->outer;
	context_switch(&fiber->context, context_of(fiber->outer), for_ever);
}

/* From here (the loop or a fiber) into `fiber`, until it suspends or ends. */
static void switch_in(struct fiber *fiber)
{
	fiber->outer = fibers.current;
	fiber->state = FIBER_RUNNING;
	fibers.current = fiber;
	announce();
	context_switch(context_of(fiber->outer), &fiber->context, false);
	announce();
}

static void live_add(struct fiber *fiber)
{
	fiber->previous = NULL;
	fiber->next = fiber_live;
	if (fiber_live)
		fiber_live->previous = fiber;
	fiber_live = fiber;
	fibers.live_count++;
}

static void live_remove(struct fiber *fiber)
{
	if (fiber->previous)
		fiber->previous->next = fiber->next;
	else
		fiber_live = fiber->next;
	if (fiber->next)
		fiber->next->previous = fiber->previous;
	fibers.live_count--;
}

/* Never returns: between two lives the fiber is in the pool. */
static void live_and_die(void *argument)
{
	struct fiber *fiber = argument;
	for (;;) {
		fiber->main(fiber->argument);
		live_remove(fiber);
		fiber->state = FIBER_IDLE;
		switch_out(fiber, true);
	}
}

/* --- stacks --- */

static void measure(const struct fiber *fiber)
{
	size_t touched = fiber_stack_touched(&fiber->stack);
	if (touched > fibers.high_water)
		fibers.high_water = touched;
}

static void destroy(struct fiber *fiber)
{
	measure(fiber);
	context_destroy(&fiber->context);
	fiber_stack_unmap(fiber->stack);
}

/* NULL when no stack can be had. */
static struct fiber *take_idle(void)
{
	struct fiber *fiber = fibers.idle;
	if (fiber) {
		fibers.idle = fiber->next;
		fibers.idle_count--;
		return fiber;
	}
	struct fiber_stack stack = fiber_stack_map(fiber_stack_bytes());
	if (stack.bottom == NULL)
		return NULL;
	fiber = (struct fiber *)(stack.bottom + stack.bytes - (sizeof(*fiber) + 63) / 64 * 64);
	*fiber = (struct fiber){.stack = stack};
	context_make(&fiber->context, stack.bottom, (size_t)((char *)fiber - stack.bottom),
		     live_and_die, fiber);
	return fiber;
}

static void give_back(struct fiber *fiber)
{
	if (fibers.idle_count >= IDLE_KEPT) {
		destroy(fiber);
		return;
	}
	fiber->next = fibers.idle;
	fibers.idle = fiber;
	fibers.idle_count++;
}

void fiber_trim(void)
{
	while (fibers.idle) {
		struct fiber *fiber = fibers.idle;
		fibers.idle = fiber->next;
		fibers.idle_count--;
		destroy(fiber);
	}
}

/* --- life --- */

/* Runs `fiber` until it suspends; buries it when it has ended instead. */
static void run(struct fiber *fiber)
{
	switch_in(fiber);
	if (fiber->state == FIBER_IDLE)
		give_back(fiber);
}

struct status fiber_start(fiber_main *main, void *argument)
{
	struct fiber *fiber = take_idle();
	if (fiber == NULL)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no stack for another fiber");
	fiber->main = main;
	fiber->argument = argument;
	fiber->local = NULL;
	fiber->deadline_us = INT64_MAX;
	live_add(fiber);
	run(fiber);
	return status_ok();
}

struct fiber *fiber_current(void)
{
	return fibers.current;
}

FIBER void fiber_suspend(void)
{
	struct fiber *fiber = fibers.current;
	assert(fiber && fiber->state == FIBER_RUNNING);
	fiber->state = FIBER_SUSPENDED;
	switch_out(fiber, false);
}

/* Only those that are ready now; who becomes ready meanwhile has deferred another call. */
static void run_ready(void *unused)
{
	(void)unused;
	struct fiber *fiber = fibers.ready_first;
	fibers.ready_first = fibers.ready_last = NULL;
	while (fiber) {
		struct fiber *next = fiber->next_ready;
		run(fiber);
		fiber = next;
	}
}

void fiber_make_ready(struct fiber *fiber)
{
	assert(fiber->state == FIBER_SUSPENDED && loop_current());
	fiber->state = FIBER_READY;
	fiber->next_ready = NULL;
	if (fibers.ready_last) {
		fibers.ready_last->next_ready = fiber;
	} else {
		fibers.ready_first = fiber;
		loop_defer(loop_current(), run_ready, NULL);
	}
	fibers.ready_last = fiber;
}

void fiber_forget_ready(void)
{
	fibers.ready_first = fibers.ready_last = NULL;
}

void fiber_resume(struct fiber *fiber)
{
	assert(fiber->state == FIBER_SUSPENDED);
	if (fibers.current)
		fiber_make_ready(fiber);
	else
		run(fiber);
}

/* --- what belongs to a fiber, and what is known of all --- */

void fiber_local_set(void *local)
{
	assert(fibers.current);
	fibers.current->local = local;
	announce();
}

void *fiber_local(void)
{
	return fibers.current ? fibers.current->local : NULL;
}

void fiber_deadline_set(int64_t deadline_us)
{
	assert(fibers.current);
	fibers.current->deadline_us = deadline_us;
}

int64_t fiber_deadline(void)
{
	return fibers.current ? fibers.current->deadline_us : INT64_MAX;
}

void fiber_on_switch(void (*hook)(void *local))
{
	fibers.on_switch = hook;
	announce();
}

size_t fiber_stack_high_water(void)
{
	for (const struct fiber *fiber = fibers.idle; fiber; fiber = fiber->next)
		measure(fiber);
	for (const struct fiber *fiber = fiber_live; fiber; fiber = fiber->next)
		measure(fiber);
	return fibers.high_water;
}

size_t fiber_stack_bytes(void)
{
	return FIBER_STACK_BYTES;
}

unsigned fiber_count(void)
{
	return fibers.live_count;
}
