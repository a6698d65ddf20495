/* Coming visits, checked against a calendar or windows that have changed.
 *
 * What changes them asks in its own transaction (clash_ask); the worker grades the athlete's coming
 * visits again, keeps which clash (ListClashes), and tells: TimingClashFound, TimingClashCleared.
 * Athletes are checked at once and a minute later: see timing_recheck.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CLASH_CHECK_H
#define SOLEUS_SCHEDULING_HANDLERS_CLASH_CHECK_H

#include "daemon/daemon.h"

#include "soleus/v1/scheduling.pb-c.h"

#define CLASH_CHECK "clash_check"

/* FIBER. A daemon_worker's run. */
FIBER void clash_check_run(struct daemon *daemon, struct worker *worker);

/* A check was asked for: the worker looks again before it says that it is settled. */
void clash_check_wake(void);

/* An event being applied asks for a check: the worker sees it applied before it says so. */
void clash_check_expect_event(const Soleus__V1__EventEnvelope *envelope);

/* Reasons as they are kept. */
Soleus__V1__TimingReason **clash_reasons(struct arena *arena, const char *lines, size_t *ret_count);

#endif
