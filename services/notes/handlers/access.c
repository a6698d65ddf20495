#include "notes/handlers/access.h"

#include "base/clock.h"
#include "events/check.h"
#include "notes/store/access.h"

#include <string.h>

void guard_athlete(const struct call *call, struct db_unit *unit, const char *athlete_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		record_guard(unit, call->organisation_id, athlete_id, NULL, reader_id,
			     clock_now_us());
}

void guard_note(const struct call *call, struct db_unit *unit, const char *note_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		record_guard(unit, call->organisation_id, NULL, note_id, reader_id, clock_now_us());
}

void guard_signing(const struct call *call, struct db_unit *unit, const char *note_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		record_guard_lasting(unit, call->organisation_id, NULL, note_id, reader_id);
}

void guard_visits(const struct call *call, struct db_unit *unit, const char *athlete_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		record_guard_lasting(unit, call->organisation_id, athlete_id, NULL, reader_id);
}

void guard_encounter(const struct call *call, struct db_unit *unit, const char *encounter_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		encounter_guard(unit, call->organisation_id, encounter_id, reader_id,
				clock_now_us());
}

void guard_writing(const struct call *call, struct db_unit *unit, const char *encounter_id)
{
	const char *reader_id = bounded_practitioner(call);
	if (reader_id)
		encounter_guard_lasting(unit, call->organisation_id, encounter_id, reader_id,
					clock_now_us());
}

struct status guarded(const struct db_unit *unit, struct status status)
{
	if (strcmp(db_unit_sqlstate(unit), RECORD_GUARDED) != 0)
		return status;
	return status_error(
		STATUS_PERMISSION_DENIED,
		"this athlete is not of your clinics: let the desk book the visit there, or, to "
		"read and to treat, open the record with Notes.BreakGlass and a reason");
}

struct status guarded_writing(const struct db_unit *unit, struct status status)
{
	if (strcmp(db_unit_sqlstate(unit), RECORD_GUARDED) != 0)
		return status;
	return status_error(STATUS_PERMISSION_DENIED,
			    "this athlete is not of your clinics: a broken glass is for reading "
			    "and for a visit of your own, not for what others write");
}
