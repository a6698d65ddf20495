#include "reminders/store/lapse.h"

#include "reminders_sql.h"

FIBER struct status lapse_read(struct db *db, struct arena *arena, const char *organisation_id,
			       const char *message_id, int64_t now, const char **ret_why)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_LAPSE_FIND, organisation_id, message_id, db_from_instant(arena, now));
	struct status status = db_run(db, unit);
	if (status_is_ok(status))
		*ret_why = db_result_rows(db_unit_result(unit, 0)) > 0
				   ? db_text(db_unit_result(unit, 0), 0, 0)
				   : "";
	return status;
}

FIBER struct status recall_list(struct db *db, struct db_unit *unit, const char *organisation_id,
				const struct recall_asked *asked, struct recall_row **ret_rows,
				size_t *ret_count)
{
	struct arena *arena = db_unit_arena(unit);
	size_t index = DB_ADD(
		unit, &SQL_RECALL_LIST, organisation_id, db_from_instant(arena, asked->before_at),
		db_from_instant(arena, asked->now), db_id(asked->clinic_id),
		db_from_instant(arena, asked->after_at),
		*asked->after_id ? asked->after_id : DB_ID_LEAST, db_from_int(arena, asked->limit),
		asked->athlete_ids ? db_from_texts(arena, asked->athlete_ids, asked->athlete_count)
				   : NULL);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct recall_row *rows = ARENA_ARRAY(arena, count + 1, struct recall_row);
	if (!rows)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct recall_row){
			.athlete_id = db_text(result, i, 0),
			.home_clinic_id = db_text(result, i, 1),
			.seen_at = db_instant(result, i, 2),
			.reachable = db_bool(result, i, 3),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}
