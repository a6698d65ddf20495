#include "loop/loop_inside.h"

#include "base/clock.h"

#include <assert.h>

static struct loop_alarm *alarm_of(struct loop_node *node)
{
	return (struct loop_alarm *)((char *)node - offsetof(struct loop_alarm, node));
}

static void look(void *loop);

/* Settles when the clock is looked at next; there must be an alarm. */
static void look_later(struct loop *loop)
{
	int64_t now_us = clock_now_us();
	int64_t at_us = loop->alarms.first->at_us;
	int64_t delay_us = clock_is_driven() ? LOOP_ALARM_DRIVEN_POLL_US : LOOP_ALARM_REAL_POLL_US;
	int64_t left_us;
	if (at_us <= now_us)
		delay_us = 0;
	else if (!clock_is_driven() && !__builtin_sub_overflow(at_us, now_us, &left_us) &&
		 left_us < delay_us)
		delay_us = left_us;
	loop_timer_start(loop, &loop->look, delay_us, 0, look, loop);
}

static void look(void *argument)
{
	struct loop *loop = argument;
	int64_t now_us = clock_now_us();
	uint64_t turn_order = loop->alarms.order; /* what is set from now on waits a turn */
	struct loop_node *first;
	while ((first = loop->alarms.first) && first->at_us <= now_us &&
	       first->order < turn_order) {
		struct loop_alarm *alarm = alarm_of(first);
		loop_heap_remove(&loop->alarms, first);
		alarm->callback(alarm->argument);
	}
	if (loop->alarms.first)
		look_later(loop);
}

void loop_alarm_set(struct loop *loop, struct loop_alarm *alarm, int64_t at_us,
		    loop_callback *callback, void *argument)
{
	assert(callback);
	loop_alarm_clear(loop, alarm);
	alarm->callback = callback;
	alarm->argument = argument;
	loop_heap_insert(&loop->alarms, &alarm->node, at_us);
	if (loop->alarms.first == &alarm->node)
		look_later(loop);
}

void loop_alarm_clear(struct loop *loop, struct loop_alarm *alarm)
{
	loop_heap_remove(&loop->alarms, &alarm->node);
	if (loop->alarms.first == NULL)
		loop_timer_stop(loop, &loop->look);
}

bool loop_alarm_is_set(const struct loop_alarm *alarm)
{
	return alarm->node.set;
}
