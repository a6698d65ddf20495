#include "scheduling/store/appointment.h"

#include "base/clock.h"

#include "scheduling_sql.h"

#include <assert.h>
#include <string.h>

static enum appointment_state state_named(const char *name)
{
	enum appointment_state state = APPOINTMENT_NO_SHOW;
	bool known = appointment_state_find(name, &state);
	assert(known);
	(void)known;
	return state;
}

size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id, const char *key)
{
	return DB_ADD(unit, &SQL_APPOINTMENT_FIND, organisation_id, appointment_id, key);
}

void appointment_audit(struct db_unit *unit, const char *const *values, const char *appointment_id,
		       const char *athlete_id)
{
	DB_ADD(unit, &SQL_AUDIT_VISIT_READ, values[0], values[1], values[2], values[3], values[4],
	       values[5], values[6], values[7], appointment_id, athlete_id);
}

bool appointment_key_known(const struct db_result *found)
{
	return db_bool(found, 0, db_result_column(found, "key_known"));
}

int64_t appointment_cutoff_us(const struct db_result *found)
{
	return db_int(found, 0, db_result_column(found, "cutoff_minutes")) * CLOCK_MINUTE_US;
}

const char *appointment_offer_id(const struct db_result *found, size_t row)
{
	return db_text(found, row, db_result_column(found, "offer_id"));
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

size_t appointments_ahead(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  int64_t now_us, int64_t most)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_APPOINTMENTS_AHEAD, organisation_id, athlete_id,
		      db_from_instant(arena, now_us), db_from_int(arena, most));
}

size_t appointments_of_practitioner(struct db_unit *unit, const char *organisation_id,
				    const char *practitioner_id, int64_t from_us, int64_t until_us,
				    int64_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_APPOINTMENTS_OF_PRACTITIONER, organisation_id, practitioner_id,
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
		.confirmed_at = db_is_null(result, row, 20) ? 0 : db_instant(result, row, 20),
		.confirmed_by = db_text(result, row, 21),
	};
}

void appointment_confirm(struct db_unit *unit, const char *organisation_id,
			 const char *appointment_id, int64_t starts_at, int64_t at, const char *by)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_VISIT_CONFIRM, organisation_id, appointment_id,
	       db_from_instant(arena, starts_at), db_from_instant(arena, at), by);
}

void appointment_move(struct db_unit *unit, const char *organisation_id,
		      struct appointment_row *row, enum appointment_state to,
		      const struct appointment_word *word)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_APPOINTMENT_MOVE, organisation_id, row->appointment_id,
	       db_from_int(arena, row->version), appointment_state_name(to),
	       db_from_instant(arena, word->at), word->reason, word->by, word->override_reason,
	       word->overridden);
	row->state = to;
	row->version++;
	if (*word->overridden) {
		row->override_reason = word->override_reason;
		row->overridden = word->overridden;
	}
}

size_t appointment_history(struct db_unit *unit, const char *organisation_id,
			   const char *appointment_id)
{
	return DB_ADD(unit, &SQL_APPOINTMENT_HISTORY, organisation_id, appointment_id);
}

struct appointment_version appointment_version(const struct db_result *result, size_t row)
{
	return (struct appointment_version){
		.version = db_int(result, row, 0),
		.practitioner_id = db_text(result, row, 1),
		.clinic_id = db_text(result, row, 2),
		.room_id = db_text(result, row, 3),
		.starts_at = db_instant(result, row, 4),
		.ends_at = db_instant(result, row, 5),
		.state = state_named(db_text(result, row, 6)),
		.word = {.at = db_instant(result, row, 7),
			 .reason = db_text(result, row, 8),
			 .by = db_text(result, row, 9),
			 .override_reason = db_text(result, row, 12),
			 .overridden = db_text(result, row, 13)},
		.grade = db_text(result, row, 10),
		.timing_override_reason = db_text(result, row, 11),
	};
}

bool appointment_has_moved(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}
