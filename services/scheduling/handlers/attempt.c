#include "scheduling/handlers/attempt.h"

#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/rank.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define TRIES         8 /* free places that others take meanwhile */
#define HORIZON_YEARS 2

struct attempt attempt_of_call(struct call *call, const Soleus__V1__BookRequest *wanted)
{
	return (struct attempt){
		.events = call->context,
		.arena = call->arena,
		.organisation_id = call->organisation_id,
		.by = call->principal->name,
		.by_staff = is_staff(call),
		.key = call->idempotency_key,
		.moves = "",
		.wanted = wanted,
		.now_us = clock_now_us(),
	};
}

/* ---- Look ---- */

static const char *field_of(struct check *check, const char *prefix, const char *field)
{
	return *prefix ? arena_printf(check->arena, "%s%s", prefix, field) : field;
}

void attempt_check(struct check *check, const char *prefix, const Soleus__V1__BookRequest *wanted,
		   int64_t now_us)
{
	check_id(check, field_of(check, prefix, "athlete_id"), wanted->athlete_id);
	check_id(check, field_of(check, prefix, "service_id"), wanted->service_id);
	check_id(check, field_of(check, prefix, "clinic_id"), wanted->clinic_id);
	check_id(check, field_of(check, prefix, "practitioner_id"), wanted->practitioner_id);
	check_id_or_empty(check, field_of(check, prefix, "room_id"), wanted->room_id);
	const char *starts_at = field_of(check, prefix, "starts_at");
	check_instant(check, starts_at, wanted->starts_at);
	check_that(check,
		   wanted->starts_at % CLOCK_MINUTE_US == 0 &&
			   wanted->starts_at < now_us + HORIZON_YEARS * 366 * CLOCK_DAY_US,
		   starts_at, "a full minute within two years from now");
	check_words(check, field_of(check, prefix, "timing_override_reason"),
		    wanted->timing_override_reason);
	check_words(check, field_of(check, prefix, "override_reason"), wanted->override_reason);
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
	if (*attempt->wanted->room_id && !*look->rooms)
		return status_error(STATUS_NOT_FOUND, "no such room in this clinic");
	if (attempt->wanted->starts_at < attempt->now_us)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the visit would begin in the past");
	return status_ok();
}

static void plan(struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	int64_t starts_at = attempt->wanted->starts_at;
	int64_t ends_at = starts_at + look->duration_us;
	const struct slots_range visit = {starts_at, ends_at};
	rank_grade(&look->around, &visit, look->day_starts_at, look->day_ends_at, &attempt->timing);
	attempt->booking = (struct booking){
		.appointment_id = *attempt->moves ? attempt->moves : text_uuid7_new(attempt->arena),
		.ends_at = ends_at,
		.blocked_from = starts_at - look->buffer_before_us,
		.blocked_until = ends_at + look->buffer_after_us,
		.state = appointment_state_name(APPOINTMENT_BOOKED),
		.series_id = "",
		.grade = timing_grade_name(attempt->timing.grade),
		.timing_override_reason = "",
		.override_reason = "",
		.overridden = "",
		.booked_at = attempt->now_us,
		.booked_by = attempt->by,
	};
}

FIBER struct status attempt_look(struct attempt *attempt)
{
	const Soleus__V1__BookRequest *wanted = attempt->wanted;
	attempt->asked = (struct booking_asked){
		.organisation_id = attempt->organisation_id,
		.key = attempt->key,
		.athlete_id = wanted->athlete_id,
		.service_id = wanted->service_id,
		.clinic_id = wanted->clinic_id,
		.practitioner_id = wanted->practitioner_id,
		.room_id = wanted->room_id,
		.starts_at = wanted->starts_at,
	};
	struct status status = booking_look(events_db(attempt->events), attempt->arena,
					    &attempt->asked, &attempt->look);
	if (status_is_ok(status))
		status = check_look(attempt);
	if (status_is_ok(status))
		plan(attempt);
	return status;
}

/* ---- Refusals ---- */

/* T1: a warning needs a reason of staff's. */
static struct status check_timing(struct attempt *attempt)
{
	if (attempt->timing.grade != TIMING_WARN)
		return status_ok();
	if (attempt->by_staff && !text_is_blank(attempt->wanted->timing_override_reason)) {
		attempt->booking.timing_override_reason = attempt->wanted->timing_override_reason;
		return status_ok();
	}
	const char *why = "";
	for (size_t i = 0; i < attempt->timing.reason_count; i++) {
		char text[TIMING_TEXT_BYTES];
		const struct timing_reason *reason = &attempt->timing.reasons[i];
		if (strcmp(reason->rule, "T2") == 0)
			continue;
		timing_reason_text(reason, text, sizeof(text));
		why = arena_printf(attempt->arena, "%s%s%s", why, *why ? "; " : "", text);
	}
	return status_errorf(attempt->arena, STATUS_FAILED_PRECONDITION,
			     "the timing warns: %s. Staff can book with timing_override_reason",
			     why);
}

