/* The end of holds that nobody confirmed.
 *
 * A hold past its time is nobody's: the worker ends it (state expired, event HoldEnded) as the
 * clock reaches it, of whatever organisation; and a booking that meets one ends it at once, so that
 * none stands in the way when the worker is late.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_HOLD_EXPIRY_H
#define SOLEUS_SCHEDULING_HANDLERS_HOLD_EXPIRY_H

#include "daemon/daemon.h"

#define HOLD_EXPIRY "hold_expiry"

/* FIBER. A daemon_worker's run. */
FIBER void hold_expiry_run(struct daemon *daemon, struct worker *worker);

/* A hold was made: the worker looks again before it says that it is settled. */
void hold_expiry_expect(void);

/* FIBER. Ends the organisation's holds whose time is over at `now_us`. That another ended or
 * confirmed one of them meanwhile is no fault. */
FIBER struct status hold_expiry_end(struct events *events, struct arena *arena,
				    const char *organisation_id, int64_t now_us);

#endif
