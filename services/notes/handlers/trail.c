#include "notes/handlers/trail.h"

#include "events/audit.h"
#include "events/check.h"
#include "notes/store/audit.h"

void leave_trail(const struct call *call, struct db_unit *unit, const char *athlete_id,
		 const char *record_id)
{
	const struct audit_entry entry = {.athlete_id = athlete_id, .record_id = record_id};
	audit_add(unit, call, &entry);
}

void leave_trail_of_note(const struct call *call, struct db_unit *unit, const char *note_id)
{
	const char *values[AUDIT_VALUES];
	audit_values(db_unit_arena(unit), call, values);
	audit_note_read(unit, values, note_id, sees_athlete_alone(call));
}

void leave_trail_of_athlete(const struct call *call, struct db_unit *unit, const char *athlete_id,
			    const char *record_id)
{
	const char *values[AUDIT_VALUES];
	audit_values(db_unit_arena(unit), call, values);
	audit_athlete_read(unit, values, athlete_id, record_id);
}

void leave_trail_of_encounter(const struct call *call, struct db_unit *unit,
			      const char *encounter_id)
{
	const char *values[AUDIT_VALUES];
	audit_values(db_unit_arena(unit), call, values);
	audit_encounter_read(unit, values, encounter_id);
}

void leave_trail_of_words(const struct call *call, struct db_unit *unit, const char *clinic_id,
			  const char *code)
{
	const struct audit_entry entry = {.athlete_id = "", .record_id = clinic_id, .reason = code};
	audit_add(unit, call, &entry);
}
