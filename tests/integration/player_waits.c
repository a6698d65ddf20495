/* A time that comes free and those who wait for it: JoinWaitlist, AnswerOffer, LeaveWaitlist. Each
 * scene has a day of its own, so that no other command touches it while the worker offers. */
#include "player.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAR_DAYS    40
#define WAITERS     3
#define PATIENCE_US (120 * CLOCK_SECOND_US)
#define LATE_US     (15 * CLOCK_SECOND_US) /* is said */
#define PAUSE_US    (10 * 1000)

struct waiter {
	identity entry;
	unsigned athlete;
	int32_t urgency;
	bool offered, booked, left;
};

struct scene {
	struct yard *yard;
	struct arena *arena;
	struct model_wish wish; /* the time that comes free */
	identity slot;          /* the visit that it was */
	struct waiter waiters[WAITERS];
	unsigned count;
};

static FIBER struct status ask(struct scene *scene, const char *rpc,
			       const ProtobufCMessage *request, void *ret_reply)
{
	scene->yard->done++;
	return desk_ask(&scene->yard->play->desk, rpc, scene->arena, request, ret_reply);
}

static FIBER bool occupy(struct scene *scene)
{
	struct yard *yard = scene->yard;
	Soleus__V1__BookRequest request = yard_request(yard, &scene->wish);
	Soleus__V1__BookReply *reply;
	const struct model_answer judged = model_judge(&yard->model, &scene->wish);
	struct status status = ask(scene, "Scheduling.Book", &request.base, &reply);
	if (!is_as_judged(yard, "Book", status, judged.code, judged.words) ||
	    judged.code != STATUS_OK || !is_in(yard, "Book", reply->room_id, judged.rooms))
		return false;
	strcpy(scene->slot, reply->appointment_id);
	model_add(&yard->model, scene->slot, &scene->wish, room_of(yard, reply->room_id), 0);
	return true;
}

static FIBER bool join(struct scene *scene, struct waiter *waiter)
{
	struct yard *yard = scene->yard;
	char *clinic = yard->clinic;
	Soleus__V1__WaitlistEntry entry = SOLEUS__V1__WAITLIST_ENTRY__INIT;
	Soleus__V1__JoinWaitlistRequest request = SOLEUS__V1__JOIN_WAITLIST_REQUEST__INIT;
	Soleus__V1__JoinWaitlistReply *reply;
	entry.athlete_id = yard->athletes[waiter->athlete];
	entry.service_id = yard->play->services[scene->wish.service];
	entry.clinic_ids = &clinic;
	entry.n_clinic_ids = 1;
	entry.from_at = scene->wish.starts_at;
	entry.until_at = scene->wish.starts_at + CLOCK_MINUTE_US;
	entry.urgency = waiter->urgency;
	request.entry = &entry;
	struct status status = ask(scene, "Scheduling.JoinWaitlist", &request.base, &reply);
	if (!is_as_judged(yard, "JoinWaitlist", status, STATUS_OK, ""))
		return false;
	strcpy(waiter->entry, reply->entry_id);
	return true;
}

/* By a cancellation, or by a move to the afternoon. */
static FIBER bool free_it(struct scene *scene)
{
	struct yard *yard = scene->yard;
	struct model_visit *visit = model_find(&yard->model, scene->slot);
	Soleus__V1__CancelAppointmentRequest cancelled =
		SOLEUS__V1__CANCEL_APPOINTMENT_REQUEST__INIT;
	Soleus__V1__RescheduleRequest moved = SOLEUS__V1__RESCHEDULE_REQUEST__INIT;
	bool moves = roll(yard, 3) == 0;
	void *reply;
	cancelled.appointment_id = moved.appointment_id = scene->slot;
	moved.starts_at = visit->starts_at + 4 * CLOCK_HOUR_US;
	struct status status =
		moves ? ask(scene, "Scheduling.Reschedule", &moved.base, &reply)
		      : ask(scene, "Scheduling.CancelAppointment", &cancelled.base, &reply);
	if (!is_as_judged(yard, "giving a time back", status, STATUS_OK, ""))
		return false;
	visit->version++;
	if (moves)
		visit->starts_at = moved.starts_at;
	else
		visit->state = CANCELLED;
	return true;
}

