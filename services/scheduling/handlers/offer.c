#include "scheduling/handlers/offer.h"

#include "scheduling/handlers/local_time.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"

#define ALTERNATIVES     5
#define ALTERNATIVES_MIN 3
#define AROUND_US        (7 * CLOCK_DAY_US)
#define WIDER_US         (28 * CLOCK_DAY_US)

static Soleus__V1__Slot *slot_message(struct arena *arena, const struct availability *from,
				      const struct ranked *ranked)
{
	const struct availability_window *window = ranked->window;
	struct timing_result timing;
	Soleus__V1__Slot *slot = ARENA_NEW(arena, Soleus__V1__Slot);
	bool later = window->changes_at && ranked->visit.starts_at >= window->changes_at;
	soleus__v1__slot__init(slot);
	slot->starts_at = ranked->visit.starts_at;
	slot->ends_at = ranked->visit.ends_at;
	slot->practitioner_id = (char *)window->practitioner_id;
	slot->clinic_id = (char *)window->clinic_id;
	slot->room_id = (char *)ranked->room_id;
	slot->grade = (char *)timing_grade_name(ranked->grade);
	slot->score = ranked->score;
	slot->local_start = local_time_text(arena, slot->starts_at,
					    later ? window->later_offset_s : window->offset_s);
	rank_grade(&from->around, &ranked->visit, window->day_starts_at, window->day_ends_at,
		   &timing);
	slot->reasons = reason_messages(arena, &timing, &slot->n_reasons);
	return slot;
}

FIBER struct status offer_slots(struct call *call, const struct availability_asked *asked,
				size_t limit, int64_t wanted_at, struct offer *ret_offer)
{
	struct arena *arena = call->arena;
	struct availability from;
	struct status status = availability_load(call_db(call), arena, asked, &from);
	if (!status_is_ok(status))
		return status;
	if (!from.service_known)
		return status_error(STATUS_NOT_FOUND, "no such service");
	if (!from.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	int64_t now_us = clock_now_us();
	const struct rank_asked best = {
		.earliest_at = asked->from_at > now_us ? asked->from_at : now_us,
		.until_at = asked->until_at,
		.wanted_at = wanted_at,
		.limit = limit,
	};
	size_t count = 0;
	const struct ranked *ranked = rank_slots(arena, &from, &best, &count);
	struct offer offer = {.slots = ARENA_ARRAY(arena, count, Soleus__V1__Slot *)};
	if (!ranked || !offer.slots)
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "too much for one call: ask for fewer days or clinics");
	for (size_t i = 0; i < count; i++)
		offer.slots[offer.slot_count++] = slot_message(arena, &from, &ranked[i]);
	offer.reviews = review_messages(arena, &from.around, &offer.review_count);
	*ret_offer = offer;
	return status;
}

FIBER void offer_alternatives(struct call *call, const Soleus__V1__BookRequest *request,
			      struct offer *ret_offer)
{
	struct availability_asked asked = {
		.organisation_id = call->organisation_id,
		.service_id = request->service_id,
		.athlete_id = request->athlete_id,
		.clinic_ids = (const char *const *)&request->clinic_id,
		.clinic_count = 1,
		.practitioner_ids = (const char *const *)&request->practitioner_id,
		.practitioner_count = 1,
		.from_at = request->starts_at - AROUND_US,
		.until_at = request->starts_at + AROUND_US,
	};
	struct offer offer = {0}, wider;
	struct status status = offer_slots(call, &asked, ALTERNATIVES, request->starts_at, &offer);
	if (status_is_ok(status) && offer.slot_count < ALTERNATIVES_MIN) {
		asked.practitioner_count = 0;
		asked.until_at = request->starts_at + WIDER_US;
		status = offer_slots(call, &asked, ALTERNATIVES, request->starts_at, &wider);
		if (status_is_ok(status))
			offer = wider;
	}
	*ret_offer = offer;
}
