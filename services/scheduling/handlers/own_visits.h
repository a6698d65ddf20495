/* How much of the clinic's time an athlete takes alone: staff book what goes beyond. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_OWN_VISITS_H
#define SOLEUS_SCHEDULING_HANDLERS_OWN_VISITS_H

#include "events/command.h"

/* Visits ahead, held or booked, up to which athletes book for themselves; ours: a treatment is a
 * few visits, and one phone must not be able to fill a practitioner's week. */
#define OWN_VISITS_AHEAD 12

/* FIBER. OK for staff at once. FAILED_PRECONDITION for an athlete who would have more than
 * OWN_VISITS_AHEAD with `wanted` more; two calls at the same moment may pass it by one. */
FIBER struct status own_visits_allow(struct call *call, size_t wanted, int64_t now_us);

#endif
