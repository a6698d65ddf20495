#include "scheduling/store/visit_plan.h"

#include "scheduling_sql.h"

size_t visit_plan_find_subjects(struct db_unit *unit, const char *organisation_id,
				const struct visit_plan_row *plan)
{
	return DB_ADD(unit, &SQL_VISIT_PLAN_KNOWN, organisation_id, plan->athlete_id,
		      db_id(plan->service_id));
}

struct visit_plan_known visit_plan_subjects(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct visit_plan_known){db_bool(result, 0, 0), db_bool(result, 0, 1)};
}

void visit_plan_put(struct db_unit *unit, const char *organisation_id,
		    const struct visit_plan_row *plan, bool change)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_VISIT_PLAN_PUT, organisation_id, plan->plan_id, plan->athlete_id,
	       db_id(plan->service_id), plan->name, db_from_int(arena, plan->visits),
	       db_from_instant(arena, plan->starts_at), db_from_instant(arena, plan->ends_at),
	       db_from_bool(change));
}

size_t visit_plan_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		       int64_t now_us)
{
	return DB_ADD(unit, &SQL_VISIT_PLAN_LIST, organisation_id, athlete_id,
		      db_from_instant(db_unit_arena(unit), now_us));
}

struct visit_plan_row visit_plan_row(const struct db_result *result, size_t row)
{
	return (struct visit_plan_row){
		.plan_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.service_id = db_text(result, row, 2),
		.name = db_text(result, row, 3),
		.visits = db_int(result, row, 4),
		.starts_at = db_instant(result, row, 5),
		.ends_at = db_instant(result, row, 6),
		.used = db_int(result, row, 7),
	};
}
