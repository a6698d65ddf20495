/* The search for who is offered one time. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_WAITLIST_OFFER_H
#define SOLEUS_SCHEDULING_HANDLERS_WAITLIST_OFFER_H

#include "events/events.h"
#include "scheduling/store/freed.h"

/* FIBER. Offers the time to the first whom it fits and for whom it can be held, or says what became
 * of it: exhausted, taken, passed, or to be looked at again when others answer. Nothing when the
 * lease has ended meanwhile. A failure leaves the time leased. */
FIBER struct status waitlist_offer_slot(struct events *events, const char *organisation_id,
					const struct freed_slot *slot, int64_t now_us);

#endif
