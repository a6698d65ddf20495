#include "notes/store/access.h"

#include "notes_sql.h"

/* What is so at the end of time needs neither a broken glass nor an opened visit. */
#define LASTING "infinity"

void record_guard(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *note_id, const char *reader_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_RECORD_GUARD, organisation_id, athlete_id, note_id, reader_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void record_guard_lasting(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  const char *note_id, const char *reader_id)
{
	DB_ADD(unit, &SQL_RECORD_GUARD, organisation_id, athlete_id, note_id, reader_id, LASTING);
}

void encounter_guard(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		     const char *reader_id, int64_t now_us)
{
	const char *now = db_from_instant(db_unit_arena(unit), now_us);
	DB_ADD(unit, &SQL_ENCOUNTER_GUARD, organisation_id, encounter_id, reader_id, now, now);
}

void encounter_guard_lasting(struct db_unit *unit, const char *organisation_id,
			     const char *encounter_id, const char *reader_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_ENCOUNTER_GUARD, organisation_id, encounter_id, reader_id,
	       db_from_instant(db_unit_arena(unit), now_us), LASTING);
}

size_t glass_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *practitioner_id, int64_t now_us)
{
	return DB_ADD(unit, &SQL_GLASS_LOOK, organisation_id, athlete_id, practitioner_id,
		      db_from_instant(db_unit_arena(unit), now_us));
}

struct glass_look glass_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *rows = db_unit_result(unit, index);
	if (db_result_rows(rows) == 0)
		return (struct glass_look){.home_clinic_id = ""};
	return (struct glass_look){
		.found = true,
		.home_clinic_id = db_text(rows, 0, db_result_column(rows, "home_clinic_id")),
		.may_read = db_bool(rows, 0, db_result_column(rows, "may_read")),
	};
}

void glass_add(struct db_unit *unit, const char *organisation_id, const struct glass_row *glass)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_GLASS_ADD, organisation_id, glass->glass_id, glass->practitioner_id,
	       glass->athlete_id, glass->reason, db_from_instant(arena, glass->broken_at),
	       db_from_instant(arena, glass->until_at));
}
