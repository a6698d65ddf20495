#include "reminders/handlers/offer.h"

/* The offer's message waits for the athlete's morning as every message does; the offer stands until
 * some time after it. */
FIBER struct status on_waitlist_offered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__WaitlistOffer *offer =
		((const Soleus__V1__WaitlistOffered *)message)->offer;
	struct visit visit;
	if (!offer_visit(event, offer, &visit))
		return status_ok();
	visit_put(event->unit, event->envelope->organisation_id, &visit, "offered");
	return visit_tell(event, &visit, MESSAGE_WAITLIST_OFFER, offer->expires_at, NULL);
}
