/* Whether the daemons have come to rest: every consumer has applied what its source has written,
 * every worker has done what is due. What the demo waits for before it moves the clock. */
#ifndef SOLEUS_CTL_SETTLE_H
#define SOLEUS_CTL_SETTLE_H

#include "ctl/session.h"

#include "soleus/v1/daemon.pb-c.h"

#define DAEMON_VIEWS 8

struct daemon_view {
	struct status status;
	const Soleus__V1__DaemonStatusReply *reply; /* NULL when it did not answer */
};

/* FIBER. Asks every daemon under the key of `who`, all at once; the views are in the order of
 * method_daemons and live in `arena`. False when one did not answer. */
FIBER bool daemon_views(struct session *session, const char *who, struct arena *arena,
			struct daemon_view views[DAEMON_VIEWS]);

/* FIBER. Waits until all are at rest at the clock's present instant; DEADLINE_EXCEEDED with what
 * is still moving after `patience_us` of real time. */
FIBER struct status settle(struct session *session, int64_t patience_us);

#endif
