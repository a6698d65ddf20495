#include "scheduling/store/catalogue.h"

#include "scheduling_sql.h"

size_t catalogue_find_named(struct db_unit *unit, const char *organisation_id, const char *name)
{
	return DB_ADD(unit, &SQL_SERVICE_NAMED, organisation_id, name);
}

const char *catalogue_named(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return db_result_rows(result) ? db_text(result, 0, 0) : NULL;
}

void catalogue_put_service(struct db_unit *unit, const char *organisation_id,
			   const struct service_row *service)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_SERVICE_PUT, organisation_id, service->service_id, service->name,
	       db_from_int(arena, service->duration_minutes),
	       db_from_int(arena, service->buffer_before_minutes),
	       db_from_int(arena, service->buffer_after_minutes));
}

size_t catalogue_find_workplace(struct db_unit *unit, const char *organisation_id,
				const char *practitioner_id, const char *clinic_id)
{
	return DB_ADD(unit, &SQL_WORKPLACE_KNOWN, organisation_id, practitioner_id, clinic_id);
}

struct workplace_known catalogue_workplace(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct workplace_known){db_bool(result, 0, 0), db_bool(result, 0, 1)};
}

void catalogue_replace_hours(struct db_unit *unit, const char *organisation_id,
			     const char *practitioner_id, const char *clinic_id,
			     const struct weekly_hours *hours, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_WORKPLACE_LOCK, organisation_id, practitioner_id, clinic_id,
	       db_from_instant(arena, now_us));
	DB_ADD(unit, &SQL_HOURS_CLEAR, organisation_id, practitioner_id, clinic_id);
	DB_ADD(unit, &SQL_HOURS_INSERT, organisation_id, practitioner_id, clinic_id,
	       db_from_texts(arena, hours->weekdays, hours->count),
	       db_from_texts(arena, hours->opens, hours->count),
	       db_from_texts(arena, hours->closes, hours->count));
}
