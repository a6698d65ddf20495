#include "scheduling/store/booking.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

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
	};
	const struct db_result *row;
	struct status status =
		db_call(db, &look, asked->organisation_id, values, COUNT(values), arena, &row);
	if (!status_is_ok(status))
		return status;
	struct booking_look found = {
		.athlete_known = db_bool(row, 0, 0),
		.practitioner_known = db_bool(row, 0, 1),
		.clinic_known = db_bool(row, 0, 2),
		.service_known = !db_is_null(row, 0, 3),
		.duration_us = db_int(row, 0, 3) * CLOCK_MINUTE_US,
		.buffer_before_us = db_int(row, 0, 4) * CLOCK_MINUTE_US,
		.buffer_after_us = db_int(row, 0, 5) * CLOCK_MINUTE_US,
		.offset_s = db_int(row, 0, 6),
		.works = db_bool(row, 0, 9),
		.rooms = db_text(row, 0, 10),
		.around = around_read(arena, db_text(row, 0, 11), db_text(row, 0, 12)),
	};
	if (found.clinic_known) {
		found.day_starts_at = db_instant(row, 0, 7);
		found.day_ends_at = db_instant(row, 0, 8);
	}
	*ret_look = found;
	return status;
}

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

bool booking_conflicts(const struct db_unit *unit)
{
	const char *constraint = db_unit_constraint(unit);
	return strcmp(constraint, "appointment_practitioner") == 0 ||
	       strcmp(constraint, "appointment_room") == 0 ||
	       strcmp(constraint, "appointment_athlete") == 0;
}

FIBER struct status booking_refused(struct db *db, struct arena *arena,
				    const struct booking_asked *asked,
				    const struct booking *booking,
				    struct booking_refused *ret_refused)
{
	struct db_unit *unit = db_unit_new(arena, asked->organisation_id);
	size_t index = DB_ADD(unit, &SQL_BOOK_REFUSED, asked->organisation_id,
			      asked->practitioner_id, asked->athlete_id, booking->room_id,
			      asked->clinic_id, db_from_instant(arena, asked->starts_at),
			      db_from_instant(arena, booking->ends_at),
			      db_from_instant(arena, booking->blocked_from),
			      db_from_instant(arena, booking->blocked_until), asked->key);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *row = db_unit_result(unit, index);
	*ret_refused = (struct booking_refused){
		.key_known = db_bool(row, 0, 0),
		.practitioner_busy = db_bool(row, 0, 1),
		.athlete_busy = db_bool(row, 0, 2),
		.room_busy = db_bool(row, 0, 3),
		.rooms = db_text(row, 0, 4),
	};
	return status;
}
