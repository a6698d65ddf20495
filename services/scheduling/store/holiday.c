#include "scheduling/store/holiday.h"

#include "base/clock.h"
#include "scheduling_sql.h"

#define LONGEST_BLOCK_US (12 * CLOCK_HOUR_US)

/* Rows as arrays, one for each parameter. */
enum { ABSENCE, CLINIC, UID, TITLE, STARTS, ENDS, NEAR, COLUMNS };

struct columns {
	const char *values[COLUMNS];
};

/* What the arena has no room for fails the unit. */
static struct columns columns_of(struct arena *arena, const struct holiday_row *rows, size_t count)
{
	struct columns columns = {0};
	const char **texts[COLUMNS];
	for (size_t column = 0; column < COLUMNS; column++)
		if (!(texts[column] = ARENA_ARRAY(arena, count, const char *)))
			return columns;
	for (size_t row = 0; row < count; row++) {
		texts[ABSENCE][row] = rows[row].absence_id;
		texts[CLINIC][row] = rows[row].clinic_id;
		texts[UID][row] = rows[row].uid;
		texts[TITLE][row] = rows[row].title;
		texts[STARTS][row] = db_from_instant(arena, rows[row].starts_at);
		texts[ENDS][row] = db_from_instant(arena, rows[row].ends_at);
		texts[NEAR][row] = db_from_instant(arena, rows[row].starts_at - LONGEST_BLOCK_US);
	}
	for (size_t column = 0; column < COLUMNS; column++)
		columns.values[column] = db_from_texts(arena, texts[column], count);
	return columns;
}

size_t holiday_clinics(struct db_unit *unit, const char *organisation_id,
		       const char *const *clinic_ids, size_t count)
{
	return DB_ADD(unit, &SQL_HOLIDAY_CLINICS, organisation_id,
		      count ? db_from_texts(db_unit_arena(unit), clinic_ids, count) : NULL);
}

struct holiday_clinic holiday_clinic(const struct db_result *result, size_t row)
{
	return (struct holiday_clinic){db_text(result, row, 0), db_text(result, row, 1)};
}

size_t holiday_kept(struct db_unit *unit, const char *organisation_id, const char *source,
		    const struct holiday_clinic *clinics, size_t count, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	const char **ids = ARENA_ARRAY(arena, count, const char *);
	for (size_t i = 0; ids && i < count; i++)
		ids[i] = clinics[i].clinic_id;
	return DB_ADD(unit, &SQL_HOLIDAY_KEPT, organisation_id, source,
		      ids ? db_from_texts(arena, ids, count) : NULL,
		      db_from_instant(arena, now_us));
}

struct holiday_row holiday_row(const struct db_result *result, size_t row)
{
	return (struct holiday_row){
		.absence_id = db_text(result, row, 0),
		.clinic_id = db_text(result, row, 1),
		.uid = db_text(result, row, 2),
		.title = db_text(result, row, 3),
		.starts_at = db_instant(result, row, 4),
		.ends_at = db_instant(result, row, 5),
	};
}

size_t holiday_find_visits(struct db_unit *unit, const char *organisation_id,
			   const struct holiday_row *rows, size_t count, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	const struct columns columns = columns_of(arena, rows, count);
	return DB_ADD(unit, &SQL_HOLIDAY_VISITS, organisation_id, db_from_instant(arena, now_us),
		      columns.values[CLINIC], columns.values[STARTS], columns.values[ENDS],
		      columns.values[NEAR]);
}

void holiday_put(struct db_unit *unit, const char *organisation_id, const char *source,
		 const struct holiday_row *rows, size_t count)
{
	const struct columns columns = columns_of(db_unit_arena(unit), rows, count);
	DB_ADD(unit, &SQL_HOLIDAY_PUT, organisation_id, source, columns.values[ABSENCE],
	       columns.values[CLINIC], columns.values[UID], columns.values[TITLE],
	       columns.values[STARTS], columns.values[ENDS]);
}

void holiday_remove(struct db_unit *unit, const char *organisation_id,
		    const struct holiday_row *rows, size_t count)
{
	const struct columns columns = columns_of(db_unit_arena(unit), rows, count);
	DB_ADD(unit, &SQL_HOLIDAY_REMOVE, organisation_id, columns.values[ABSENCE]);
}
