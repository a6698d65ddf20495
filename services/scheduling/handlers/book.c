#include "scheduling/handlers/check.h"
#include "scheduling/handlers/local_time.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/offer.h"
#include "scheduling/store/booking.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define TRIES         8 /* free rooms that others take meanwhile */
#define HORIZON_YEARS 2

/* One attempt to book, from the look to the answer. */
struct attempt {
	struct call *call;
	const Soleus__V1__BookRequest *request;
	Soleus__V1__BookReply *reply;
	struct booking_asked asked;
	struct booking_look look;
	struct booking booking;
	struct timing_result timing;
	int64_t now_us;
};

static void check_request(struct check *check, const Soleus__V1__BookRequest *request,
			  int64_t now_us)
{
	check_id(check, "athlete_id", request->athlete_id);
	check_id(check, "service_id", request->service_id);
	check_id(check, "clinic_id", request->clinic_id);
	check_id(check, "practitioner_id", request->practitioner_id);
	check_id_or_empty(check, "room_id", request->room_id);
	check_instant(check, "starts_at", request->starts_at);
	check_that(check,
		   request->starts_at % CLOCK_MINUTE_US == 0 &&
			   request->starts_at < now_us + HORIZON_YEARS * 366 * CLOCK_DAY_US,
		   "starts_at", "a full minute within two years from now");
	check_words(check, "timing_override_reason", request->timing_override_reason);
}

static struct status check_look(const struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	if (!look->athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	if (!look->service_known)
		return status_error(STATUS_NOT_FOUND, "no such service");
	if (!look->clinic_known)
		return status_error(STATUS_NOT_FOUND, "no such clinic");
	if (!look->practitioner_known)
		return status_error(STATUS_NOT_FOUND, "no such practitioner");
	if (*attempt->request->room_id && !*look->rooms)
		return status_error(STATUS_NOT_FOUND, "no such room in this clinic");
	if (attempt->request->starts_at < attempt->now_us)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the visit would begin in the past");
	if (!look->works)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the practitioner does not work at this clinic for the whole "
				    "of the visit: see working hours");
	return status_ok();
}

/* T1: a warning needs a reason of staff's. The reply says what warns. */
static struct status check_timing(struct attempt *attempt)
{
	struct call *call = attempt->call;
	Soleus__V1__BookReply *reply = attempt->reply;
	reply->grade = (char *)timing_grade_name(attempt->timing.grade);
	reply->reasons = reason_messages(call->arena, &attempt->timing, &reply->n_reasons);
	reply->open_reviews =
		review_messages(call->arena, &attempt->look.around, &reply->n_open_reviews);
	attempt->booking.timing_override_reason = "";
	if (attempt->timing.grade != TIMING_WARN)
		return status_ok();
	if (is_staff(call) && !text_is_blank(attempt->request->timing_override_reason)) {
		attempt->booking.timing_override_reason = attempt->request->timing_override_reason;
		return status_ok();
	}
	const char *why = "";
	for (size_t i = 0; i < reply->n_reasons; i++)
		if (strcmp(reply->reasons[i]->rule, "T2") != 0)
			why = arena_printf(call->arena, "%s%s%s", why, *why ? "; " : "",
					   reply->reasons[i]->text);
	return status_errorf(call->arena, STATUS_FAILED_PRECONDITION,
			     "the timing warns: %s. Staff can book with timing_override_reason",
			     why);
}

static void plan(struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	struct booking *booking = &attempt->booking;
	int64_t starts_at = attempt->request->starts_at;
	booking->appointment_id = text_uuid7_new(attempt->call->arena);
	booking->ends_at = starts_at + look->duration_us;
	booking->blocked_from = starts_at - look->buffer_before_us;
	booking->blocked_until = booking->ends_at + look->buffer_after_us;
	booking->booked_at = attempt->now_us;
	booking->booked_by = attempt->call->principal->name;
	booking->fingerprint = command_fingerprint(attempt->call);
	booking->traceparent = attempt->call->traceparent;
	const struct slots_range visit = {starts_at, booking->ends_at};
	rank_grade(&look->around, &visit, look->day_starts_at, look->day_ends_at, &attempt->timing);
	booking->grade = timing_grade_name(attempt->timing.grade);
}

