#include "analytics/store/attendance.h"

#include "analytics_sql.h"

void attendance_add(struct db_unit *unit, const char *organisation_id,
		    const struct attendance_row *row)
{
	DB_ADD(unit, &SQL_ATTENDANCE_ADD, organisation_id, row->appointment_id, row->clinic_id,
	       db_from_instant(db_unit_arena(unit), row->starts_at), row->state);
}

size_t attendance_count(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
			int64_t from_us, int64_t until_us)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_CLINIC_ATTENDANCE, organisation_id, clinic_id,
		      db_from_instant(arena, from_us), db_from_instant(arena, until_us));
}

struct attendance_counts attendance_counts(const struct db_result *result)
{
	return (struct attendance_counts){
		.completed = (int32_t)db_int(result, 0, 0),
		.no_shows = (int32_t)db_int(result, 0, 1),
		.cancelled = (int32_t)db_int(result, 0, 2),
	};
}
