/* One batch of one organisation: claimed, judged, handed to its provider, written down. */
#ifndef SOLEUS_REMINDERS_HANDLERS_SEND_H
#define SOLEUS_REMINDERS_HANDLERS_SEND_H

#include "events/events.h"
#include "reminders/store/queue.h"

/* FIBER. `ret_count` is how many messages were decided or put off; 0: others hold what is due, or
 * the providers take nothing now. */
FIBER struct status send_batch(struct events *events, struct arena *arena,
			       const struct queue_waiting *waiting, int64_t now, size_t *ret_count);

#endif
