/* One source's events, on their way into this service. */
#ifndef SOLEUS_EVENTS_CONSUMER_H
#define SOLEUS_EVENTS_CONSUMER_H

#include "events/backoff.h"
#include "events/events_inside.h"
#include "events/inbox.h"

#define CONSUMER_ERROR_BYTES 256

struct consumer {
	struct events *events;
	struct consumer *next;
	const char *source;
	struct bus_client *rpc;
	struct bus_subscriber *subscriber;
	const struct event_handler *handlers;
	bool runs;

	struct inbox inbox;      /* published, not looked at */
	struct fiber_queue wake; /* something was published, or stop */
	struct fiber_queue halt; /* stop, while it waits after a failure */

	bool cursor_known;      /* `cursor` and `seen` are true */
	bool behind;            /* there may be events that the inbox does not have */
	struct position cursor; /* in the database: all before it has been applied */
	struct position seen;   /* as `cursor`, with those behind it that have no handler */
	unsigned skipped;       /* between `cursor` and `seen` */

	struct backoff backoff;
	char last_error[CONSUMER_ERROR_BYTES]; /* why it does not go on; "" when it does */

	struct arena *page_arena;  /* envelopes: until the page or the event is done */
	struct arena *event_arena; /* one event's effect */
};

/* apply.c */

/* FIBER. Reads the cursor, makes it when it is missing. */
FIBER struct status consumer_load_cursor(struct consumer *consumer);

/* FIBER. Writes what was skipped into the cursor. */
FIBER struct status consumer_save_skipped(struct consumer *consumer);

/* True when no event lies between what has been seen and this one: it may be applied. */
bool consumer_joins_on(const struct consumer *consumer, const Soleus__V1__EventEnvelope *envelope);

/* FIBER. Applies an event that joins on, once: effect and cursor in one unit. One that has been
 * seen is passed over. */
FIBER struct status consumer_apply(struct consumer *consumer,
				   const Soleus__V1__EventEnvelope *envelope);

#endif
