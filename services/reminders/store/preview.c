#include "reminders/store/preview.h"

#include "reminders_sql.h"

#include <string.h>

FIBER struct status preview_visits(struct db *db, struct db_unit *unit, const char *organisation_id,
				   const struct preview_asked *asked, struct visit **ret_visits,
				   size_t *ret_count)
{
	struct arena *arena = db_unit_arena(unit);
	size_t index = DB_ADD(unit, &SQL_PREVIEW_VISITS, organisation_id,
			      db_from_instant(arena, asked->from),
			      db_from_instant(arena, asked->until), db_id(asked->athlete_id),
			      db_id(asked->appointment_id), db_from_int(arena, asked->limit));
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct visit *visits = ARENA_ARRAY(arena, count + 1, struct visit);
	if (!visits)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the list takes too much memory");
	for (size_t i = 0; i < count; i++)
		visits[i] = visit_row(result, i);
	*ret_visits = visits;
	*ret_count = count;
	return status_ok();
}

size_t preview_reach_ask(struct db_unit *unit, const char *organisation_id,
			 const struct visit *visit)
{
	return DB_ADD(unit, &SQL_PREVIEW_REACH, organisation_id, visit->athlete_id,
		      db_id(visit->clinic_id),
		      db_from_instant(db_unit_arena(unit), visit->starts_at));
}

struct preview_reach preview_reach_take(struct db_unit *unit, size_t asked)
{
	const struct db_result *result = db_unit_result(unit, asked);
	struct preview_reach reach = {.language = "",
				      .clinic_name = "",
				      .visit_when = "",
				      .reminders = {.channel = ""},
				      .check_ins = {.channel = ""}};
	for (size_t i = 0; i < db_result_rows(result); i++) {
		bool reminders = strcmp(db_text(result, i, 0), "reminders") == 0;
		struct preview_way *way = reminders ? &reach.reminders : &reach.check_ins;
		*way = (struct preview_way){db_bool(result, i, 1), db_text(result, i, 2),
					    db_bool(result, i, 3)};
		reach.known = true;
		reach.language = db_text(result, i, 4);
		reach.has_guardian = db_bool(result, i, 5);
		reach.clinic_name = db_text(result, i, 6);
		reach.visit_when = db_text(result, i, 7);
	}
	return reach;
}
