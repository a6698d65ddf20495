#include "scheduling/handlers/attempt.h"

#include "scheduling/handlers/attempt_refusals.h"
#include "scheduling/handlers/hold_expiry.h"
#include "scheduling/handlers/messages.h"
#include "scheduling/handlers/rank.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <strings.h>

#define TRIES         12 /* while others are quicker */
#define HORIZON_YEARS INT64_C(2)

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
		.stays_in = "",
		.wanted = wanted,
		.now_us = clock_now_us(),
	};
}

/* ---- Look ---- */

static const char *field_of(struct check *check, const char *prefix, const char *field)
{
	return *prefix ? arena_printf(check->arena, "%s%s", prefix, field) : field;
}

void attempt_check_time(struct check *check, const char *field, int64_t starts_at, int64_t now_us)
{
	check_that(check,
		   starts_at > 0 && starts_at % CLOCK_MINUTE_US == 0 &&
			   starts_at < now_us + HORIZON_YEARS * 366 * CLOCK_DAY_US,
		   field, "an instant: a full minute within two years from now");
}

void attempt_check(struct check *check, const char *prefix, const Soleus__V1__BookRequest *wanted,
		   int64_t now_us)
{
	check_id(check, field_of(check, prefix, "athlete_id"), wanted->athlete_id);
	check_id(check, field_of(check, prefix, "service_id"), wanted->service_id);
	check_id(check, field_of(check, prefix, "clinic_id"), wanted->clinic_id);
	check_id(check, field_of(check, prefix, "practitioner_id"), wanted->practitioner_id);
	check_id_or_empty(check, field_of(check, prefix, "room_id"), wanted->room_id);
	attempt_check_time(check, field_of(check, prefix, "starts_at"), wanted->starts_at, now_us);
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
	if (*attempt->wanted->room_id && look->room_count == 0)
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
		.moved = attempt->moves,
		.starts_at = wanted->starts_at,
	};
	struct status status = booking_look(events_db(attempt->events), attempt->arena,
					    &attempt->asked, &attempt->look);
	if (status_is_ok(status))
		status = check_look(attempt);
	attempt->taken = attempt->athlete_is_busy = false;
	if (!status_is_ok(status))
		return status;
	plan(attempt);
	return attempt_find_refusals(attempt);
}

/* ---- Place and write ---- */

/* Bit p: place p is taken, or another visit of the series takes it. */
static uint64_t taken_places(const struct attempt *attempt, const struct booking_room *room)
{
	uint64_t taken = room->taken;
	for (size_t i = 0; i < attempt->beside_count; i++) {
		const struct booking *other = &attempt->besides[i]->booking;
		if (other->room_id && strcasecmp(other->room_id, room->room_id) == 0 &&
		    other->blocked_from < attempt->booking.blocked_until &&
		    attempt->booking.blocked_from < other->blocked_until)
			taken |= UINT64_C(1) << other->place;
	}
	return taken;
}

static unsigned free_places(int64_t capacity, uint64_t taken)
{
	unsigned count = 0;
	for (int64_t place = 1; place <= capacity; place++)
		count += !(taken >> place & 1);
	return count;
}

/* Any of the free ones, so that those who come at the same time take different ones. */
static int64_t free_place(uint64_t taken, unsigned count)
{
	uint64_t skip = count > 1 ? random_below(count) : 0;
	int64_t place = 1;
	while (taken >> place & 1 || skip-- > 0)
		place++;
	return place;
}

static bool take_place_in(struct attempt *attempt, const struct booking_room *room)
{
	uint64_t taken = taken_places(attempt, room);
	unsigned count = free_places(room->capacity, taken);
	if (room->faults != attempt->facts.room_faults || count == 0)
		return false;
	attempt->booking.room_id = room->room_id;
	attempt->booking.place = free_place(taken, count);
	return true;
}

bool attempt_take_place(struct attempt *attempt)
{
	const struct booking_look *look = &attempt->look;
	for (size_t i = 0; i < look->room_count; i++)
		if (strcasecmp(look->rooms[i].room_id, attempt->stays_in) == 0 &&
		    take_place_in(attempt, &look->rooms[i]))
			return true;
	for (size_t i = 0; i < look->room_count; i++)
		if (take_place_in(attempt, &look->rooms[i]))
			return true;
	return false;
}

bool attempt_may_go_alone(const struct attempt *attempt)
{
	return !attempt->look.planned && !attempt->look.travels && !attempt->refusals;
}

