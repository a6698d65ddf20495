#include "reminders/store/lists.h"

#include "reminders_sql.h"

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
}

FIBER struct status messages_list(struct db *db, struct db_unit *unit, const char *organisation_id,
				  const struct messages_asked *asked, struct message_row **ret_rows,
				  size_t *ret_count)
{
	struct arena *arena = db_unit_arena(unit);
	size_t index = DB_ADD(unit, &SQL_MESSAGES_LIST, organisation_id, asked->athlete_id,
			      db_from_int(arena, asked->limit),
			      asked->before_at ? db_from_instant(arena, asked->before_at) : NULL,
			      *asked->before_id ? asked->before_id : DB_ID_LEAST);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct message_row *rows = ARENA_ARRAY(arena, count + 1, struct message_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct message_row){
			.message_id = db_text(result, i, 0),
			.athlete_id = db_text(result, i, 1),
			.purpose = db_text(result, i, 2),
			.due_at = db_instant(result, i, 3),
			.state = db_text(result, i, 4),
			.why = db_text(result, i, 5),
			.channel = db_text(result, i, 6),
			.sent_at = db_is_null(result, i, 7) ? 0 : db_instant(result, i, 7),
			.text = db_text(result, i, 8),
			.local_due = db_text(result, i, 9),
			.answer = db_text(result, i, 10),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}

FIBER struct status texts_list(struct db *db, struct db_unit *unit, const char *organisation_id,
			       const struct texts_asked *asked, struct text_row **ret_rows,
			       size_t *ret_count)
{
	struct arena *arena = db_unit_arena(unit);
	size_t index = DB_ADD(unit, &SQL_TEXTS_LIST, organisation_id, asked->athlete_id,
			      db_from_instant(arena, asked->after_at),
			      *asked->after_id ? asked->after_id : DB_ID_LEAST,
			      db_from_int(arena, asked->limit));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct text_row *rows = ARENA_ARRAY(arena, count + 1, struct text_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct text_row){
			.text_id = db_text(result, i, 0),
			.athlete_id = db_text(result, i, 1),
			.channel = db_text(result, i, 2),
			.text = db_text(result, i, 3),
			.received_at = db_instant(result, i, 4),
			.understood_as = db_text(result, i, 5),
			.reply_text = db_text(result, i, 6),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}

FIBER struct status alerts_list(struct db *db, struct arena *arena, const char *organisation_id,
				bool open_only, struct alert_row **ret_rows, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ALERTS_LIST, organisation_id, db_from_bool(open_only));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct alert_row *rows = ARENA_ARRAY(arena, count + 1, struct alert_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct alert_row){
			.alert_id = db_text(result, i, 0),
			.athlete_id = db_text(result, i, 1),
			.clinic_id = db_text(result, i, 2),
			.reason = db_text(result, i, 3),
			.raised_at = db_instant(result, i, 4),
			.acknowledged_at = db_is_null(result, i, 5) ? 0 : db_instant(result, i, 5),
			.acknowledged_by = db_text(result, i, 6),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}

FIBER struct status alert_find(struct db *db, struct arena *arena, const char *organisation_id,
			       const char *alert_id, bool *ret_open, const char **ret_clinic_id)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ALERT_FIND, organisation_id, alert_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	if (db_result_rows(result) == 0)
		return status_error(STATUS_NOT_FOUND, "there is no alert with this id");
	*ret_clinic_id = db_text(result, 0, 0);
	*ret_open = db_is_null(result, 0, 1);
	return status_ok();
}

void alert_acknowledge(struct db_unit *unit, const char *organisation_id, const char *alert_id,
		       const char *by, int64_t now)
{
	DB_ADD(unit, &SQL_ALERT_ACKNOWLEDGE, organisation_id, alert_id, by,
	       db_from_instant(db_unit_arena(unit), now));
}

FIBER struct status tasks_list(struct db *db, struct arena *arena, const char *organisation_id,
			       struct task_row **ret_rows, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_TASKS_LIST, organisation_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct task_row *rows = ARENA_ARRAY(arena, count + 1, struct task_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct task_row){
			.task_id = db_text(result, i, 0),
			.athlete_id = db_text(result, i, 1),
			.kind = db_text(result, i, 2),
			.text = db_text(result, i, 3),
			.made_at = db_instant(result, i, 4),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}
