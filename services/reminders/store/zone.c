#include "reminders/store/zone.h"

#include "base/clock.h"
#include "reminders_sql.h"

#define ZONE_MARGIN_US (4 * CLOCK_DAY_US) /* rules look a day to either side */

struct zone_change {
	int64_t from_at;
	int32_t seconds;
};

struct zone_table {
	size_t count;
	struct zone_change changes[];
};

static int32_t table_offset(const void *zone, int64_t at)
{
	const struct zone_table *table = zone;
	size_t i = table->count - 1;
	while (i > 0 && table->changes[i].from_at > at)
		i--;
	return table->changes[i].seconds;
}

static int32_t fixed_offset(const void *zone, int64_t at)
{
	(void)at;
	return *(const int32_t *)zone;
}

struct local_zone zone_fixed(const int32_t *seconds)
{
	return (struct local_zone){fixed_offset, seconds};
}

size_t zone_ask(struct db_unit *unit, const char *organisation_id, const char *zone,
		const char *athlete_id, const char *clinic_id, int64_t from, int64_t until)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_ZONE_OFFSETS, organisation_id, db_id(athlete_id), db_id(clinic_id),
		      db_from_instant(arena, from - ZONE_MARGIN_US),
		      db_from_instant(arena, until + ZONE_MARGIN_US), zone);
}

struct status zone_take(struct db_unit *unit, size_t asked, struct arena *arena,
			struct local_zone *ret_zone)
{
	const struct db_result *result = db_unit_result(unit, asked);
	size_t count = db_result_rows(result);
	struct zone_table *table =
		arena_alloc(arena, sizeof(*table) + (count + 1) * sizeof(struct zone_change));
	if (!table || count == 0)
		return status_error(STATUS_INTERNAL, "the recipient's zone cannot be read");
	table->count = count;
	for (size_t i = 0; i < count; i++)
		table->changes[i] = (struct zone_change){
			.from_at = db_instant(result, i, 0),
			.seconds = (int32_t)db_int(result, i, 1),
		};
	*ret_zone = (struct local_zone){table_offset, table};
	return status_ok();
}

FIBER struct status zone_read(struct db *db, struct arena *arena, const char *organisation_id,
			      const char *athlete_id, const char *clinic_id, int64_t from,
			      int64_t until, struct local_zone *ret_zone)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t asked = zone_ask(unit, organisation_id, NULL, athlete_id, clinic_id, from, until);
	struct status status = db_run(db, unit);
	return status_is_ok(status) ? zone_take(unit, asked, arena, ret_zone) : status;
}
