#include "scheduling/handlers/attempt.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"
#include "scheduling/handlers/own_visits.h"

#include "base/clock.h"

#define MINUTES_MAX 1440

struct writer {
	struct call *call;
	const Soleus__V1__HoldRequest *request;
	Soleus__V1__HoldReply *reply;
};

/* Anew for each try: of a commit that failed the reply is empty. */
static Soleus__V1__BookReply *booking_of(struct arena *arena)
{
	Soleus__V1__BookReply *booking = ARENA_NEW(arena, Soleus__V1__BookReply);
	soleus__v1__book_reply__init(booking);
	return booking;
}

/* Not beyond the visit's own beginning. */
static int64_t expires_at(const struct attempt *attempt, int32_t minutes)
{
	int64_t hold_us = minutes ? minutes * CLOCK_MINUTE_US : attempt->look.hold_us;
	int64_t at_us = attempt->now_us + hold_us;
	return at_us < attempt->wanted->starts_at ? at_us : attempt->wanted->starts_at;
}

static FIBER struct status write(struct attempt *attempt, void *argument)
{
	const struct writer *writer = argument;
	struct booking *booking = &attempt->booking;
	booking->state = appointment_state_name(APPOINTMENT_HELD);
	booking->hold_expires_at = expires_at(attempt, writer->request->minutes);

	struct command *command = command_begin(writer->call);
	const struct appointment_row row = attempt_row(attempt);
	Soleus__V1__AppointmentHeld event = SOLEUS__V1__APPOINTMENT_HELD__INIT;
	attempt_add_locks(command->unit, &attempt, 1);
	attempt_add_checks(attempt, command->unit);
	attempt_add_booking(attempt, command->unit);
	event.appointment = appointment_message(attempt->arena, &row);
	command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	writer->reply->expires_at = booking->hold_expires_at;
	writer->reply->booking = booking_of(attempt->arena);
	attempt_reply(attempt, writer->reply->booking);
	return attempt_written(attempt, command->unit,
			       command_commit(command, &writer->reply->base));
}

/* As Book answers, in a message of its own. */
static FIBER void answer_refused(struct call *call, const struct attempt *attempt,
				 Soleus__V1__HoldReply *reply)
{
	struct offer offer = {0};
	reply->booking = booking_of(call->arena);
	reply->expires_at = 0;
	if (attempt->taken)
		offer_alternatives(call, attempt->wanted, &offer);
	else
		attempt_reply(attempt, reply->booking);
	reply->booking->alternatives = offer.slots;
	reply->booking->n_alternatives = offer.slot_count;
}

RPC(Scheduling, scheduling, Hold, hold)
{
	struct check check = check_begin(call);
	check_that(&check, request->booking, "booking", "what is to be held");
	check_that(&check, request->minutes >= 0 && request->minutes <= MINUTES_MAX, "minutes",
		   "1 to 1440, or 0 for the service's");
	check_that(&check, request->minutes == 0 || is_staff(call), "minutes",
		   "0: how long athletes hold a time is the service's");
	if (check_failed(&check))
		return check_status(&check);
	struct attempt attempt = attempt_of_call(call, request->booking);
	attempt_check(&check, "booking.", request->booking, attempt.now_us);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->booking->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (request->booking->starts_at == attempt.now_us) /* a hold ends when its visit begins */
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the visit begins now: it can be booked, not held");

	struct status status = own_visits_allow(call, 1, attempt.now_us);
	if (!status_is_ok(status))
		return status;
	struct writer writer = {call, request, reply};
	status = attempt_make(&attempt, write, &writer);
	if (!status_is_ok(status))
		answer_refused(call, &attempt, reply);
	return status;
}