/* The more urgent; of those the first. NULL: all were offered it, or have left. */
static struct waiter *next_of(struct scene *scene)
{
	struct waiter *next = NULL;
	for (unsigned i = 0; i < scene->count; i++) {
		struct waiter *waiter = &scene->waiters[i];
		if (!waiter->offered && !waiter->left &&
		    (!next || waiter->urgency > next->urgency ||
		     (waiter->urgency == next->urgency && strcmp(waiter->entry, next->entry) < 0)))
			next = waiter;
	}
	return next;
}

/* What the worker thinks of the time. */
static const char *freed_time(struct scene *scene)
{
	char *found = house_query(
		scene->yard->play->house,
		arena_printf(
			scene->arena,
			"SELECT string_agg(concat_ws(' ', version, state, 'freed', freed_at, "
			"'look', look_at, 'lease', lease_until, 'at', clock_timestamp()), '; ') "
			"FROM scheduling.freed_slot WHERE slot_id = '%s'",
			scene->slot));
	const char *text = arena_strdup(scene->arena, found);
	free(found);
	return text;
}

/* The open offer; NULL: there was none for so long. */
static FIBER const Soleus__V1__WaitlistOffer *await_offer(struct scene *scene)
{
	Soleus__V1__ListOffersRequest request = SOLEUS__V1__LIST_OFFERS_REQUEST__INIT;
	int64_t begun_us = clock_monotonic_us(), until_us = begun_us + PATIENCE_US;
	bool said = false;
	request.slot_id = scene->slot;
	while (clock_monotonic_us() < until_us) {
		Soleus__V1__ListOffersReply *reply;
		struct status status = desk_ask(&scene->yard->play->desk, "Scheduling.ListOffers",
						scene->arena, &request.base, &reply);
		for (size_t i = 0; status_is_ok(status) && i < reply->n_offers; i++)
			if (strcmp(reply->offers[i]->state, "open") == 0)
				return reply->offers[i];
		if (!said && clock_monotonic_us() - begun_us > LATE_US) {
			fprintf(stderr, "yard %u waits for an offer: the time is %s\n",
				scene->yard->number, freed_time(scene));
			said = true;
		}
		fiber_sleep_us(PAUSE_US);
	}
	return NULL;
}

static FIBER struct model_visit *note_hold(struct scene *scene, const struct waiter *waiter,
					   const Soleus__V1__WaitlistOffer *offer)
{
	struct yard *yard = scene->yard;
	struct model_wish wish = scene->wish;
	Soleus__V1__GetAppointmentRequest request = SOLEUS__V1__GET_APPOINTMENT_REQUEST__INIT;
	Soleus__V1__GetAppointmentReply *reply;
	wish.athlete = waiter->athlete;
	const struct model_answer judged = model_judge(&yard->model, &wish);
	request.appointment_id = offer->appointment_id;
	struct status status = desk_ask(&yard->play->desk, "Scheduling.GetAppointment",
					scene->arena, &request.base, &reply);
	if (!status_is_ok(status) || judged.code != STATUS_OK ||
	    strcmp(reply->appointment->state, "held") != 0) {
		yard_complain(yard, "an offer that holds nothing: %s", status.message);
		return NULL;
	}
	is_in(yard, "an offer", reply->appointment->room_id, judged.rooms);
	return model_add(&yard->model, offer->appointment_id, &wish,
			 room_of(yard, reply->appointment->room_id),
			 reply->appointment->hold_expires_at);
}

static FIBER struct status leave(struct scene *scene, struct waiter *waiter)
{
	Soleus__V1__LeaveWaitlistRequest request = SOLEUS__V1__LEAVE_WAITLIST_REQUEST__INIT;
	void *reply;
	request.entry_id = waiter->entry;
	return ask(scene, "Scheduling.LeaveWaitlist", &request.base, &reply);
}

