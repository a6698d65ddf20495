#include "scheduling/store/booking.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- The look ---- */

/* The columns of book_look_one.sql. */
enum look_column {
	LOOK_ATHLETE_KNOWN,
	LOOK_SKILLED,
	LOOK_CLINIC_KNOWN,
	LOOK_DURATION,
	LOOK_BUFFER_BEFORE,
	LOOK_BUFFER_AFTER,
	LOOK_HOLD,
	LOOK_OFFSET,
	LOOK_DAY_STARTS,
	LOOK_DAY_ENDS,
	LOOK_WORKS,
	LOOK_PRACTITIONER_ABSENT,
	LOOK_CLINIC_ABSENT,
	LOOK_ROOMS,
	LOOK_PLANNED,
	LOOK_TRAVELS,
	LOOK_SESSIONS,
	LOOK_REVIEWS,
	LOOK_TIMING_WINDOWS,
};

static size_t records_in(const char *text)
{
	size_t count = *text ? 1 : 0;
	for (; *text; text++)
		count += *text == ',';
	return count;
}

static int64_t next_int(char **rest)
{
	char *field = *rest ? strsep(rest, " ") : NULL;
	return field ? strtoll(field, NULL, 10) : 0;
}

/* "id capacity faults 1.3,…": the places are not there when none is taken. */
static void read_rooms(struct arena *arena, const char *text, struct booking_look *look)
{
	char *rest = arena_strdup(arena, text);
	size_t count = records_in(text);
	look->rooms = ARENA_ARRAY(arena, count, struct booking_room);
	while (rest && look->rooms && look->room_count < count) {
		char *record = strsep(&rest, ",");
		struct booking_room *room = &look->rooms[look->room_count++];
		room->room_id = strsep(&record, " ");
		room->capacity = next_int(&record);
		room->faults = (unsigned)next_int(&record);
		for (const char *place; record && (place = strsep(&record, "."));)
			room->taken |= UINT64_C(1) << strtoul(place, NULL, 10);
	}
}

static struct booking_look read_look(struct arena *arena, const struct db_result *row)
{
	struct booking_look look = {
		.athlete_known = db_bool(row, 0, LOOK_ATHLETE_KNOWN),
		.practitioner_known = !db_is_null(row, 0, LOOK_SKILLED),
		.clinic_known = db_bool(row, 0, LOOK_CLINIC_KNOWN),
		.service_known = !db_is_null(row, 0, LOOK_DURATION),
		.works = db_bool(row, 0, LOOK_WORKS),
		.skilled = db_bool(row, 0, LOOK_SKILLED),
		.practitioner_absent = db_bool(row, 0, LOOK_PRACTITIONER_ABSENT),
		.clinic_absent = db_bool(row, 0, LOOK_CLINIC_ABSENT),
		.planned = db_bool(row, 0, LOOK_PLANNED),
		.travels = db_bool(row, 0, LOOK_TRAVELS),
		.duration_us = db_int(row, 0, LOOK_DURATION) * CLOCK_MINUTE_US,
		.buffer_before_us = db_int(row, 0, LOOK_BUFFER_BEFORE) * CLOCK_MINUTE_US,
		.buffer_after_us = db_int(row, 0, LOOK_BUFFER_AFTER) * CLOCK_MINUTE_US,
		.hold_us = db_int(row, 0, LOOK_HOLD) * CLOCK_MINUTE_US,
		.offset_s = db_int(row, 0, LOOK_OFFSET),
		.around = around_read(arena, db_text(row, 0, LOOK_SESSIONS),
				      db_text(row, 0, LOOK_REVIEWS),
				      db_text(row, 0, LOOK_TIMING_WINDOWS)),
	};
	if (look.clinic_known) {
		look.day_starts_at = db_instant(row, 0, LOOK_DAY_STARTS);
		look.day_ends_at = db_instant(row, 0, LOOK_DAY_ENDS);
	}
	read_rooms(arena, db_text(row, 0, LOOK_ROOMS), &look);
	return look;
}

FIBER struct status booking_look(struct db *db, struct arena *arena,
				 const struct booking_asked *asked, struct booking_look *ret_look)
{
	static const struct db_coalesced look = {&SQL_BOOK_LOOK_ONE, &SQL_BOOK_LOOK_MANY};
	const char *const values[] = {
		asked->organisation_id,
		asked->athlete_id,
		asked->service_id,
		asked->clinic_id,
		asked->practitioner_id,
		db_id(asked->room_id),
		db_from_instant(arena, asked->starts_at),
		db_id(asked->moved),
	};
	const struct db_result *row;
	struct status status =
		db_call(db, &look, asked->organisation_id, values, COUNT(values), arena, &row);
	if (status_is_ok(status))
		*ret_look = read_look(arena, row);
	return status;
}

