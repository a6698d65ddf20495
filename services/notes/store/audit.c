#include "notes/store/audit.h"

#include "notes_sql.h"

void audit_note_read(struct db_unit *unit, const char *const *values, const char *note_id,
		     const char *athlete_id)
{
	DB_ADD(unit, &SQL_AUDIT_NOTE_READ, values[0], values[1], values[2], values[3], values[4],
	       values[5], values[6], values[7], note_id, athlete_id);
}

void audit_athlete_read(struct db_unit *unit, const char *const *values, const char *athlete_id,
			const char *record_id)
{
	DB_ADD(unit, &SQL_AUDIT_ATHLETE_READ, values[0], values[1], values[2], values[3], values[4],
	       values[5], values[6], values[7], athlete_id, db_id(record_id));
}

void audit_encounter_read(struct db_unit *unit, const char *const *values, const char *encounter_id)
{
	DB_ADD(unit, &SQL_AUDIT_ENCOUNTER_READ, values[0], values[1], values[2], values[3],
	       values[4], values[5], values[6], values[7], encounter_id);
}
