#include "scheduling/store/person.h"

#include "scheduling_sql.h"

void person_lock(struct db_unit *unit, const char *organisation_id)
{
	DB_ADD(unit, &SQL_PERSON_LOCK, organisation_id);
}

void person_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		const char *from_id, const char *to_id)
{
	DB_ADD(unit, &SQL_PERSON_PUT, organisation_id, athlete_id, from_id, to_id);
}

size_t person_overlaps(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		       const char *survivor_id, int64_t now_us)
{
	return DB_ADD(unit, &SQL_PERSON_OVERLAPS, organisation_id, athlete_id, survivor_id,
		      db_from_instant(db_unit_arena(unit), now_us));
}

struct person_overlap person_overlap(const struct db_result *result, size_t row)
{
	return (struct person_overlap){
		.appointment_id = db_text(result, row, 0),
		.clinic_id = db_text(result, row, 1),
		.other_id = db_text(result, row, 2),
	};
}
