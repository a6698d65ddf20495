#include "reminders/handlers/offer.h"

#include "base/clock.h"
#include "reminders/store/inbound.h"
#include "reminders/store/plan.h"

#include <string.h>

/* An accepted offer is a visit that is booked, told by the event of that. A yes that came in time
 * but was overtaken by the clock is told that the time is gone. */
FIBER struct status on_waitlist_offer_ended(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__WaitlistOffer *offer =
		((const Soleus__V1__WaitlistOfferEnded *)message)->offer;
	const char *organisation_id = event->envelope->organisation_id;
	const char *answer = "";
	struct visit visit;
	if (!offer_visit(event, offer, &visit))
		return status_ok();
	messages_suppress_visit(event->unit, organisation_id, visit.appointment_id,
				"the offer has ended", clock_now_us());
	if (strcmp(offer->state, "accepted") == 0)
		return status_ok();
	visit_put(event->unit, organisation_id, &visit, "cancelled");
	struct status status =
		offer_answer_read(event->db, event->arena, organisation_id, visit.athlete_id,
				  visit.appointment_id, offer->offered_at, &answer);
	if (!status_is_ok(status) || strcmp(offer->state, "expired") != 0 ||
	    strcmp(answer, "yes") != 0)
		return status;
	return visit_tell(event, &visit, MESSAGE_WAITLIST_GONE, visit.starts_at, NULL);
}
