/* Slots as they are offered: by FindAvailability, and as alternatives when a slot was taken. */
#ifndef SOLEUS_SCHEDULING_HANDLERS_OFFER_H
#define SOLEUS_SCHEDULING_HANDLERS_OFFER_H

#include "events/command.h"
#include "scheduling/handlers/rank.h"

#include "soleus/v1/scheduling.pb-c.h"

struct offer {
	Soleus__V1__Slot **slots;
	size_t slot_count;
	Soleus__V1__SlotRow **rows; /* instead of slots, when several services are asked for */
	size_t row_count;
	Soleus__V1__OpenReview **reviews;
	size_t review_count;
};

/* How the best are found: see struct rank_asked. */
struct offer_order {
	size_t limit;
	int64_t wanted_at;
	bool first_free;
};

/* FIBER. NOT_FOUND for a service or an athlete that the organisation does not have. */
FIBER struct status offer_slots(struct call *call, const struct availability_asked *asked,
				const struct offer_order *order, struct offer *ret_offer);

/* FIBER. Around `starts_at`, with the practitioner, and when there are few with anybody at the
 * clinic. What fails leaves none: the refusal they come with counts. */
FIBER void offer_alternatives(struct call *call, const Soleus__V1__BookRequest *request,
			      struct offer *ret_offer);

#endif
