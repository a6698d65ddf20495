#include "reminders/store/handover.h"

#include "reminders_sql.h"

FIBER struct status handover_find(struct db *db, struct arena *arena,
				  const struct handover_key *key, struct handover_found *ret_found)
{
	struct db_unit *unit = db_unit_new(arena, key->organisation_id);
	DB_ADD(unit, &SQL_HANDOVER_FIND, key->organisation_id, key->message_id, key->provider,
	       key->provider_ref);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	struct handover_found found = {0};
	if (db_result_rows(result) == 0 ||
	    !handover_state_find(db_text(result, 0, 1), &found.state))
		return status_error(STATUS_NOT_FOUND,
				    "no such message was handed to this provider");
	found.attempt = (int32_t)db_int(result, 0, 0);
	found.channel = db_text(result, 0, 2);
	found.address = db_text(result, 0, 3);
	found.athlete_id = db_text(result, 0, 4);
	found.clinic_id = db_text(result, 0, 5);
	found.watch_at = db_is_null(result, 0, 6) ? 0 : db_instant(result, 0, 6);
	*ret_found = found;
	return status_ok();
}

void handover_put_report(struct db_unit *unit, const struct handover_key *key,
			 const struct handover_found *found, const struct handover_report *report)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_HANDOVER_REPORT, key->organisation_id, key->message_id,
	       db_from_int(arena, found->attempt), handover_state_name(found->state),
	       handover_state_name(report->state), key->provider_ref, report->error_code,
	       db_from_instant(arena, report->at),
	       report->watch_at ? db_from_instant(arena, report->watch_at) : NULL,
	       handover_state_name(report->outcome), report->why);
}

FIBER struct status handovers_list(struct db *db, struct arena *arena, const char *organisation_id,
				   const char *const *message_ids, size_t count,
				   struct handover_row **ret_rows, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	DB_ADD(unit, &SQL_HANDOVERS_LIST, organisation_id,
	       db_from_texts(arena, message_ids, count));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	size_t found = db_result_rows(result);
	struct handover_row *rows = ARENA_ARRAY(arena, found + 1, struct handover_row);
	if (!rows)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < found; i++)
		rows[i] = (struct handover_row){
			.message_id = db_text(result, i, 0),
			.attempt = (int32_t)db_int(result, i, 1),
			.channel = db_text(result, i, 2),
			.provider = db_text(result, i, 3),
			.state = db_text(result, i, 4),
			.provider_ref = db_text(result, i, 5),
			.error_code = db_text(result, i, 6),
			.asked_at = db_instant(result, i, 7),
			.changed_at = db_instant(result, i, 8),
		};
	*ret_rows = rows;
	*ret_count = found;
	return status_ok();
}
