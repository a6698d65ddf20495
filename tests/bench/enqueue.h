/* One reminder after the other put into the mailing's queue, as RemindOfVisit does it: the same
 * statement through the same database layer, in a process of its own beside the daemon's. */
#ifndef SOLEUS_TESTS_ENQUEUE_H
#define SOLEUS_TESTS_ENQUEUE_H

#include "mailing.h"

/* Committed messages per second, with so many in flight, through `lanes` connections. Ends the
 * program when one was refused. */
double enqueue_run(struct mailing *mailing, unsigned in_flight, unsigned lanes, unsigned seconds);

#endif
