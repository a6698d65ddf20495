#include "analytics/store/settling.h"

#include "base/clock.h"

#include "analytics_sql.h"

#define BACK_US (366 * CLOCK_DAY_US)

FIBER struct status settling_load(struct db *db, struct arena *arena, const char *organisation_id,
				  const char *athlete_id, int64_t now_us,
				  struct settling_facts *ret_facts)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	const char *since = db_from_instant(arena, now_us - BACK_US);
	size_t visits = DB_ADD(unit, &SQL_SETTLING_VISITS, organisation_id, athlete_id, since);
	size_t answers = DB_ADD(unit, &SQL_SETTLING_ANSWERS, organisation_id, athlete_id, since);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *treated = db_unit_result(unit, visits);
	const struct db_result *told = db_unit_result(unit, answers);
	struct settling_facts facts = {
		.treated_at = ARENA_ARRAY(arena, db_result_rows(treated) + 1, int64_t),
		.answers = ARENA_ARRAY(arena, db_result_rows(told) + 1, struct settling_answer),
	};
	if (!facts.treated_at || !facts.answers)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for check-ins");
	for (; facts.visit_count < db_result_rows(treated); facts.visit_count++)
		facts.treated_at[facts.visit_count] = db_instant(treated, facts.visit_count, 0);
	for (; facts.answer_count < db_result_rows(told); facts.answer_count++) {
		size_t row = facts.answer_count;
		facts.answers[row] = (struct settling_answer){
			.answered_at = db_instant(told, row, 0),
			.soreness = db_double(told, row, 1),
			.readiness = db_is_null(told, row, 2) ? -1 : db_double(told, row, 2),
		};
	}
	*ret_facts = facts;
	return status;
}
