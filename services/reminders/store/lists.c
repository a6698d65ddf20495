#include "reminders/store/lists.h"

#include "reminders_sql.h"

#include <string.h>

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
			.trace = db_text(result, i, 11),
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

/* Steps come in the order of their alerts' ids, so each alert's are beside each other. */
static FIBER struct status read_steps(struct db *db, struct arena *arena,
				      const char *organisation_id, struct alert_row *alerts,
				      size_t count)
{
	const char **ids = ARENA_ARRAY(arena, count, const char *);
	for (size_t i = 0; ids && i < count; i++)
		ids[i] = alerts[i].alert_id;
	if (!ids)
		return out_of_memory();
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ALERT_STEPS, organisation_id, db_from_texts(arena, ids, count));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t rows = db_result_rows(result);
	struct alert_step *steps = ARENA_ARRAY(arena, rows + 1, struct alert_step);
	if (!steps)
		return out_of_memory();
	for (size_t row = 0; row < rows; row++)
		steps[row] =
			(struct alert_step){db_text(result, row, 1), db_instant(result, row, 2),
					    db_text(result, row, 3)};
	for (size_t i = 0; i < count; i++)
		for (size_t row = 0; row < rows; row++) {
			if (strcmp(db_text(result, row, 0), alerts[i].alert_id) != 0)
				continue;
			if (alerts[i].step_count++ == 0)
				alerts[i].steps = &steps[row];
		}
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
			.kind = db_text(result, i, 7),
		};
	*ret_rows = rows;
	*ret_count = count;
	return count > 0 ? read_steps(db, arena, organisation_id, rows, count) : status;
}

FIBER struct status alert_find(struct db *db, struct arena *arena, const char *organisation_id,
			       const char *alert_id, struct alert_found *ret_alert)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_ALERT_FIND, organisation_id, alert_id);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	if (db_result_rows(result) == 0)
		return status_error(STATUS_NOT_FOUND, "there is no alert with this id");
	*ret_alert = (struct alert_found){
		.open = db_is_null(result, 0, 1),
		.clinic_id = db_text(result, 0, 0),
		.about_id = db_text(result, 0, 2),
	};
	return status_ok();
}

void alert_acknowledge(struct db_unit *unit, const char *organisation_id, const char *alert_id,
		       const char *by, int64_t now)
{
	DB_ADD(unit, &SQL_ALERT_ACKNOWLEDGE, organisation_id, alert_id, by,
	       db_from_instant(db_unit_arena(unit), now));
}

FIBER struct status tasks_list(struct db *db, struct arena *arena, const char *organisation_id,
			       const struct tasks_asked *asked, struct task_row **ret_rows,
			       size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_TASKS_LIST, organisation_id, db_from_int(arena, asked->limit),
	       db_from_bool(asked->open_only), db_id(asked->athlete_id), db_id(asked->kind),
	       asked->before_at ? db_from_instant(arena, asked->before_at) : NULL,
	       *asked->before_id ? asked->before_id : DB_ID_LEAST);
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
			.closed_at = db_is_null(result, i, 5) ? 0 : db_instant(result, i, 5),
			.closed_by = db_text(result, i, 6),
			.done = db_text(result, i, 7),
		};
	*ret_rows = rows;
	*ret_count = count;
	return status_ok();
}

void task_close(struct db_unit *unit, const char *organisation_id, const char *task_id,
		const char *by, const char *done, int64_t now)
{
	DB_ADD(unit, &SQL_TASK_CLOSE, organisation_id, task_id, by,
	       db_from_instant(db_unit_arena(unit), now), done);
}
