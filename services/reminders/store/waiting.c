#include "reminders/store/waiting.h"

#include "reminders_sql.h"

#include <string.h>

/* The queue has no NULL in its key: what is of no clinic is of this one. */
static const char *clinic_of(const char *clinic_id)
{
	return strcmp(clinic_id, DB_ID_LEAST) == 0 ? "" : clinic_id;
}

size_t queue_lanes(struct db_unit *unit, const char *organisation_id, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_QUEUE_LANES, organisation_id, db_from_instant(arena, now),
		      db_from_int(arena, WAITING_COUNTED), db_from_int(arena, WAITING_LANES));
}

struct lane_row lane_row(const struct db_result *result, size_t row)
{
	return (struct lane_row){
		.clinic_id = clinic_of(db_text(result, row, 0)),
		.priority = (int32_t)db_int(result, row, 1),
		.waiting = (int32_t)db_int(result, row, 2),
		.overdue = (int32_t)db_int(result, row, 3),
		.next_due_at = db_instant(result, row, 4),
	};
}

size_t queue_list(struct db_unit *unit, const char *organisation_id,
		  const struct waiting_asked *asked)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_QUEUE_LIST, organisation_id,
		      *asked->clinic_id ? asked->clinic_id : DB_ID_LEAST,
		      db_from_instant(arena, asked->after_at),
		      *asked->after_id ? asked->after_id : DB_ID_LEAST,
		      db_from_int(arena, asked->limit));
}

struct waiting_row waiting_row(const struct db_result *result, size_t row)
{
	return (struct waiting_row){
		.message_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.purpose = db_text(result, row, 2),
		.priority = (int32_t)db_int(result, row, 3),
		.due_at = db_instant(result, row, 4),
		.stale_at = db_instant(result, row, 5),
		.why = db_text(result, row, 6),
	};
}

size_t opt_outs_list(struct db_unit *unit, const char *organisation_id, const char *after_address,
		     int32_t limit)
{
	return DB_ADD(unit, &SQL_OPT_OUTS_LIST, organisation_id, after_address,
		      db_from_int(db_unit_arena(unit), limit));
}

struct opt_out_row opt_out_row(const struct db_result *result, size_t row)
{
	return (struct opt_out_row){
		.address = db_text(result, row, 0),
		.opted_out_at = db_instant(result, row, 1),
		.athlete_ids = db_text(result, row, 2),
	};
}
