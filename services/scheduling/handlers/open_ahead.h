/* The worker that keeps openings two years ahead of the clock, and makes them anew when the rules
 * of the zones change. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_OPEN_AHEAD_H
#define SOLEUS_SCHEDULING_HANDLERS_OPEN_AHEAD_H

#include "daemon/daemon.h"

#define OPEN_AHEAD "open_ahead"

FIBER void open_ahead_run(struct daemon *daemon, struct worker *worker);

#endif
