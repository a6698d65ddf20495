#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"
#include "scheduling/handlers/own_visits.h"
#include "scheduling/handlers/series.h"

#include "base/clock.h"

#include <strings.h>

struct writer {
	struct call *call;
	Soleus__V1__BookSeriesReply *reply;
};

static struct check check_request(struct call *call, const Soleus__V1__BookSeriesRequest *request)
{
	struct check check = check_begin(call);
	int64_t now_us = clock_now_us();
	check_that(&check, request->n_visits >= SERIES_MIN && request->n_visits <= SERIES_MAX,
		   "visits", "2 to 12");
	for (size_t i = 0; i < request->n_visits && i < SERIES_MAX; i++) {
		const Soleus__V1__BookRequest *visit = request->visits[i];
		const char *prefix = arena_printf(call->arena, "visits[%zu].", i);
		attempt_check(&check, prefix, visit, now_us);
		check_that(&check,
			   strcasecmp(visit->athlete_id, request->visits[0]->athlete_id) == 0,
			   arena_printf(call->arena, "%sathlete_id", prefix),
			   "the athlete of visits[0]: a series is of one");
	}
	return check;
}

/* A slot that would stand in the way of another visit of the series is none. */
static FIBER void add_alternatives(struct call *call, const struct series *series,
				   const struct series_visit *visit,
				   Soleus__V1__SeriesVisit *message)
{
	struct offer offer = {0};
	offer_alternatives(call, visit->attempt.wanted, &offer);
	message->alternatives = offer.slots;
	for (size_t i = 0; i < offer.slot_count; i++)
		if (series_has_room(series, visit, offer.slots[i]))
			message->alternatives[message->n_alternatives++] = offer.slots[i];
}

/* As they were asked for; with `booked`, those that stand. */
static void write_reply(struct call *call, const struct series *series, bool booked,
			Soleus__V1__BookSeriesReply *reply)
{
	soleus__v1__book_series_reply__init(reply);
	reply->series_id = (char *)(booked ? series->series_id : "");
	reply->visits = ARENA_ARRAY(call->arena, series->count, Soleus__V1__SeriesVisit *);
	for (size_t i = 0; i < series->count; i++) {
		const struct series_visit *visit = &series->visits[i];
		Soleus__V1__SeriesVisit *message = ARENA_NEW(call->arena, Soleus__V1__SeriesVisit);
		Soleus__V1__BookReply graded = SOLEUS__V1__BOOK_REPLY__INIT;
		soleus__v1__series_visit__init(message);
		attempt_reply(&visit->attempt, &graded);
		message->index = (int32_t)visit->index;
		message->starts_at = visit->attempt.wanted->starts_at;
		message->ends_at = visit->attempt.booking.ends_at;
		message->grade = graded.grade;
		message->reasons = graded.reasons;
		message->n_reasons = graded.n_reasons;
		if (booked) {
			message->appointment_id = graded.appointment_id;
			message->room_id = graded.room_id;
		} else if (!status_is_ok(visit->fault)) {
			message->fault = (char *)visit->fault.message;
		}
		reply->visits[visit->index] = message;
	}
	reply->n_visits = series->count;
}

static FIBER struct status write(struct series *series, void *argument,
				 const struct db_unit **ret_unit)
{
	const struct writer *writer = argument;
	struct command *command = command_begin(writer->call);
	attempt_add_locks(command->unit, series->attempts, series->count);
	for (size_t i = 0; i < series->count; i++) {
		struct attempt *attempt = series->attempts[i];
		const struct appointment_row row = attempt_row(attempt);
		Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
		attempt_add_checks(attempt, command->unit);
		attempt_add_booking(attempt, command->unit);
		event.appointment = appointment_message(attempt->arena, &row);
		event.booked_at = attempt->booking.booked_at;
		event.by_practitioner_id = own_word(writer->call);
		command_event_at(command, row.appointment_id, row.clinic_id, &event.base);
	}
	write_reply(writer->call, series, true, writer->reply);
	*ret_unit = command->unit;
	return command_commit(command, &writer->reply->base);
}

RPC(Scheduling, scheduling, BookSeries, book_series)
{
	const struct check check = check_request(call, request);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->visits[0]->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	struct series *series = series_of_call(call, request->visits, request->n_visits);
	if (!series)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a series");

	struct status status = own_visits_allow(call, request->n_visits, clock_now_us());
	if (!status_is_ok(status))
		return status;
	struct writer writer = {call, reply};
	status = series_make(series, write, &writer);
	if (status_is_ok(status))
		return status;
	write_reply(call, series, false, reply);
	for (size_t i = 0; i < series->count; i++) {
		const struct series_visit *visit = &series->visits[i];
		if (visit->fault.code == STATUS_ALREADY_EXISTS ||
		    visit->fault.code == STATUS_FAILED_PRECONDITION)
			add_alternatives(call, series, visit, reply->visits[visit->index]);
	}
	return status;
}
