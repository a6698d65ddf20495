/* Book, Hold, ConfirmHold, ReleaseHold, CancelAppointment, Reschedule. */
#include "player.h"

#include "base/clock.h"

#include <string.h>

#define NOBODY "0195531a-0000-7000-8000-00000000abcd"

/* Asked again with the same key, it is done once; what was refused is refused again. */
static FIBER void ask_for(struct yard *yard, struct arena *arena, bool hold)
{
	const struct model_wish wish = any_wish(yard);
	const struct model_answer judged =
		hold ? model_judge_hold(&yard->model, &wish) : model_judge(&yard->model, &wish);
	Soleus__V1__BookRequest request = yard_request(yard, &wish);
	Soleus__V1__HoldRequest held = SOLEUS__V1__HOLD_REQUEST__INIT;
	const char *key = text_uuid7_new(arena),
		   *rpc = hold ? "Scheduling.Hold" : "Scheduling.Book";
	const char *appointment_id = NULL;
	int32_t minutes = 5 + (int32_t)roll(yard, 1400);
	unsigned times = roll(yard, 20) == 0 ? 2 : 1;
	held.booking = &request;
	held.minutes = minutes;
	for (unsigned i = 0; i < times && !yard->at_fault; i++) {
		ProtobufCMessage *message;
		struct status status = desk_ask_again(&yard->play->desk, rpc, key, arena,
						      hold ? &held.base : &request.base, &message);
		const Soleus__V1__HoldReply *hold_reply = (Soleus__V1__HoldReply *)message;
		const Soleus__V1__BookReply *reply = !message ? NULL
						     : hold   ? hold_reply->booking
							      : (Soleus__V1__BookReply *)message;
		yard->done++;
		if (!is_as_judged(yard, rpc, status, judged.code, judged.words))
			return;
		if (judged.code != STATUS_OK) {
			check_refused(yard, &wish, &judged, reply);
		} else if (!reply) {
			yard_complain(yard, "%s: no reply", rpc);
		} else if (appointment_id) {
			if (strcmp(appointment_id, reply->appointment_id) != 0)
				yard_complain(yard, "one key booked twice");
		} else if (is_in(yard, rpc, reply->room_id, judged.rooms)) {
			int64_t until = yard->model.now + minutes * CLOCK_MINUTE_US;
			until = until < wish.starts_at ? until : wish.starts_at;
			appointment_id = reply->appointment_id;
			model_add(&yard->model, appointment_id, &wish,
				  room_of(yard, reply->room_id), hold ? until : 0);
			if (hold && hold_reply->expires_at != until)
				yard_complain(yard, "a hold of another length");
		}
	}
}

FIBER void yard_book(struct yard *yard, struct arena *arena)
{
	ask_for(yard, arena, false);
}

FIBER void yard_hold(struct yard *yard, struct arena *arena)
{
	ask_for(yard, arena, true);
}

static void changed(struct model_visit *visit, enum model_state to)
{
	visit->version += visit->state != to;
	visit->state = to;
}

FIBER void yard_confirm(struct yard *yard, struct arena *arena)
{
	struct model_visit *visit = any_visit(yard);
	Soleus__V1__ConfirmHoldRequest request = SOLEUS__V1__CONFIRM_HOLD_REQUEST__INIT;
	Soleus__V1__ConfirmHoldReply *reply;
	request.appointment_id = visit ? visit->id : NOBODY;
	bool may = visit && (visit->state == HELD || visit->state == BOOKED);
	struct status status =
		desk_ask(&yard->play->desk, "Scheduling.ConfirmHold", arena, &request.base, &reply);
	yard->done++;
	if (!is_as_judged(yard, "ConfirmHold", status,
			  !visit ? STATUS_NOT_FOUND
			  : may  ? STATUS_OK
				 : STATUS_FAILED_PRECONDITION,
			  "") ||
	    !may)
		return;
	changed(visit, BOOKED);
	visit->hold_expires_at = 0;
	if (reply->appointment->version != visit->version ||
	    strcmp(reply->appointment->state, "booked") != 0)
		yard_complain(yard, "ConfirmHold: %s, version %d", reply->appointment->state,
			      reply->appointment->version);
}