/* Reply and event are made beforehand: they are stored by the statement that books. */
static void write_answers(struct attempt *attempt, const char *room_id)
{
	struct arena *arena = attempt->call->arena;
	const Soleus__V1__BookRequest *request = attempt->request;
	struct booking *booking = &attempt->booking;
	booking->room_id = room_id;
	attempt->reply->appointment_id = (char *)booking->appointment_id;
	attempt->reply->room_id = (char *)room_id;
	attempt->reply->starts_at = request->starts_at;
	attempt->reply->ends_at = booking->ends_at;
	booking->reply = message_encode(&attempt->reply->base, arena, &booking->reply_length);

	const struct appointment_row row = {
		.appointment_id = booking->appointment_id,
		.athlete_id = request->athlete_id,
		.practitioner_id = request->practitioner_id,
		.clinic_id = request->clinic_id,
		.room_id = room_id,
		.service_id = request->service_id,
		.starts_at = request->starts_at,
		.ends_at = booking->ends_at,
		.state = APPOINTMENT_BOOKED,
		.grade = booking->grade,
		.timing_override_reason = booking->timing_override_reason,
		.screening_outcome = "",
		.offset_s = attempt->look.offset_s,
	};
	Soleus__V1__AppointmentBooked event = SOLEUS__V1__APPOINTMENT_BOOKED__INIT;
	event.appointment = appointment_message(arena, &row);
	event.booked_at = booking->booked_at;
	booking->event_type = event.base.descriptor->name;
	booking->event = message_encode(&event.base, arena, &booking->event_length);
}

static FIBER struct status answer_taken(struct attempt *attempt, const char *who)
{
	struct offer offer;
	soleus__v1__book_reply__init(attempt->reply);
	offer_alternatives(attempt->call, attempt->request, &offer);
	attempt->reply->alternatives = offer.slots;
	attempt->reply->n_alternatives = offer.slot_count;
	return status_error(STATUS_ALREADY_EXISTS, who);
}

/* Tries the free rooms (or the one that was asked for) until one holds or somebody is busy. */
static FIBER struct status book_a_room(struct attempt *attempt)
{
	struct call *call = attempt->call;
	struct db *db = call_db(call);
	const char *rooms = attempt->look.rooms;
	bool any_room = !*attempt->request->room_id;
	for (unsigned tries = 0; tries < TRIES && *rooms; tries++) {
		bool booked = false;
		struct booking_refused refused;
		write_answers(attempt, arena_strndup(call->arena, rooms, strcspn(rooms, " ")));
		struct status status = booking_insert(db, call->arena, &attempt->asked,
						      &attempt->booking, &booked);
		if (status_is_ok(status) && !booked)
			status = booking_refused(db, call->arena, &attempt->asked,
						 &attempt->booking, &refused);
		if (!status_is_ok(status))
			return status;
		if (booked) {
			command_committed(call);
			return status;
		}
		if (refused.key_known)
			return command_replay(call);
		if (refused.practitioner_busy)
			return answer_taken(attempt, "taken: the practitioner is busy then");
		if (refused.athlete_busy)
			return answer_taken(attempt, "the athlete has another visit then");
		if (!any_room && refused.room_busy)
			return answer_taken(attempt, "taken: the room is busy then");
		if (any_room)
			rooms = refused.rooms;
	}
	return answer_taken(attempt, "taken: no room of the clinic is free then");
}

RPC(Scheduling, scheduling, Book, book)
{
	struct attempt attempt = {
		.call = call,
		.request = request,
		.reply = reply,
		.now_us = clock_now_us(),
		.asked = {.organisation_id = call->organisation_id,
			  .key = call->idempotency_key,
			  .athlete_id = request->athlete_id,
			  .service_id = request->service_id,
			  .clinic_id = request->clinic_id,
			  .practitioner_id = request->practitioner_id,
			  .room_id = request->room_id,
			  .starts_at = request->starts_at},
	};
	struct check check = check_begin(call);
	check_request(&check, request, attempt.now_us);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct status status =
		booking_look(call_db(call), call->arena, &attempt.asked, &attempt.look);
	if (status_is_ok(status))
		status = check_look(&attempt);
	if (!status_is_ok(status))
		return status;
	plan(&attempt);
	status = check_timing(&attempt);
	if (!status_is_ok(status))
		return status;
	return book_a_room(&attempt);
}
