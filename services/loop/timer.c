#include "loop/loop_inside.h"

#include <assert.h>

/* uv_timer counts in milliseconds of this clock, from the moment the loop turned. */
static int64_t now_us(void)
{
	return (int64_t)(uv_hrtime() / 1000);
}

static struct loop_timer *timer_of(struct loop_node *node)
{
	return (struct loop_timer *)((char *)node - offsetof(struct loop_timer, node));
}

/* Sets the one uv_timer to the first millisecond in which the first timer is due. */
static void arm(struct loop *loop)
{
	const struct loop_node *first = loop->timers.first;
	if (loop->firing)
		return;
	if (first == NULL) {
		uv_timer_stop(&loop->timer);
		return;
	}
	uint64_t due_ms = (uint64_t)first->at_us / 1000 + (first->at_us % 1000 != 0);
	uint64_t turn_ms = uv_now(&loop->uv);
	uv_timer_start(&loop->timer, loop_timers_fire, due_ms > turn_ms ? due_ms - turn_ms : 0, 0);
}

static void insert(struct loop *loop, struct loop_timer *timer, int64_t at_us)
{
	loop_heap_insert(&loop->timers, &timer->node, at_us);
	if (loop->timers.first == &timer->node)
		arm(loop);
}

/* The turn after one that was late is not made up for. */
static void repeat(struct loop *loop, struct loop_timer *timer, int64_t due_us, int64_t turn_us)
{
	int64_t next_us;
	if (__builtin_add_overflow(due_us, timer->repeat_us, &next_us))
		next_us = INT64_MAX;
	if (next_us <= turn_us)
		next_us = turn_us + timer->repeat_us;
	insert(loop, timer, next_us);
}

void loop_timers_fire(uv_timer_t *uv_timer)
{
	struct loop *loop = uv_timer->data;
	int64_t turn_us = now_us();
	uint64_t turn_order = loop->timers.order; /* what is started from now on waits a turn */
	struct loop_node *first;
	loop->firing = true;
	while ((first = loop->timers.first) && first->at_us <= turn_us &&
	       first->order < turn_order) {
		struct loop_timer *timer = timer_of(first);
		int64_t due_us = first->at_us;
		loop_heap_remove(&loop->timers, first);
		if (timer->repeat_us > 0)
			repeat(loop, timer, due_us, turn_us);
		timer->callback(timer->argument);
	}
	loop->firing = false;
	arm(loop);
}

void loop_timer_start(struct loop *loop, struct loop_timer *timer, int64_t delay_us,
		      int64_t repeat_us, loop_callback *callback, void *argument)
{
	int64_t at_us;
	assert(callback);
	loop_timer_stop(loop, timer);
	if (__builtin_add_overflow(now_us(), delay_us > 0 ? delay_us : 0, &at_us))
		at_us = INT64_MAX;
	timer->repeat_us = repeat_us;
	timer->callback = callback;
	timer->argument = argument;
	insert(loop, timer, at_us);
}

void loop_timer_stop(struct loop *loop, struct loop_timer *timer)
{
	bool was_first = loop->timers.first == &timer->node;
	loop_heap_remove(&loop->timers, &timer->node);
	if (was_first && loop->timers.first == NULL)
		arm(loop);
}

bool loop_timer_is_running(const struct loop_timer *timer)
{
	return timer->node.set;
}
