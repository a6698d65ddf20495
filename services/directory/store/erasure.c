#include "directory/store/erasure.h"

#include "directory_sql.h"

void erasure_add(struct db_unit *unit, const char *organisation_id, const char *const *athlete_ids,
		 size_t count, const struct erasure_row *erasure, const char *minor_kept_until)
{
	struct arena *arena = db_unit_arena(unit);
	const char *ids = db_from_texts(arena, athlete_ids, count);
	const char *at = db_from_instant(arena, erasure->erased_at);
	DB_ADD(unit, &SQL_MERGE_LOCK, organisation_id, ids);
	DB_ADD(unit, &SQL_ATHLETE_ERASE, organisation_id, ids, at, ERASED_GIVEN_NAME,
	       ERASED_FAMILY_NAME);
	DB_ADD(unit, &SQL_ATHLETE_ERASE_LISTS, organisation_id, ids);
	DB_ADD(unit, &SQL_ERASURE_ADD, organisation_id, ids, at, erasure->erased_by,
	       erasure->reason, erasure->request_reference, minor_kept_until);
}

void erasure_scrub_events(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  const uint8_t *payload, size_t length)
{
	DB_ADD(unit, &SQL_OUTBOX_SCRUB, organisation_id, athlete_id,
	       db_from_bytes(db_unit_arena(unit), payload, length));
}

size_t erasure_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_ERASURE_OF, organisation_id, athlete_id);
}

struct erasure_row erasure_row(const struct db_result *result, size_t row)
{
	return (struct erasure_row){
		.erased_at = db_instant(result, row, 1),
		.erased_by = db_text(result, row, 2),
		.reason = db_text(result, row, 3),
		.request_reference = db_text(result, row, 4),
	};
}
