/* What may be about to plan messages: the dispatcher's memory of events and commands under way. */
#ifndef SOLEUS_REMINDERS_HANDLERS_EXPECTATIONS_H
#define SOLEUS_REMINDERS_HANDLERS_EXPECTATIONS_H

#include "reminders/store/queue.h"

#include "soleus/v1/bus.pb-c.h"

#define EXPECTED_SOURCES 8

struct expectations {
	uint64_t count; /* grows with each: what was seen before it grew says nothing */
	unsigned commands;
	struct expected_source {
		char source[32];
		uint64_t xid;
		int64_t id;
	} sources[EXPECTED_SOURCES]; /* the last event of each that is not known to be applied */
};

void expectations_event(struct expectations *expectations,
			const Soleus__V1__EventEnvelope *envelope);

/* True when events are expected whose commit nobody has seen yet. */
bool expectations_await_events(const struct expectations *expectations);

/* Forgets the sources that `cursors` say have been applied. */
void expectations_applied(struct expectations *expectations, const struct queue_cursor *cursors,
			  size_t count);

#endif