FIBER void yard_release(struct yard *yard, struct arena *arena)
{
	struct model_visit *visit = any_visit(yard);
	Soleus__V1__ReleaseHoldRequest request = SOLEUS__V1__RELEASE_HOLD_REQUEST__INIT;
	void *reply;
	request.appointment_id = visit ? visit->id : NOBODY;
	bool was_hold = visit && visit->hold_expires_at;
	struct status status =
		desk_ask(&yard->play->desk, "Scheduling.ReleaseHold", arena, &request.base, &reply);
	yard->done++;
	if (is_as_judged(yard, "ReleaseHold", status,
			 !visit     ? STATUS_NOT_FOUND
			 : was_hold ? STATUS_OK
				    : STATUS_FAILED_PRECONDITION,
			 "") &&
	    was_hold && visit->state == HELD)
		changed(visit, CANCELLED);
}

FIBER void yard_cancel(struct yard *yard, struct arena *arena)
{
	struct model_visit *visit = any_visit(yard);
	bool override = roll(yard, 3) == 0;
	Soleus__V1__CancelAppointmentRequest request = SOLEUS__V1__CANCEL_APPOINTMENT_REQUEST__INIT;
	void *reply;
	request.appointment_id = visit ? visit->id : NOBODY;
	request.reason = "rain";
	request.override_reason = override ? "agreed" : "";
	bool late = visit && yard->model.now > visit->starts_at;
	bool may = visit &&
		   (visit->state == CANCELLED || (visit->state == BOOKED && (!late || override)));
	struct status status = desk_ask(&yard->play->desk, "Scheduling.CancelAppointment", arena,
					&request.base, &reply);
	yard->done++;
	if (is_as_judged(yard, "CancelAppointment", status,
			 !visit ? STATUS_NOT_FOUND
			 : may  ? STATUS_OK
				: STATUS_FAILED_PRECONDITION,
			 "") &&
	    may)
		changed(visit, CANCELLED);
}

static struct model_answer judge_move(struct yard *yard, const struct model_visit *visit,
				      const struct model_wish *wish, bool *ret_stays)
{
	*ret_stays = wish->starts_at == visit->starts_at &&
		     wish->practitioner == visit->practitioner &&
		     (wish->room == ANY_ROOM || wish->room == visit->room);
	if (visit->state != BOOKED)
		return (struct model_answer){STATUS_FAILED_PRECONDITION, "the appointment is", 0,
					     0};
	if (*ret_stays)
		return (struct model_answer){STATUS_OK, "", 0, 1u << visit->room};
	struct model_answer judged = model_judge(&yard->model, wish);
	if (judged.code == STATUS_OK && judged.rooms >> visit->room & 1)
		judged.rooms = 1u << visit->room; /* it stays where it is */
	return judged;
}

FIBER void yard_move(struct yard *yard, struct arena *arena)
{
	struct model_visit *visit = any_visit(yard);
	Soleus__V1__RescheduleRequest request = SOLEUS__V1__RESCHEDULE_REQUEST__INIT;
	Soleus__V1__RescheduleReply *reply;
	bool stays;
	if (!visit)
		return;
	struct model_wish wish = any_wish(yard);
	wish.athlete = visit->athlete;
	wish.service = visit->service;
	wish.moved = visit;
	if (roll(yard, 3) == 0) { /* a little later, in its own way */
		wish.starts_at = visit->starts_at + 15 * CLOCK_MINUTE_US * roll(yard, 4);
		wish.practitioner = visit->practitioner;
	}
	const struct model_answer judged = judge_move(yard, visit, &wish, &stays);
	request.appointment_id = visit->id;
	request.starts_at = wish.starts_at;
	request.practitioner_id = yard->practitioners[wish.practitioner];
	request.room_id = wish.room == ANY_ROOM ? "" : yard->rooms[wish.room];
	request.override_reason = wish.override ? "agreed" : "";
	struct status status =
		desk_ask(&yard->play->desk, "Scheduling.Reschedule", arena, &request.base, &reply);
	yard->done++;
	if (!is_as_judged(yard, "Reschedule", status, judged.code, judged.words))
		return;
	if (judged.code == STATUS_ALREADY_EXISTS && reply)
		check_alternatives(yard, &wish, reply->alternatives, reply->n_alternatives);
	if (judged.refusals && judged.code != STATUS_OK &&
	    (!reply || refusals_of(reply->refusals, reply->n_refusals) != judged.refusals))
		yard_complain(yard, "Reschedule: other refusals than %x", judged.refusals);
	if (judged.code != STATUS_OK ||
	    !is_in(yard, "Reschedule", reply->appointment->room_id, judged.rooms))
		return;
	visit->starts_at = wish.starts_at;
	visit->practitioner = wish.practitioner;
	visit->room = room_of(yard, reply->appointment->room_id);
	visit->version += !stays;
	if (reply->appointment->version != visit->version)
		yard_complain(yard, "Reschedule: version %d", reply->appointment->version);
}