struct status attempt_allowed(struct attempt *attempt)
{
	if (!attempt->look.works)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the practitioner does not work at this clinic for the whole "
				    "of the visit: see working hours");
	return check_timing(attempt);
}

/* ---- Place and write ---- */

bool attempt_take_place(struct attempt *attempt)
{
	const char *rooms = attempt->look.rooms;
	size_t length = strcspn(rooms, " ");
	if (length == 0)
		return false;
	attempt->booking.room_id = arena_strndup(attempt->arena, rooms, length);
	attempt->booking.place = 1;
	return true;
}

void attempt_add_checks(const struct attempt *attempt, struct db_unit *unit)
{
	(void)attempt;
	(void)unit;
}

void attempt_add_booking(const struct attempt *attempt, struct db_unit *unit)
{
	booking_add(unit, &attempt->asked, &attempt->booking);
}

struct status attempt_written(struct attempt *attempt, const struct db_unit *unit,
			      struct status status)
{
	attempt->conflict = !status_is_ok(status) && booking_conflicts(unit);
	return status;
}

FIBER struct status attempt_conflict(struct attempt *attempt)
{
	struct booking_refused refused;
	struct status status = booking_refused(events_db(attempt->events), attempt->arena,
					       &attempt->asked, &attempt->booking, &refused);
	if (!status_is_ok(status))
		return status;
	if (refused.key_known)
		return status_error(STATUS_ALREADY_EXISTS, "the command was done before");
	bool any_room = !*attempt->wanted->room_id;
	attempt->taken = true;
	if (refused.practitioner_busy)
		return status_error(STATUS_ALREADY_EXISTS, "taken: the practitioner is busy then");
	if (refused.athlete_busy)
		return status_error(STATUS_ALREADY_EXISTS, "the athlete has another visit then");
	if (!any_room && refused.room_busy)
		return status_error(STATUS_ALREADY_EXISTS, "taken: the room is busy then");
	if (any_room && !*refused.rooms)
		return status_error(STATUS_ALREADY_EXISTS,
				    "taken: no room of the clinic is free then");
	attempt->taken = false;
	if (any_room)
		attempt->look.rooms = refused.rooms;
	return status_ok();
}

static FIBER struct status take_a_place(struct attempt *attempt, attempt_write *write,
					void *argument)
{
	for (unsigned tries = 0; tries < TRIES && attempt_take_place(attempt); tries++) {
		attempt->conflict = false;
		struct status status = write(attempt, argument);
		if (!attempt->conflict)
			return status;
		status = attempt_conflict(attempt);
		if (!status_is_ok(status))
			return status;
	}
	attempt->taken = true;
	return status_error(STATUS_ALREADY_EXISTS, "taken: no room of the clinic is free then");
}

FIBER struct status attempt_make(struct attempt *attempt, attempt_write *write, void *argument)
{
	struct status status = attempt_look(attempt);
	if (status_is_ok(status))
		status = attempt_allowed(attempt);
	if (status_is_ok(status))
		status = take_a_place(attempt, write, argument);
	if (!status_is_ok(status))
		attempt->booking.room_id = NULL; /* so that no reply names it */
	return status;
}

/* ---- Answers ---- */

struct appointment_row attempt_row(const struct attempt *attempt)
{
	const Soleus__V1__BookRequest *wanted = attempt->wanted;
	return (struct appointment_row){
		.appointment_id = attempt->booking.appointment_id,
		.athlete_id = wanted->athlete_id,
		.practitioner_id = wanted->practitioner_id,
		.clinic_id = wanted->clinic_id,
		.room_id = attempt->booking.room_id,
		.service_id = wanted->service_id,
		.starts_at = wanted->starts_at,
		.ends_at = attempt->booking.ends_at,
		.state = APPOINTMENT_BOOKED,
		.grade = attempt->booking.grade,
		.timing_override_reason = attempt->booking.timing_override_reason,
		.screening_outcome = "",
		.offset_s = attempt->look.offset_s,
		.version = 1,
		.place = attempt->booking.place,
		.override_reason = attempt->booking.override_reason,
		.overridden = attempt->booking.overridden,
		.series_id = attempt->booking.series_id,
		.hold_expires_at = attempt->booking.hold_expires_at,
	};
}

void attempt_reply(const struct attempt *attempt, Soleus__V1__BookReply *reply)
{
	if (!attempt->booking.appointment_id)
		return; /* not graded */
	reply->grade = (char *)timing_grade_name(attempt->timing.grade);
	reply->reasons = reason_messages(attempt->arena, &attempt->timing, &reply->n_reasons);
	reply->open_reviews =
		review_messages(attempt->arena, &attempt->look.around, &reply->n_open_reviews);
	if (!attempt->booking.room_id)
		return;
	reply->appointment_id = (char *)attempt->booking.appointment_id;
	reply->room_id = (char *)attempt->booking.room_id;
	reply->starts_at = attempt->wanted->starts_at;
	reply->ends_at = attempt->booking.ends_at;
}
