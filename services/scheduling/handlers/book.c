#include "scheduling/handlers/attempt.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"

struct writer {
	struct call *call;
	Soleus__V1__BookReply *reply;
};

/* Reply and event are made beforehand: they are stored by the statement that books. */
static FIBER struct status write_alone(struct attempt *attempt, void *argument)
{
	const struct writer *writer = argument;
	struct arena *arena = attempt->arena;
	struct booking *booking = &attempt->booking;
	const struct appointment_row row = attempt_row(attempt);
	Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	bool booked = false;
	attempt_reply(attempt, writer->reply);
	booking->reply = message_encode(&writer->reply->base, arena, &booking->reply_length);
	event.appointment = appointment_message(arena, &row);
	event.booked_at = booking->booked_at;
	booking->event_type = event.base.descriptor->name;
	booking->event = message_encode(&event.base, arena, &booking->event_length);
	booking->fingerprint = command_fingerprint(writer->call);
	booking->traceparent = writer->call->traceparent;
	struct status status =
		booking_insert(call_db(writer->call), arena, &attempt->asked, booking, &booked);
	attempt->conflict = status_is_ok(status) && !booked;
	if (booked)
		command_committed(writer->call);
	return status;
}

RPC(Scheduling, scheduling, Book, book)
{
	struct attempt attempt = attempt_of_call(call, request);
	struct writer writer = {call, reply};
	struct check check = check_begin(call);
	attempt_check(&check, "", request, attempt.now_us);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct status status = attempt_make(&attempt, write_alone, &writer);
	if (status_is_ok(status))
		return status;
	struct offer offer = {0};
	soleus__v1__book_reply__init(reply);
	if (attempt.taken)
		offer_alternatives(call, request, &offer);
	else
		attempt_reply(&attempt, reply);
	reply->alternatives = offer.slots;
	reply->n_alternatives = offer.slot_count;
	return status;
}
