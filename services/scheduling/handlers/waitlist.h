/* The worker that offers times that came free to who waits for them.
 *
 *     outlook: who has a time that is due → lease a few → for each: match, rank (rules/waitlist.h),
 *     try to hold it for the first, else the next → offer, hold and events in one unit
 *
 * A time comes free in the unit that frees it (freed_add), so none is lost. An offer ends in the
 * unit that ends its hold (hold_end.h), and its time is due again. Killed anywhere, the worker
 * leaves a lease that runs out. Any number of instances may run it.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_WAITLIST_H
#define SOLEUS_SCHEDULING_HANDLERS_WAITLIST_H

#include "daemon/daemon.h"

#include "soleus/v1/bus.pb-c.h"

#define WAITLIST "waitlist"

/* FIBER. A daemon_worker's run. */
FIBER void waitlist_run(struct daemon *daemon, struct worker *worker);

/* What was just committed may have freed a time: the worker looks before it says that it is
 * settled. */
void waitlist_expect(void);

/* The same of the unit of an event, which is committed later. */
void waitlist_expect_event(const Soleus__V1__EventEnvelope *envelope);

#endif
