#include "scheduling/handlers/waitlist_messages.h"

#include "scheduling/handlers/local_time.h"

Soleus__V1__WaitlistEntry *waitlist_entry_message(struct arena *arena,
						  const struct waitlist_entry *entry)
{
	Soleus__V1__WaitlistEntry *message = ARENA_NEW(arena, Soleus__V1__WaitlistEntry);
	soleus__v1__waitlist_entry__init(message);
	message->entry_id = (char *)entry->entry_id;
	message->athlete_id = (char *)entry->athlete_id;
	message->service_id = (char *)entry->service_id;
	message->clinic_ids = (char **)entry->clinic_ids;
	message->n_clinic_ids = entry->clinic_count;
	message->practitioner_ids = (char **)entry->practitioner_ids;
	message->n_practitioner_ids = entry->practitioner_count;
	message->weekdays = (int32_t *)entry->weekdays;
	message->n_weekdays = entry->weekday_count;
	message->opens = (char *)entry->opens;
	message->closes = (char *)entry->closes;
	message->from_at = entry->from_at;
	message->until_at = entry->until_at;
	message->least_grade = (char *)entry->least_grade;
	message->notice_minutes = entry->notice_minutes;
	message->urgency = entry->urgency;
	message->state = (char *)waitlist_entry_state_name(entry->state);
	message->joined_at = entry->joined_at;
	message->offers = entry->offers;
	return message;
}

Soleus__V1__WaitlistOffer *waitlist_offer_message(struct arena *arena,
						  const struct waitlist_offer *offer)
{
	Soleus__V1__WaitlistOffer *message = ARENA_NEW(arena, Soleus__V1__WaitlistOffer);
	soleus__v1__waitlist_offer__init(message);
	message->offer_id = (char *)offer->offer_id;
	message->entry_id = (char *)offer->entry_id;
	message->athlete_id = (char *)offer->athlete_id;
	message->appointment_id = (char *)offer->appointment_id;
	message->starts_at = offer->starts_at;
	message->ends_at = offer->ends_at;
	message->practitioner_id = (char *)offer->practitioner_id;
	message->clinic_id = (char *)offer->clinic_id;
	message->service_id = (char *)offer->service_id;
	message->offered_at = offer->offered_at;
	message->expires_at = offer->expires_at;
	message->state = (char *)waitlist_offer_state_name(offer->state);
	message->rank = offer->rank;
	message->why = (char *)offer->why;
	message->local_start = local_time_text(arena, offer->starts_at, offer->offset_s);
	return message;
}
