/* Events, for the files of this room. */
#ifndef SOLEUS_EVENTS_EVENTS_INSIDE_H
#define SOLEUS_EVENTS_EVENTS_INSIDE_H

#include "events/events.h"
#include "events/position.h"

#include <stdbool.h>

struct consumer;

struct events {
	struct loop *loop;
	struct bus *bus;
	struct db *db;
	const char *service;
	bool stopping_consumers;
	bool stopping_publisher;

	/* publisher.c */
	struct bus_publisher *publisher;
	struct arena *publisher_arena;
	struct fiber_queue publisher_wake;
	bool publisher_runs;
	bool kicked; /* something was committed since the outbox was read last */

	struct consumer *consumers; /* consumer.c */
};

/* publisher.c: wakes it for its last pass. */
void events_publisher_stop(struct events *events);

/* consumer.c */
void events_consumers_stop(struct events *events);
bool events_consumers_run(const struct events *events);
void events_consumers_free(struct events *events);
struct status events_consumers_status(const struct events *events, struct arena *arena,
				      Soleus__V1__DaemonStatusReply *reply);

#endif
