/* The worker that looks after what providers have: what fails, or is not reported in time, goes on
 * to the next channel that the person's consent is for, or to staff.
 *
 * What is handed over again is judged as every message is (rules/whether.h): a reminder of a visit
 * that was cancelled meanwhile ends here.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_DELIVERY_WATCH_H
#define SOLEUS_REMINDERS_HANDLERS_DELIVERY_WATCH_H

#include "daemon/daemon.h"

#define DELIVERY_WATCH "delivery_watch"

/* FIBER. A daemon_worker's run. */
FIBER void delivery_watch_run(struct daemon *daemon, struct worker *worker);

/* Something is to be looked at that was not before: nothing is settled until it was. */
void delivery_watch_wake(void);

#endif
