#include "events/upkeep.h"

#include "events_sql.h"

#define KEYS_AT_ONCE 1000

FIBER struct status upkeep_outbox_is_ahead(struct db *db, struct arena *arena, bool *ret_ahead)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_OUTBOX_IS_AHEAD);
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_ahead = db_bool(db_unit_result(unit, index), 0, 0);
	return status;
}

FIBER struct status upkeep_forget_keys(struct db *db, struct arena *arena, int64_t before_us,
				       int64_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &SQL_IDEMPOTENCY_FORGET, db_from_instant(arena, before_us),
			      db_from_int(arena, KEYS_AT_ONCE));
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_count = (int64_t)db_result_affected(db_unit_result(unit, index));
	return status;
}

FIBER struct status upkeep_make_partition(struct db *db, struct arena *arena, int64_t now_us,
					  const char **ret_made)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &SQL_PARTITION_MAKE, db_from_instant(arena, now_us));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	*ret_made = arena_strdup(arena, db_text(db_unit_result(unit, index), 0, 0));
	return *ret_made ? status : status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a name");
}
