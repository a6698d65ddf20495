#include "scheduling/store/resources.h"

#include "scheduling_sql.h"

size_t resources_find_clinics(struct db_unit *unit, const char *organisation_id,
			      const struct travel_row *travel)
{
	return DB_ADD(unit, &SQL_TRAVEL_KNOWN, organisation_id, travel->from_clinic_id,
		      travel->to_clinic_id);
}

bool resources_clinics_known(const struct db_unit *unit, size_t index)
{
	return db_bool(db_unit_result(unit, index), 0, 0);
}

void resources_put_travel(struct db_unit *unit, const char *organisation_id,
			  const struct travel_row *travel)
{
	DB_ADD(unit, &SQL_TRAVEL_PUT, organisation_id, travel->from_clinic_id, travel->to_clinic_id,
	       db_from_int(db_unit_arena(unit), travel->minutes), db_from_bool(!travel->one_way));
}
