#include "reminders/store/passing.h"

#include "reminders/store/zone.h"
#include "reminders_sql.h"

#include <string.h>

FIBER struct status watch_outlook(struct db *db, struct arena *arena,
				  struct queue_waiting **ret_waiting, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, &SQL_WATCH_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t count = db_result_rows(result);
	struct queue_waiting *waiting = ARENA_ARRAY(arena, count + 1, struct queue_waiting);
	if (!waiting)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < count; i++) {
		waiting[i].organisation_id = db_text(result, i, 0);
		waiting[i].due_at = db_instant(result, i, 1);
	}
	*ret_waiting = waiting;
	*ret_count = count;
	return status_ok();
}

static bool decode(const struct db_result *result, size_t row, int64_t now, struct watched *watched)
{
	struct queue_message *message = &watched->message;
	*watched = (struct watched){
		.message =
			{
				.message_id = db_text(result, row, 0),
				.athlete_id = db_text(result, row, 4),
				.clinic_id = db_text(result, row, 5),
				.rule = db_text(result, row, 7),
				.consent = db_text(result, row, 8),
				.due_at = db_instant(result, row, 10),
				.text = db_text(result, row, 12),
				.clinic_name = db_text(result, row, 16),
				.channel = "",
				.address = "",
				.offset_seconds = (int32_t)db_int(result, row, 17),
			},
		.attempt = (int32_t)db_int(result, row, 1),
		.provider = db_text(result, row, 2),
		.over = !db_bool(result, row, 13) || db_bool(result, row, 14),
	};
	message->facts = (struct whether_facts){
		.now = now,
		.planned_at = db_instant(result, row, 9),
		.stale_at = db_instant(result, row, 11),
		.visit = queue_visit_from_state(db_text(result, row, 15)),
		.is_reply = strcmp(message->consent, "reply") == 0,
	};
	if (!handover_state_find(db_text(result, row, 3), &watched->state) ||
	    !message_purpose_find(db_text(result, row, 6), &message->purpose))
		return false;
	message->facts.purpose = message->purpose;
	return true;
}

FIBER struct status watch_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now, int64_t until, struct watched **ret_watched,
				size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_WATCH_CLAIM, organisation_id, db_from_instant(arena, now),
	       db_from_int(arena, PASSING_BATCH), db_from_instant(arena, until));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t rows = db_result_rows(result), count = 0;
	struct watched *watched = ARENA_ARRAY(arena, rows + 1, struct watched);
	if (!watched)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < rows; i++) {
		if (!decode(result, i, now, &watched[count]))
			continue;
		watched[count].message.facts.zone =
			zone_fixed(&watched[count].message.offset_seconds);
		count++;
	}
	*ret_watched = watched;
	*ret_count = count;
	return status_ok();
}

void watch_put(struct db_unit *unit, const char *organisation_id, const struct watched *watched,
	       const int64_t *watch_at, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char *ids[PASSING_BATCH], *attempts[PASSING_BATCH], *times[PASSING_BATCH];
	for (size_t i = 0; i < count; i++) {
		ids[i] = watched[i].message.message_id;
		attempts[i] = db_from_int(arena, watched[i].attempt);
		times[i] = watch_at[i] ? db_from_instant(arena, watch_at[i]) : NULL;
	}
	DB_ADD(unit, &SQL_WATCH_END, organisation_id, db_from_texts(arena, ids, count),
	       db_from_texts(arena, attempts, count), db_from_texts(arena, times, count));
}
