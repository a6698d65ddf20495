/* An offer of the waitlist as the visit that it may become. */
#ifndef SOLEUS_REMINDERS_HANDLERS_OFFER_H
#define SOLEUS_REMINDERS_HANDLERS_OFFER_H

#include "reminders/handlers/visit.h"

/* False (and logged) when the event lacks what a visit needs. */
bool offer_visit(const struct event *event, const Soleus__V1__WaitlistOffer *offer,
		 struct visit *ret_visit);

#endif
