/* The loop, for the files of this room. Each part below belongs to the file that is named. */
#ifndef SOLEUS_LOOP_LOOP_INSIDE_H
#define SOLEUS_LOOP_LOOP_INSIDE_H

#include "loop/loop.h"

#include <uv.h>

/* drain.c */
struct drain_step {
	enum loop_drain_stage stage;
	const char *name;
	void (*begin)(void *what);
	bool (*done)(void *what); /* NULL when it has said true, too */
	void *what;
	bool begun;
};

enum drain_state {
	DRAIN_NOT,     /* the loop serves */
	DRAIN_ASKED,   /* it will begin when the loop turns */
	DRAIN_RUNNING, /* `stage` is being worked off */
	DRAIN_ENDED,   /* the loop is stopped; `outcome` says how it went */
};

struct drain {
	enum drain_state state;
	enum loop_drain_stage stage;
	struct drain_step steps[LOOP_DRAIN_STEPS];
	unsigned count;
	int64_t limit_us;
	struct loop_timer poll;
	struct loop_timer limit;
	struct status outcome;
	char unfinished[512]; /* the text of `outcome` */
};

/* loop.c */
struct deferred {
	loop_callback *callback;
	void *argument;
};

struct loop {
	uv_loop_t uv;
	uv_signal_t terminate;
	uv_signal_t interrupt;

	uv_idle_t turn;            /* active while something is deferred */
	struct deferred *deferred; /* a ring; its size is a power of two */
	unsigned deferred_size;
	unsigned deferred_first;
	unsigned deferred_count;

	/* timer.c */
	uv_timer_t timer; /* set for the first of `timers` */
	struct loop_heap timers;
	bool firing; /* the timers are being fired; `timer` is set afterwards */

	/* alarm.c */
	struct loop_heap alarms;
	struct loop_timer look; /* when the clock is looked at next */

	struct drain drain;
};

/* timer.c */
void loop_timers_fire(uv_timer_t *timer);

#endif
