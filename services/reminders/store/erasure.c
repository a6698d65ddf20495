#include "reminders/store/erasure.h"

#include "reminders_sql.h"

FIBER struct status athlete_sent_messages(struct db *db, struct arena *arena,
					  const char *organisation_id, const char *athlete_id,
					  const char *const **ret_ids, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = DB_ADD(unit, &SQL_ATHLETE_SENT_MESSAGES, organisation_id, athlete_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	const char **ids = ARENA_ARRAY(arena, db_result_rows(rows) + 1, const char *);
	if (!ids)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < db_result_rows(rows); i++)
		ids[i] = db_text(rows, i, 0);
	*ret_ids = ids;
	*ret_count = db_result_rows(rows);
	return status;
}

void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t now, const char *why)
{
	const char *at = db_from_instant(db_unit_arena(unit), now);
	DB_ADD(unit, &SQL_HANDOVERS_ERASE, organisation_id, athlete_id);
	DB_ADD(unit, &SQL_ATHLETE_SUPPRESS_MESSAGES, organisation_id, athlete_id, why, at);
	DB_ADD(unit, &SQL_ATHLETE_ERASE_MESSAGES, organisation_id, athlete_id);
	DB_ADD(unit, &SQL_ATHLETE_ERASE_TEXTS, organisation_id, athlete_id);
	DB_ADD(unit, &SQL_CONTACT_POINTS_DROP, organisation_id, athlete_id);
}