/* In one of the five ways. */
static FIBER bool answer(struct scene *scene, struct waiter *waiter,
			 const Soleus__V1__WaitlistOffer *offer, struct model_visit *visit)
{
	struct yard *yard = scene->yard;
	Soleus__V1__AnswerOfferRequest answered = SOLEUS__V1__ANSWER_OFFER_REQUEST__INIT;
	Soleus__V1__ConfirmHoldRequest confirmed = SOLEUS__V1__CONFIRM_HOLD_REQUEST__INIT;
	Soleus__V1__ReleaseHoldRequest released = SOLEUS__V1__RELEASE_HOLD_REQUEST__INIT;
	unsigned way = roll(yard, 5);
	struct status status;
	void *reply;
	answered.offer_id = offer->offer_id;
	confirmed.appointment_id = released.appointment_id = offer->appointment_id;
	answered.accept = waiter->booked = way < 2;
	waiter->left = way == 4;
	status = way == 0   ? ask(scene, "Scheduling.ConfirmHold", &confirmed.base, &reply)
		 : way == 3 ? ask(scene, "Scheduling.ReleaseHold", &released.base, &reply)
		 : way == 4 ? leave(scene, waiter)
			    : ask(scene, "Scheduling.AnswerOffer", &answered.base, &reply);
	visit->version++;
	visit->state = waiter->booked ? BOOKED : CANCELLED;
	if (waiter->booked)
		visit->hold_expires_at = 0;
	return is_as_judged(yard, "an answer", status, STATUS_OK, "");
}

static FIBER void offer_around(struct scene *scene)
{
	struct yard *yard = scene->yard;
	bool booked = false;
	struct waiter *waiter;
	while (!yard->at_fault && !booked && (waiter = next_of(scene))) {
		const Soleus__V1__WaitlistOffer *offer = await_offer(scene);
		if (!offer || strcmp(offer->entry_id, waiter->entry) != 0 || offer->rank != 1) {
			yard_complain(yard,
				      "offered to %s (rank %d), the model says %s; the time is %s",
				      offer ? offer->entry_id : "nobody", offer ? offer->rank : 0,
				      waiter->entry, freed_time(scene));
			return;
		}
		waiter->offered = true;
		yard->play->offers++;
		struct model_visit *visit = note_hold(scene, waiter, offer);
		booked = visit && answer(scene, waiter, offer, visit) && waiter->booked;
	}
}

/* Who has a visit cannot leave. */
static FIBER void go_home(struct scene *scene)
{
	for (unsigned i = 0; i < scene->count && !scene->yard->at_fault; i++) {
		struct waiter *waiter = &scene->waiters[i];
		struct status status = leave(scene, waiter);
		is_as_judged(scene->yard, "LeaveWaitlist", status,
			     waiter->booked ? STATUS_FAILED_PRECONDITION : STATUS_OK,
			     "an offer was accepted");
		scene->yard->booked += waiter->booked;
		scene->yard->left += !waiter->booked;
	}
}

FIBER void yard_wait_for_a_time(struct yard *yard, struct arena *arena)
{
	int64_t day = yard->play->first_now / CLOCK_DAY_US + FAR_DAYS + yard->waits++;
	struct scene scene = {
		.yard = yard,
		.arena = arena,
		.wish = {.room = ANY_ROOM,
			 .service = MODEL_SERVICES - 1,
			 .starts_at = day * CLOCK_DAY_US + 10 * CLOCK_HOUR_US},
		.count = 1 + roll(yard, WAITERS),
	};
	if (!occupy(&scene))
		return;
	for (unsigned i = 0; i < scene.count; i++) {
		scene.waiters[i].athlete = 1 + i;
		scene.waiters[i].urgency = (int32_t)roll(yard, 3);
		if (!join(&scene, &scene.waiters[i]))
			return;
	}
	if (!free_it(&scene))
		return;
	offer_around(&scene);
	if (!yard->at_fault)
		go_home(&scene);
}
