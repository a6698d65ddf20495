#include "scheduling/handlers/attempt.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"
#include "scheduling/handlers/own_visits.h"

struct writer {
	struct call *call;
	Soleus__V1__BookReply *reply;
};

static Soleus__V1__AppointmentBooked event_of(const struct call *call,
					      const struct attempt *attempt)
{
	const struct appointment_row row = attempt_row(attempt);
	Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	event.appointment = appointment_message(attempt->arena, &row);
	event.booked_at = attempt->booking.booked_at;
	event.by_practitioner_id = own_word(call);
	return event;
}

/* Reply and event are made beforehand: they are stored by the statement that books. */
static FIBER struct status write_alone(struct attempt *attempt, const struct writer *writer)
{
	struct arena *arena = attempt->arena;
	struct booking *booking = &attempt->booking;
	const Soleus__V1__AppointmentBooked event = event_of(writer->call, attempt);
	bool booked = false;
	attempt_reply(attempt, writer->reply);
	booking->reply = message_encode(&writer->reply->base, arena, &booking->reply_length);
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

/* The careful way: with what no constraint keeps, and with what staff override. */
static FIBER struct status write_with_checks(struct attempt *attempt, const struct writer *writer)
{
	struct command *command = command_begin(writer->call);
	const Soleus__V1__AppointmentBooked event = event_of(writer->call, attempt);
	attempt_add_locks(command->unit, &attempt, 1);
	attempt_add_checks(attempt, command->unit);
	attempt_add_booking(attempt, command->unit);
	command_event_at(command, attempt->booking.appointment_id, attempt->wanted->clinic_id,
			 &event.base);
	attempt_reply(attempt, writer->reply);
	return attempt_written(attempt, command->unit,
			       command_commit(command, &writer->reply->base));
}

static FIBER struct status write(struct attempt *attempt, void *argument)
{
	return attempt_may_go_alone(attempt) ? write_alone(attempt, argument)
					     : write_with_checks(attempt, argument);
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

	struct status status = own_visits_allow(call, 1, attempt.now_us);
	if (!status_is_ok(status))
		return status;
	status = attempt_make(&attempt, write, &writer);
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
