#include "reminders/handlers/offer.h"

bool offer_visit(const struct event *event, const Soleus__V1__WaitlistOffer *offer,
		 struct visit *ret_visit)
{
	if (!offer || !EVENT_IDS(event, offer->appointment_id, offer->athlete_id, offer->clinic_id))
		return false;
	*ret_visit = (struct visit){
		.appointment_id = offer->appointment_id,
		.athlete_id = offer->athlete_id,
		.clinic_id = offer->clinic_id,
		.starts_at = offer->starts_at,
		.ends_at = offer->ends_at,
		.booked_at = offer->offered_at,
	};
	return true;
}
