#include "scheduling/store/timing.h"

#include "scheduling/store/around.h"

#include "scheduling_sql.h"

void timing_put_defaults(struct db_unit *unit, const char *organisation_id,
			 const struct timing_defaults *defaults)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_TIMING_DEFAULT_PUT, organisation_id,
	       db_from_int(arena, defaults->warn_hours),
	       db_from_int(arena, defaults->competition_hours),
	       db_from_int(arena, defaults->after_block_hours),
	       db_from_int(arena, defaults->early_days));
}

void timing_put_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			const struct timing_athlete *athlete, const char *reason)
{
	struct arena *arena = db_unit_arena(unit);
	int32_t warn = athlete->warn_hours, competition = athlete->competition_hours;
	DB_ADD(unit, &SQL_TIMING_ATHLETE_PUT, organisation_id, athlete_id,
	       warn < 0 ? NULL : db_from_int(arena, warn),
	       competition < 0 ? NULL : db_from_int(arena, competition), reason);
}

void timing_put_settling(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			 int32_t settling_hours, int32_t check_ins, int64_t at_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_TIMING_SETTLING_PUT, organisation_id, athlete_id,
	       db_from_int(arena, settling_hours), db_from_int(arena, check_ins),
	       db_from_instant(arena, at_us));
}

size_t timing_get(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_TIMING_GET, organisation_id, athlete_id);
}

struct timing_row timing_row(const struct db_result *result)
{
	struct timing_row row = {
		.athlete_known = db_bool(result, 0, 0),
		.reason = db_text(result, 0, 2),
	};
	row.windows = around_windows(db_text(result, 0, 1), &row.organisation, &row.check_ins);
	row.settling_hours = timing_settling_hours((int32_t)db_int(result, 0, 3), row.check_ins);
	return row;
}
