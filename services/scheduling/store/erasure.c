#include "scheduling/store/erasure.h"

#include "scheduling_sql.h"

void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t at_us)
{
	DB_ADD(unit, &SQL_ATHLETE_ERASE, organisation_id, athlete_id,
	       db_from_instant(db_unit_arena(unit), at_us));
}
