#include "loop/fiber.h"

#include "loop/fiber_inside.h"
#include "loop/loop.h"

#include <assert.h>

/* --- sleep --- */

static void wake_sleeper(void *fiber)
{
	fiber_resume(fiber);
}

FIBER void fiber_sleep_us(int64_t duration_us)
{
	struct loop_timer timer = {0};
	assert(fiber_current());
	loop_timer_start(loop_current(), &timer, duration_us, 0, wake_sleeper, fiber_current());
	fiber_suspend();
}

/* --- queues --- */

/* On the stack of the fiber that waits. */
struct fiber_waiter {
	struct fiber *fiber;
	struct fiber_queue *queue; /* NULL once woken or timed out */
	struct fiber_waiter *next;
	struct fiber_waiter *previous;
	struct loop_timer timeout;
	bool woken;
};

static void queue_add(struct fiber_queue *queue, struct fiber_waiter *waiter)
{
	waiter->queue = queue;
	waiter->previous = queue->last;
	if (queue->last)
		queue->last->next = waiter;
	else
		queue->first = waiter;
	queue->last = waiter;
}

static void queue_remove(struct fiber_waiter *waiter)
{
	struct fiber_queue *queue = waiter->queue;
	if (waiter->previous)
		waiter->previous->next = waiter->next;
	else
		queue->first = waiter->next;
	if (waiter->next)
		waiter->next->previous = waiter->previous;
	else
		queue->last = waiter->previous;
	waiter->queue = NULL;
}

static void time_out(void *argument)
{
	struct fiber_waiter *waiter = argument;
	queue_remove(waiter);
	fiber_resume(waiter->fiber);
}

FIBER bool fiber_wait(struct fiber_queue *queue, int64_t timeout_us)
{
	struct fiber_waiter waiter = {.fiber = fiber_current()};
	assert(waiter.fiber);
	queue_add(queue, &waiter);
	if (timeout_us >= 0)
		loop_timer_start(loop_current(), &waiter.timeout, timeout_us, 0, time_out, &waiter);
	fiber_suspend();
	assert(waiter.queue == NULL); /* resumed by another hand than ours */
	return waiter.woken;
}

bool fiber_wake_one(struct fiber_queue *queue)
{
	struct fiber_waiter *waiter = queue->first;
	if (waiter == NULL)
		return false;
	queue_remove(waiter);
	waiter->woken = true;
	if (loop_timer_is_running(&waiter->timeout))
		loop_timer_stop(loop_current(), &waiter->timeout);
	fiber_make_ready(waiter->fiber);
	return true;
}

bool fiber_wake_all(struct fiber_queue *queue)
{
	bool any = false;
	while (fiber_wake_one(queue))
		any = true;
	return any;
}