/* ---- Writing ---- */

FIBER struct status booking_insert(struct db *db, struct arena *arena,
				   const struct booking_asked *asked, const struct booking *booking,
				   bool *ret_booked)
{
	static const struct db_coalesced book = {&SQL_BOOK_ONE, &SQL_BOOK_MANY};
	const char *const values[] = {
		asked->organisation_id,
		booking->appointment_id,
		asked->athlete_id,
		asked->practitioner_id,
		asked->clinic_id,
		booking->room_id,
		asked->service_id,
		db_from_instant(arena, asked->starts_at),
		db_from_instant(arena, booking->ends_at),
		db_from_instant(arena, booking->blocked_from),
		db_from_instant(arena, booking->blocked_until),
		booking->grade,
		booking->timing_override_reason,
		asked->key,
		db_from_instant(arena, booking->booked_at),
		booking->booked_by,
		booking->fingerprint,
		db_from_bytes(arena, booking->reply, booking->reply_length),
		booking->event_type,
		booking->traceparent,
		db_from_bytes(arena, booking->event, booking->event_length),
		db_from_int(arena, booking->place),
	};
	const struct db_result *row;
	struct status status =
		db_call(db, &book, asked->organisation_id, values, COUNT(values), arena, &row);
	if (status_is_ok(status))
		*ret_booked = db_bool(row, 0, 0);
	return status;
}

void booking_add(struct db_unit *unit, const struct booking_asked *asked,
		 const struct booking *booking)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_BOOK_INSERT, asked->organisation_id, booking->appointment_id,
	       asked->athlete_id, asked->practitioner_id, asked->clinic_id, booking->room_id,
	       db_from_int(arena, booking->place), asked->service_id,
	       db_from_instant(arena, asked->starts_at), db_from_instant(arena, booking->ends_at),
	       db_from_instant(arena, booking->blocked_from),
	       db_from_instant(arena, booking->blocked_until), booking->state,
	       booking->hold_expires_at ? db_from_instant(arena, booking->hold_expires_at) : NULL,
	       db_id(booking->series_id), booking->grade, booking->timing_override_reason,
	       booking->override_reason, booking->overridden, asked->key,
	       db_from_instant(arena, booking->booked_at), booking->booked_by);
}

void booking_move(struct db_unit *unit, const struct booking_asked *asked,
		  const struct booking *booking, int64_t version, const char *reason)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_BOOK_MOVE, asked->organisation_id, booking->appointment_id,
	       db_from_int(arena, version), asked->practitioner_id, asked->clinic_id,
	       booking->room_id, db_from_int(arena, booking->place),
	       db_from_instant(arena, asked->starts_at), db_from_instant(arena, booking->ends_at),
	       db_from_instant(arena, booking->blocked_from),
	       db_from_instant(arena, booking->blocked_until), booking->grade,
	       booking->timing_override_reason, booking->override_reason, booking->overridden,
	       db_from_instant(arena, booking->booked_at), reason, booking->booked_by);
}

void booking_lock(struct db_unit *unit, const char *organisation_id, const char *const *ids,
		  size_t count)
{
	DB_ADD(unit, &SQL_BOOK_LOCK, organisation_id,
	       db_from_texts(db_unit_arena(unit), ids, count));
}

bool booking_conflicts(const struct db_unit *unit)
{
	const char *constraint = db_unit_constraint(unit);
	return strcmp(constraint, "appointment_practitioner") == 0 ||
	       strcmp(constraint, "appointment_room") == 0 ||
	       strcmp(constraint, "appointment_athlete") == 0;
}

/* ---- Limits ---- */

static void read_plans(struct arena *arena, const char *text, struct booking_limits *limits)
{
	char *rest = arena_strdup(arena, text);
	size_t count = records_in(text);
	limits->plans = ARENA_ARRAY(arena, count, struct booking_plan);
	while (rest && limits->plans && limits->plan_count < count) {
		char *record = strsep(&rest, ",");
		struct booking_plan *plan = &limits->plans[limits->plan_count++];
		plan->visits = next_int(&record);
		plan->used = next_int(&record);
		plan->service_id = strsep(&record, " ");
		plan->starts_at = next_int(&record);
		plan->ends_at = next_int(&record);
	}
}

