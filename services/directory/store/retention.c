#include "directory/store/retention.h"

#include "directory_sql.h"

void treatment_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   const char *clinic_id, int64_t treated_at)
{
	DB_ADD(unit, &SQL_TREATMENT_PUT, organisation_id, athlete_id, clinic_id,
	       db_from_instant(db_unit_arena(unit), treated_at));
}

size_t treatments_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_TREATMENTS_OF, organisation_id, athlete_id);
}

size_t treatments_page(struct db_unit *unit, const char *organisation_id, const char *after_id,
		       int64_t limit)
{
	return DB_ADD(unit, &SQL_TREATMENTS_PAGE, organisation_id,
		      *after_id ? after_id : DB_ID_LEAST, db_from_int(db_unit_arena(unit), limit));
}

struct treatment_row treatment_row(const struct db_result *result, size_t row)
{
	bool treated = !db_is_null(result, row, 3);
	return (struct treatment_row){
		.athlete_id = db_text(result, row, 0),
		.treated = treated,
		.treated_at = treated ? db_instant(result, row, 2) : 0,
		.last = {.jurisdiction = db_text(result, row, 1),
			 .day = (int32_t)db_int(result, row, 3),
			 .has_born = !db_is_null(result, row, 4),
			 .born = (int32_t)db_int(result, row, 4),
			 .has_minor_until = !db_is_null(result, row, 5),
			 .minor_until = (int32_t)db_int(result, row, 5)},
	};
}

struct treatment_row treatment_page_row(const struct db_result *result, size_t row)
{
	struct treatment_row found = treatment_row(result, row);
	found.given_name = db_text(result, row, 6);
	found.family_name = db_text(result, row, 7);
	return found;
}
