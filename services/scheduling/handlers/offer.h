/* Slots as they are offered: by FindAvailability, and as alternatives when a slot was taken. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_OFFER_H
#define SOLEUS_SCHEDULING_HANDLERS_OFFER_H

#include "events/command.h"
#include "scheduling/handlers/rank.h"

#include "soleus/v1/scheduling.pb-c.h"

struct offer {
	Soleus__V1__Slot **slots;
	size_t slot_count;
	Soleus__V1__OpenReview **reviews;
	size_t review_count;
};

/* FIBER. The best `limit` slots; `wanted_at` as rank_asked has it. NOT_FOUND for a service or an
 * athlete that the organisation does not have. */
FIBER struct status offer_slots(struct call *call, const struct availability_asked *asked,
				size_t limit, int64_t wanted_at, struct offer *ret_offer);

/* FIBER. Around `starts_at`, with the practitioner, and when there are few with anybody at the
 * clinic. What fails leaves none: the refusal they come with counts. */
FIBER void offer_alternatives(struct call *call, const Soleus__V1__BookRequest *request,
			      struct offer *ret_offer);

#endif
