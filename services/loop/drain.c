#include "loop/loop_inside.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

void loop_on_drain(struct loop *loop, enum loop_drain_stage stage, const char *name,
		   void (*begin)(void *what), bool (*done)(void *what), void *what)
{
	struct drain *drain = &loop->drain;
	assert(drain->state < DRAIN_RUNNING);
	assert(drain->count < LOOP_DRAIN_STEPS);
	drain->steps[drain->count++] = (struct drain_step){stage, name, begin, done, what, false};
}

void loop_drain_limit(struct loop *loop, int64_t limit_us)
{
	loop->drain.limit_us = limit_us;
}

static void end(struct loop *loop, struct status outcome)
{
	struct drain *drain = &loop->drain;
	drain->state = DRAIN_ENDED;
	drain->outcome = outcome;
	loop_timer_stop(loop, &drain->poll);
	loop_timer_stop(loop, &drain->limit);
	uv_stop(&loop->uv);
}

static void begin_stage(struct drain *drain)
{
	for (unsigned i = 0; i < drain->count; i++) {
		struct drain_step *step = &drain->steps[i];
		if (step->stage != drain->stage || step->begun)
			continue;
		step->begun = true;
		if (step->begin)
			step->begin(step->what);
	}
}

static bool stage_is_done(struct drain *drain)
{
	bool all_done = true;
	for (unsigned i = 0; i < drain->count; i++) {
		struct drain_step *step = &drain->steps[i];
		if (step->stage != drain->stage || step->done == NULL)
			continue;
		if (step->done(step->what))
			step->done = NULL;
		else
			all_done = false;
	}
	return all_done;
}

static void advance(void *argument)
{
	struct loop *loop = argument;
	struct drain *drain = &loop->drain;
	while (stage_is_done(drain)) {
		if (drain->stage == DRAIN_CLOSE) {
			end(loop, status_ok());
			return;
		}
		drain->stage++;
		begin_stage(drain);
	}
}

static void abandon(void *argument)
{
	struct loop *loop = argument;
	struct drain *drain = &loop->drain;
	size_t length = 0;
	const char *before = "not drained in time: ";
	for (unsigned i = 0; i < drain->count; i++) {
		const struct drain_step *step = &drain->steps[i];
		if (step->stage != drain->stage || step->done == NULL)
			continue;
		int written =
			snprintf(drain->unfinished + length, sizeof(drain->unfinished) - length,
				 "%s%s", before, step->name);
		if (written < 0 || length + (size_t)written >= sizeof(drain->unfinished))
			break;
		length += (size_t)written;
		before = ", ";
	}
	end(loop, status_error(STATUS_DEADLINE_EXCEEDED, drain->unfinished));
}

static void begin(void *argument)
{
	struct loop *loop = argument;
	struct drain *drain = &loop->drain;
	drain->state = DRAIN_RUNNING;
	drain->stage = DRAIN_ACCEPT;
	loop_timer_start(loop, &drain->limit, drain->limit_us, 0, abandon, loop);
	loop_timer_start(loop, &drain->poll, LOOP_DRAIN_POLL_US, LOOP_DRAIN_POLL_US, advance, loop);
	begin_stage(drain);
	advance(loop);
}

void loop_stop_begin(struct loop *loop)
{
	if (loop->drain.state != DRAIN_NOT)
		return;
	loop->drain.state = DRAIN_ASKED;
	loop_defer(loop, begin, loop);
}

bool loop_is_stopping(const struct loop *loop)
{
	return loop->drain.state != DRAIN_NOT;
}