FIBER struct status booking_limits(struct db *db, struct arena *arena,
				   const struct booking_asked *asked, const struct booking *booking,
				   struct booking_limits *ret_limits)
{
	struct db_unit *unit = db_unit_new(arena, asked->organisation_id);
	size_t index = DB_ADD(unit, &SQL_BOOK_LIMITS, asked->organisation_id,
			      asked->practitioner_id, asked->athlete_id, asked->service_id,
			      asked->clinic_id, db_from_instant(arena, asked->starts_at),
			      db_from_instant(arena, booking->blocked_from),
			      db_from_instant(arena, booking->blocked_until), db_id(asked->moved),
			      db_from_instant(arena, booking->booked_at));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *row = db_unit_result(unit, index);
	*ret_limits = (struct booking_limits){
		.before = {db_int(row, 0, 0), db_int(row, 0, 1) * CLOCK_MINUTE_US},
		.after = {db_int(row, 0, 2), db_int(row, 0, 3) * CLOCK_MINUTE_US},
	};
	read_plans(arena, db_text(row, 0, 4), ret_limits);
	return status;
}

FIBER struct status booking_way(struct db *db, struct arena *arena, const char *organisation_id,
				const char *from_clinic_id, const char *to_clinic_id,
				int64_t *ret_travel_us)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index =
		DB_ADD(unit, &SQL_TRAVEL_FIND, organisation_id, from_clinic_id, to_clinic_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	*ret_travel_us = db_result_rows(found) ? db_int(found, 0, 0) * CLOCK_MINUTE_US : 0;
	return status;
}

void booking_keep_limits(struct db_unit *unit, const struct booking_asked *asked,
			 const struct booking *booking, bool whatever_way, bool whatever_plan)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_BOOK_LOCK_PLANS, asked->organisation_id, asked->athlete_id);
	DB_ADD(unit, &SQL_BOOK_LIMITS_KEPT, asked->organisation_id, asked->practitioner_id,
	       asked->athlete_id, asked->service_id, asked->clinic_id,
	       db_from_instant(arena, asked->starts_at),
	       db_from_instant(arena, booking->blocked_from),
	       db_from_instant(arena, booking->blocked_until), db_id(asked->moved),
	       db_from_instant(arena, booking->booked_at), db_from_bool(whatever_way),
	       db_from_bool(whatever_plan));
}

bool booking_limits_changed(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL007") == 0;
}

void booking_add_workplace(struct db_unit *unit, const struct booking_asked *asked, int64_t now_us)
{
	DB_ADD(unit, &SQL_BOOK_WORKPLACE, asked->organisation_id, asked->practitioner_id,
	       asked->clinic_id, db_from_instant(db_unit_arena(unit), now_us));
}

/* ---- Refused, and holds ---- */

FIBER struct status booking_refused(struct db *db, struct arena *arena,
				    const struct booking_asked *asked,
				    const struct booking *booking, int64_t now_us,
				    struct booking_refused *ret_refused)
{
	struct db_unit *unit = db_unit_new(arena, asked->organisation_id);
	size_t index = DB_ADD(
		unit, &SQL_BOOK_REFUSED, asked->organisation_id, asked->practitioner_id,
		asked->athlete_id, booking->room_id, db_from_int(arena, booking->place),
		db_from_instant(arena, asked->starts_at), db_from_instant(arena, booking->ends_at),
		db_from_instant(arena, booking->blocked_from),
		db_from_instant(arena, booking->blocked_until), asked->key,
		db_from_instant(arena, now_us), db_id(asked->moved));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *row = db_unit_result(unit, index);
	*ret_refused = (struct booking_refused){
		.key_known = db_bool(row, 0, 0),
		.practitioner_busy = db_bool(row, 0, 1),
		.athlete_busy = db_bool(row, 0, 2),
		.place_busy = db_bool(row, 0, 3),
		.dead_holds = db_bool(row, 0, 4),
	};
	return status;
}

size_t booking_find_dead_holds(struct db_unit *unit, const char *organisation_id, int64_t now_us,
			       int64_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_HOLD_DEAD, organisation_id, db_from_instant(arena, now_us),
		      db_from_int(arena, limit));
}

FIBER struct status booking_holders(struct db *db, struct arena *arena,
				    struct booking_holder **ret_holders, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_HOLD_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct booking_holder *holders = ARENA_ARRAY(arena, count, struct booking_holder);
	if (count && !holders)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "too many organisations hold");
	for (size_t row = 0; row < count; row++)
		holders[row] = (struct booking_holder){db_text(result, row, 0),
						       db_instant(result, row, 1)};
	*ret_holders = holders;
	*ret_count = count;
	return status;
}

void booking_confirm(struct db_unit *unit, const char *organisation_id, const char *appointment_id,
		     int64_t now_us, const char *by)
{
	DB_ADD(unit, &SQL_HOLD_CONFIRM, organisation_id, appointment_id,
	       db_from_instant(db_unit_arena(unit), now_us), by);
}
