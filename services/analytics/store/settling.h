/* What tells how long needling takes to settle in an athlete: visits and check-ins. */
#ifndef SOLEUS_ANALYTICS_STORE_SETTLING_H
#define SOLEUS_ANALYTICS_STORE_SETTLING_H

#include "analytics/rules/settling.h"
#include "db/db.h"

struct settling_facts {
	int64_t *treated_at; /* newest first */
	size_t visit_count;
	struct settling_answer *answers; /* with room for one more */
	size_t answer_count;
};

/* FIBER. Of a year up to `now_us`. */
FIBER struct status settling_load(struct db *db, struct arena *arena, const char *organisation_id,
				  const char *athlete_id, int64_t now_us,
				  struct settling_facts *ret_facts);

#endif
