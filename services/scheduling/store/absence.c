#include "scheduling/store/absence.h"

#include "scheduling_sql.h"

#include <string.h>

size_t absence_find_owner(struct db_unit *unit, const char *organisation_id,
			  const struct absence_row *absence)
{
	return DB_ADD(unit, &SQL_ABSENCE_OWNER, organisation_id, db_id(absence->practitioner_id),
		      db_id(absence->clinic_id), db_id(absence->room_id));
}

bool absence_owner_known(const struct db_unit *unit, size_t index)
{
	return db_bool(db_unit_result(unit, index), 0, 0);
}

size_t absence_find_visits(struct db_unit *unit, const char *organisation_id,
			   const struct absence_row *absence, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_ABSENCE_VISITS, organisation_id, db_id(absence->practitioner_id),
		      db_id(absence->clinic_id), db_id(absence->room_id),
		      db_from_instant(arena, absence->starts_at),
		      db_from_instant(arena, absence->ends_at), db_from_instant(arena, now_us));
}

void absence_add(struct db_unit *unit, const char *organisation_id,
		 const struct absence_row *absence)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ABSENCE_ADD, organisation_id, absence->absence_id,
	       db_id(absence->practitioner_id), db_id(absence->clinic_id), db_id(absence->room_id),
	       absence->kind, absence->title, db_from_instant(arena, absence->starts_at),
	       db_from_instant(arena, absence->ends_at));
}

void absence_remove(struct db_unit *unit, const char *organisation_id, const char *absence_id)
{
	DB_ADD(unit, &SQL_ABSENCE_REMOVE, organisation_id, absence_id);
}

bool absence_is_gone(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}

size_t absence_list(struct db_unit *unit, const char *organisation_id, const char *practitioner_id,
		    const char *clinic_id, const char *room_id, int64_t from_us, int64_t until_us)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_ABSENCE_LIST, organisation_id, db_id(practitioner_id),
		      db_id(clinic_id), db_id(room_id), db_from_instant(arena, from_us),
		      db_from_instant(arena, until_us));
}

struct absence_row absence_row(const struct db_result *result, size_t row)
{
	return (struct absence_row){
		.absence_id = db_text(result, row, 0),
		.practitioner_id = db_text(result, row, 1),
		.clinic_id = db_text(result, row, 2),
		.room_id = db_text(result, row, 3),
		.kind = db_text(result, row, 4),
		.title = db_text(result, row, 5),
		.starts_at = db_instant(result, row, 6),
		.ends_at = db_instant(result, row, 7),
	};
}
