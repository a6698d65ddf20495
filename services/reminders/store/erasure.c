#include "reminders/store/erasure.h"

#include "reminders_sql.h"

void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t now, const char *why)
{
	const char *at = db_from_instant(db_unit_arena(unit), now);
	DB_ADD(unit, &SQL_ATHLETE_ERASE_MESSAGES, organisation_id, athlete_id, at, why);
	DB_ADD(unit, &SQL_ATHLETE_ERASE_TEXTS, organisation_id, athlete_id);
	DB_ADD(unit, &SQL_CONTACT_POINTS_DROP, organisation_id, athlete_id);
}
