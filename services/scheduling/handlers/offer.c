#include "scheduling/handlers/offer.h"

#include "scheduling/handlers/local_time.h"
#include "scheduling/handlers/messages.h"

#include "base/clock.h"

#define ALTERNATIVES     5
#define ALTERNATIVES_MIN 3
#define AROUND_US        (7 * CLOCK_DAY_US)
#define WIDER_US         (28 * CLOCK_DAY_US)

/* The reasons are those of the whole row. */
static Soleus__V1__Slot *slot_message(struct arena *arena, const struct availability *from,
				      const struct availability_asked *asked,
				      const struct ranked *ranked, size_t part)
{
	const struct availability_window *window = ranked->window;
	const struct slots_range visit = rank_part(from, ranked->visit.starts_at, part);
	struct timing_result timing;
	Soleus__V1__Slot *slot = ARENA_NEW(arena, Soleus__V1__Slot);
	bool later = window->changes_at && visit.starts_at >= window->changes_at;
	if (!slot)
		return NULL;
	soleus__v1__slot__init(slot);
	slot->starts_at = visit.starts_at;
	slot->ends_at = visit.ends_at;
	slot->practitioner_id = (char *)window->practitioner_id;
	slot->clinic_id = (char *)window->clinic_id;
	slot->room_id = (char *)ranked->room_ids[part];
	slot->service_id = (char *)asked->service_ids[part];
	slot->grade = (char *)timing_grade_name(ranked->grade);
	slot->score = ranked->score;
	slot->local_start = local_time_text(arena, slot->starts_at,
					    later ? window->later_offset_s : window->offset_s);
	rank_grade(&from->around, &ranked->visit, window->day_starts_at, window->day_ends_at,
		   &timing);
	slot->reasons = reason_messages(arena, &timing, &slot->n_reasons);
	return slot;
}

static Soleus__V1__SlotRow *row_message(struct arena *arena, const struct availability *from,
					const struct availability_asked *asked,
					const struct ranked *ranked)
{
	Soleus__V1__SlotRow *row = ARENA_NEW(arena, Soleus__V1__SlotRow);
	Soleus__V1__Slot **slots = ARENA_ARRAY(arena, from->service_count, Soleus__V1__Slot *);
	if (!row || !slots)
		return NULL;
	soleus__v1__slot_row__init(row);
	for (size_t i = 0; i < from->service_count; i++)
		if (!(slots[i] = slot_message(arena, from, asked, ranked, i)))
			return NULL;
	row->slots = slots;
	row->n_slots = from->service_count;
	return row;
}

static bool write_offer(struct arena *arena, const struct availability *from,
			const struct availability_asked *asked, const struct ranked *ranked,
			size_t count, struct offer *offer)
{
	bool several = from->service_count > 1;
	offer->slots = ARENA_ARRAY(arena, several ? 0 : count, Soleus__V1__Slot *);
	offer->rows = ARENA_ARRAY(arena, several ? count : 0, Soleus__V1__SlotRow *);
	if (!offer->slots || !offer->rows)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (several && !(offer->rows[offer->row_count++] =
					 row_message(arena, from, asked, &ranked[i])))
			return false;
		if (!several && !(offer->slots[offer->slot_count++] =
					  slot_message(arena, from, asked, &ranked[i], 0)))
			return false;
	}
	offer->reviews = review_messages(arena, &from->around, &offer->review_count);
	return true;
}

FIBER struct status offer_slots(struct call *call, const struct availability_asked *asked,
				const struct offer_order *order, struct offer *ret_offer)
{
	struct arena *arena = call->arena;
	struct availability from;
	struct status status = availability_load(call_db(call), arena, asked, &from);
	if (!status_is_ok(status))
		return status;
	if (!from.services_known)
		return status_error(STATUS_NOT_FOUND, "no such service");
	if (!from.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	int64_t now_us = clock_now_us();
	const struct rank_asked best = {
		.earliest_at = asked->from_at > now_us ? asked->from_at : now_us,
		.until_at = asked->until_at,
		.wanted_at = order->wanted_at,
		.first_free = order->first_free,
		.limit = order->limit,
	};
	size_t count = 0;
	struct offer offer = {0};
	const struct ranked *ranked = rank_slots(arena, &from, &best, &count);
	if (!ranked || !write_offer(arena, &from, asked, ranked, count, &offer))
		return status_error(STATUS_RESOURCE_EXHAUSTED,
				    "too much for one call: ask for fewer days or clinics");
	*ret_offer = offer;
	return status;
}

FIBER void offer_alternatives(struct call *call, const Soleus__V1__BookRequest *request,
			      struct offer *ret_offer)
{
	struct availability_asked asked = {
		.organisation_id = call->organisation_id,
		.service_ids = (const char *const *)&request->service_id,
		.service_count = 1,
		.skill = "",
		.athlete_id = request->athlete_id,
		.clinic_ids = (const char *const *)&request->clinic_id,
		.clinic_count = 1,
		.practitioner_ids = (const char *const *)&request->practitioner_id,
		.practitioner_count = 1,
		.from_at = request->starts_at - AROUND_US,
		.until_at = request->starts_at + AROUND_US,
	};
	const struct offer_order nearest = {.limit = ALTERNATIVES, .wanted_at = request->starts_at};
	struct offer offer = {0}, wider;
	struct status status = offer_slots(call, &asked, &nearest, &offer);
	if (status_is_ok(status) && offer.slot_count < ALTERNATIVES_MIN) {
		asked.practitioner_count = 0;
		asked.until_at = request->starts_at + WIDER_US;
		status = offer_slots(call, &asked, &nearest, &wider);
		if (status_is_ok(status))
			offer = wider;
	}
	*ret_offer = offer;
}
