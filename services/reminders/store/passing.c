#include "reminders/store/passing.h"

#include "reminders/store/zone.h"
#include "reminders_sql.h"

#include <assert.h>
#include <string.h>

static struct status out_of_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "a batch of messages takes too much memory");
}

/* ---- Before ---- */

FIBER struct status passed_read(struct db *db, struct arena *arena, const char *organisation_id,
				const char *const *message_ids, size_t count,
				struct passed *ret_passed)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	const char *ids = db_from_texts(arena, message_ids, count);
	size_t before = DB_ADD(unit, &SQL_HANDOVERS_BEFORE, organisation_id, ids);
	size_t visits = DB_ADD(unit, &SQL_HANDOVERS_VISITS, organisation_id, ids);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, before);
	struct passed passed = {.count = db_result_rows(result)};
	passed.rows = ARENA_ARRAY(arena, passed.count + 1, struct passed_row);
	for (size_t i = 0; passed.rows && i < passed.count; i++) {
		passed.rows[i] = (struct passed_row){
			.message_id = db_text(result, i, 0),
			.attempt = (int32_t)db_int(result, i, 1),
			.channel = db_text(result, i, 2),
			.provider = db_text(result, i, 3),
			.address = db_text(result, i, 5),
			.asked_at = db_instant(result, i, 6),
			.error_code = db_text(result, i, 7),
			.provider_ref = db_text(result, i, 8),
		};
		handover_state_find(db_text(result, i, 4), &passed.rows[i].state);
	}
	result = db_unit_result(unit, visits);
	passed.visit_count = db_result_rows(result);
	passed.visits = ARENA_ARRAY(arena, passed.visit_count + 1, struct visit_row);
	for (size_t i = 0; passed.visits && i < passed.visit_count; i++)
		passed.visits[i] = (struct visit_row){
			.message_id = db_text(result, i, 0),
			.appointment_id = db_text(result, i, 1),
			.version = (int32_t)db_int(result, i, 2),
			.starts_at = db_instant(result, i, 3),
			.ends_at = db_instant(result, i, 4),
			.clinic_name = db_text(result, i, 5),
			.zone = db_text(result, i, 6),
			.cancelled = db_bool(result, i, 7),
		};
	if (!passed.rows || !passed.visits)
		return out_of_memory();
	*ret_passed = passed;
	return status_ok();
}

FIBER struct status next_channels(struct db *db, struct arena *arena, const char *organisation_id,
				  const char *const *message_ids, size_t count,
				  struct next_row **ret_rows, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_HANDOVERS_NEXT, organisation_id,
	       db_from_texts(arena, message_ids, count));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t found = db_result_rows(result);
	struct next_row *rows = ARENA_ARRAY(arena, found + 1, struct next_row);
	if (!rows)
		return out_of_memory();
	for (size_t i = 0; i < found; i++)
		rows[i] = (struct next_row){db_text(result, i, 0), db_text(result, i, 1),
					    db_text(result, i, 2)};
	*ret_rows = rows;
	*ret_count = found;
	return status_ok();
}

/* ---- Now ---- */

FIBER struct status passing_begin(struct db *db, struct arena *arena, const char *organisation_id,
				  struct passing *passing, size_t count, int64_t now)
{
	const char *ids[PASSING_BATCH], *channels[PASSING_BATCH], *providers[PASSING_BATCH];
	const char *addresses[PASSING_BATCH], *told_in[PASSING_BATCH];
	assert(count <= PASSING_BATCH);
	for (size_t i = 0; i < count; i++) {
		ids[i] = passing[i].message_id;
		channels[i] = passing[i].channel;
		providers[i] = passing[i].provider;
		addresses[i] = passing[i].address;
		told_in[i] = passing[i].told_in;
	}
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_HANDOVERS_BEGIN, organisation_id, db_from_instant(arena, now),
	       db_from_texts(arena, ids, count), db_from_texts(arena, channels, count),
	       db_from_texts(arena, providers, count), db_from_texts(arena, addresses, count),
	       db_from_texts(arena, told_in, count));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	for (size_t row = 0; row < db_result_rows(result); row++)
		for (size_t i = 0; i < count; i++)
			if (strcmp(passing[i].message_id, db_text(result, row, 0)) == 0)
				passing[i].attempt = (int32_t)db_int(result, row, 1);
	return status_ok();
}

void passing_put(struct db_unit *unit, const char *organisation_id, const struct passing_end *ends,
		 size_t count, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[6];
	if (count == 0)
		return;
	for (size_t column = 0; column < 6; column++) {
		columns[column] = ARENA_ARRAY(arena, count, const char *);
		if (!columns[column])
			return; /* db_run refuses a unit whose arena was full */
	}
	for (size_t i = 0; i < count; i++) {
		columns[0][i] = ends[i].message_id;
		columns[1][i] = db_from_int(arena, ends[i].attempt);
		columns[2][i] = handover_state_name(ends[i].state);
		columns[3][i] = ends[i].provider_ref ? ends[i].provider_ref : "";
		columns[4][i] = ends[i].error_code;
		columns[5][i] = ends[i].watch_at ? db_from_instant(arena, ends[i].watch_at) : NULL;
	}
	DB_ADD(unit, &SQL_HANDOVERS_END, organisation_id, db_from_instant(arena, now),
	       db_from_texts(arena, columns[0], count), db_from_texts(arena, columns[1], count),
	       db_from_texts(arena, columns[2], count), db_from_texts(arena, columns[3], count),
	       db_from_texts(arena, columns[4], count), db_from_texts(arena, columns[5], count));
}

void trace_put(struct db_unit *unit, const char *organisation_id, const struct trace_line *lines,
	       size_t count, int64_t now)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[4];
	if (count == 0)
		return;
	for (size_t column = 0; column < 4; column++) {
		columns[column] = ARENA_ARRAY(arena, count, const char *);
		if (!columns[column])
			return; /* as above */
	}
	for (size_t i = 0; i < count; i++) {
		columns[0][i] = lines[i].message_id;
		columns[1][i] = lines[i].outcome;
		columns[2][i] = lines[i].channel;
		columns[3][i] = lines[i].why;
	}
	DB_ADD(unit, &SQL_DELIVERY_TRACE, organisation_id, db_from_instant(arena, now),
	       db_from_texts(arena, columns[0], count), db_from_texts(arena, columns[1], count),
	       db_from_texts(arena, columns[2], count), db_from_texts(arena, columns[3], count));
}