void attempt_add_locks(struct db_unit *unit, struct attempt *const *attempts, size_t count)
{
	size_t id_count = 0;
	const char **ids = ARENA_ARRAY(db_unit_arena(unit), 3 * count, const char *);
	for (size_t i = 0; ids && i < count; i++) {
		ids[id_count++] = attempts[i]->wanted->practitioner_id;
		ids[id_count++] = attempts[i]->wanted->athlete_id;
		ids[id_count++] = attempts[i]->booking.room_id;
	}
	booking_lock(unit, attempts[0]->organisation_id, ids, id_count);
}

void attempt_add_checks(const struct attempt *attempt, struct db_unit *unit)
{
	if (attempt->look.planned || attempt->look.travels)
		booking_keep_limits(unit, &attempt->asked, &attempt->booking,
				    attempt->refusals & 1u << REFUSAL_TRAVEL,
				    attempt->refusals & 1u << REFUSAL_VISIT_PLAN);
	if (attempt->refusals & 1u << REFUSAL_OUTSIDE_HOURS)
		booking_add_workplace(unit, &attempt->asked, attempt->now_us);
}

void attempt_add_booking(const struct attempt *attempt, struct db_unit *unit)
{
	booking_add(unit, &attempt->asked, &attempt->booking);
}

struct status attempt_written(struct attempt *attempt, const struct db_unit *unit,
			      struct status status)
{
	attempt->conflict =
		!status_is_ok(status) && (booking_conflicts(unit) || booking_limits_changed(unit));
	if (status_is_ok(status) && attempt->booking.hold_expires_at)
		hold_expiry_expect();
	return status;
}

static struct status taken(struct attempt *attempt, const char *who)
{
	attempt->taken = true;
	return status_error(STATUS_ALREADY_EXISTS, who);
}

FIBER struct status attempt_conflict(struct attempt *attempt)
{
	static const char no_room[] = "taken: no room of the clinic is free then";
	bool any_room = !*attempt->wanted->room_id;
	struct booking_refused refused;
	struct status status =
		booking_refused(events_db(attempt->events), attempt->arena, &attempt->asked,
				&attempt->booking, attempt->now_us, &refused);
	if (!status_is_ok(status))
		return status;
	if (refused.key_known)
		return status_error(STATUS_ALREADY_EXISTS, "the command was done before");
	if (refused.practitioner_busy)
		return taken(attempt, "taken: the practitioner is busy then");
	attempt->athlete_is_busy = refused.athlete_busy;
	if (refused.athlete_busy)
		return taken(attempt, "the athlete has another visit then");
	if (refused.dead_holds)
		return hold_expiry_end(attempt->events, attempt->arena, attempt->organisation_id,
				       attempt->now_us);
	if (!attempt->booking.room_id)
		return taken(attempt, any_room ? no_room : "taken: the room is busy then");
	/* The only place of a room that was asked for is not looked at before. */
	if (refused.place_busy && !any_room && attempt->look.rooms[0].capacity == 1)
		return taken(attempt, "taken: the room is busy then");
	return status_ok();
}

/* One round; OK without conflict: written. */
static FIBER struct status try_once(struct attempt *attempt, attempt_write *write, void *argument)
{
	struct status status = attempt_look(attempt);
	if (status_is_ok(status))
		status = attempt_allowed(attempt);
	attempt->conflict = false;
	if (!status_is_ok(status))
		return status;
	if (attempt_take_place(attempt))
		status = write(attempt, argument);
	else
		attempt->conflict = true;
	return attempt->conflict ? attempt_conflict(attempt) : status;
}

FIBER struct status attempt_make(struct attempt *attempt, attempt_write *write, void *argument)
{
	struct status status = status_ok();
	attempt->conflict = true;
	for (unsigned tries = 0; status_is_ok(status) && attempt->conflict && tries < TRIES;
	     tries++)
		status = try_once(attempt, write, argument);
	if (status_is_ok(status) && attempt->conflict)
		status = status_error(STATUS_ABORTED, "many others book at the same time: repeat");
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
		.state = attempt->booking.hold_expires_at ? APPOINTMENT_HELD : APPOINTMENT_BOOKED,
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
	reply->refusals = attempt_refusals(attempt, &reply->n_refusals);
	if (!attempt->booking.room_id)
		return;
	reply->appointment_id = (char *)attempt->booking.appointment_id;
	reply->room_id = (char *)attempt->booking.room_id;
	reply->starts_at = attempt->wanted->starts_at;
	reply->ends_at = attempt->booking.ends_at;
}
