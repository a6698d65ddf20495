#include "scheduling/store/appointment.h"

#include "scheduling_sql.h"

#include <assert.h>
#include <string.h>

static const char *const state_names[] = {
	[APPOINTMENT_HELD] = "held",
	[APPOINTMENT_BOOKED] = "booked",
	[APPOINTMENT_CHECKED_IN] = "checked_in",
	[APPOINTMENT_COMPLETED] = "completed",
	[APPOINTMENT_CANCELLED] = "cancelled",
	[APPOINTMENT_NO_SHOW] = "no_show",
	[APPOINTMENT_EXPIRED] = "expired",
};

const char *appointment_state_name(enum appointment_state state)
{
	return state_names[state];
}

static enum appointment_state state_named(const char *name)
{
	for (size_t i = 0; i < sizeof(state_names) / sizeof(*state_names); i++)
		if (strcmp(state_names[i], name) == 0)
			return (enum appointment_state)i;
	assert(!"a state that the schema does not allow");
	return APPOINTMENT_NO_SHOW;
}

size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id, const char *key)
{
	return DB_ADD(unit, &SQL_APPOINTMENT_FIND, organisation_id, appointment_id, key);
}

bool appointment_key_known(const struct db_result *found)
{
	return db_bool(found, 0, db_result_column(found, "key_known"));
}

size_t appointments_of_clinic(struct db_unit *unit, const char *organisation_id,
			      const char *clinic_id, int64_t from_us, int64_t until_us,
			      int64_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_APPOINTMENTS_OF_CLINIC, organisation_id, clinic_id,
		      db_from_instant(arena, from_us), db_from_instant(arena, until_us),
		      db_from_int(arena, limit));
}

size_t appointments_of_athlete(struct db_unit *unit, const char *organisation_id,
			       const char *athlete_id, int64_t from_us, int64_t until_us,
			       int64_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_APPOINTMENTS_OF_ATHLETE, organisation_id, athlete_id,
		      db_from_instant(arena, from_us), db_from_instant(arena, until_us),
		      db_from_int(arena, limit));
}

struct appointment_row appointment_row(const struct db_result *result, size_t row)
{
	return (struct appointment_row){
		.appointment_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.practitioner_id = db_text(result, row, 2),
		.clinic_id = db_text(result, row, 3),
		.room_id = db_text(result, row, 4),
		.service_id = db_text(result, row, 5),
		.starts_at = db_instant(result, row, 6),
		.ends_at = db_instant(result, row, 7),
		.state = state_named(db_text(result, row, 8)),
		.grade = db_text(result, row, 9),
		.timing_override_reason = db_text(result, row, 10),
		.screening_outcome = db_text(result, row, 11),
		.screening_why = db_text(result, row, 12),
		.offset_s = db_int(result, row, 13),
		.version = db_int(result, row, 14),
		.place = db_int(result, row, 15),
		.override_reason = db_text(result, row, 16),
		.overridden = db_text(result, row, 17),
		.series_id = db_text(result, row, 18),
		.hold_expires_at = db_is_null(result, row, 19) ? 0 : db_instant(result, row, 19),
	};
}

void appointment_move(struct db_unit *unit, const char *organisation_id,
		      const struct appointment_row *from, enum appointment_state to, int64_t now_us,
		      const char *reason, const char *by)
{
	DB_ADD(unit, &SQL_APPOINTMENT_MOVE, organisation_id, from->appointment_id,
	       state_names[from->state], state_names[to],
	       db_from_instant(db_unit_arena(unit), now_us), reason, by);
}

bool appointment_has_moved(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}
