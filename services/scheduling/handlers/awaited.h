/* The last event whose effect a worker is to see before it may say that it is settled.
 *
 * An event's handler runs before its effect is committed, so that a worker it wakes may look too
 * soon. Zero awaits nothing.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_AWAITED_H
#define SOLEUS_SCHEDULING_HANDLERS_AWAITED_H

#include "events/events.h"
#include "events/outbox.h"

struct awaited {
	bool waits; /* it is not known to be applied */
	struct position event;
	char source[32];
};

void awaited_event(struct awaited *awaited, const Soleus__V1__EventEnvelope *envelope);

/* FIBER. Asks whether it is applied; to be called before the look that is to see it. */
FIBER struct status awaited_ask(struct awaited *awaited, struct events *events,
				struct arena *arena);

#endif
