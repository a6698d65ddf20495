/* Calls of one method through the bus, so many in flight at once, and how long each took.
 *
 *     struct load load = {.who = "bench.mira", .method = "Notes.SignNote", .ask = sign,
 *                         .in_flight = 16, .most = 60000, .seconds = 5};
 *     house_runs(group.house, load_run, &load);
 */
#ifndef SOLEUS_TESTS_LOAD_H
#define SOLEUS_TESTS_LOAD_H

#include "ctl/session.h"

struct load {
	const char *who;
	const char *method;
	/* FIBER. Call number so and so; false ends the load, with `fault`. */
	bool (*ask)(struct load *load, unsigned number);
	unsigned in_flight;
	unsigned next; /* number of the next call; where the next run goes on */
	unsigned most; /* calls of one run */
	int64_t seconds;

	/* For ask(). */
	struct session *session;
	struct method found;
	struct status fault;
	unsigned counted; /* whatever it counts */

	/* What a run came to. */
	unsigned done;
	double rate; /* per second */
	double p50_us, p99_us;

	double *latencies_us;
	int64_t until_us;
	unsigned running;
	struct fiber *judge;
};

/* FIBER, for house_runs: `argument` is the load. */
FIBER int load_run(struct session *session, void *argument);

/* FIBER. One call for ask(): the reply, NULL with `fault`. */
FIBER ProtobufCMessage *load_call(struct load *load, const ProtobufCMessage *request);

#endif
