/* Tries to break in: what CURVE without a working ZAP handler would let happen. */
#ifndef SOLEUS_BUS_SELFTEST_H
#define SOLEUS_BUS_SELFTEST_H

#include "bus/context.h"

/* Binds a guarded socket for a moment and sends to it with a key that is let in, with a stranger's,
 * and without one. FAILED_PRECONDITION unless exactly the first arrives. Answers the ZAP handler
 * itself, so it runs before zap_start. Takes some milliseconds, at most five seconds. */
struct status selftest_run(struct bus *bus);

#endif
