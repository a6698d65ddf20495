#include "notes/store/audit.h"

#include "notes_sql.h"

void audit_note_read(struct db_unit *unit, const char *const *values, const char *note_id,
		     const char *athlete_id, const char *traceparent)
{
	DB_ADD(unit, &SQL_AUDIT_NOTE_READ, values[0], values[1], values[2], values[3], values[4],
	       note_id, athlete_id, traceparent);
}

void audit_athlete_read(struct db_unit *unit, const char *const *values, const char *athlete_id,
			const char *record_id, const char *traceparent)
{
	DB_ADD(unit, &SQL_AUDIT_ATHLETE_READ, values[0], values[1], values[2], values[3], values[4],
	       athlete_id, traceparent, db_id(record_id));
}
