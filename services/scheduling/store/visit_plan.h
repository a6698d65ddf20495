/* Plans that limit an athlete's visits. Functions add statements to a unit; results are read when
 * it has run. */
#ifndef SOLEUS_SCHEDULING_STORE_VISIT_PLAN_H
#define SOLEUS_SCHEDULING_STORE_VISIT_PLAN_H

#include "db/db.h"

struct visit_plan_row {
	const char *plan_id;
	const char *athlete_id;
	const char *service_id; /* "": of any */
	const char *name;
	int64_t visits;
	int64_t starts_at; /* of visits that start in [starts_at, ends_at) */
	int64_t ends_at;
	int64_t used; /* in a list: held, booked, attended, not shown up */
};

struct visit_plan_known {
	bool athlete;
	bool service;
};

size_t visit_plan_find_subjects(struct db_unit *unit, const char *organisation_id,
				const struct visit_plan_row *plan);
struct visit_plan_known visit_plan_subjects(const struct db_unit *unit, size_t index);

/* `change`: it must be there; the unit fails with SL003 when it is not, or is another athlete's. */
void visit_plan_put(struct db_unit *unit, const char *organisation_id,
		    const struct visit_plan_row *plan, bool change);

size_t visit_plan_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		       int64_t now_us);
struct visit_plan_row visit_plan_row(const struct db_result *result, size_t row);

#endif
