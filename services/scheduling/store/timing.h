/* Rows of the windows of T1 to T3: an organisation's, staff's for an athlete, and what was learned.
 */
#ifndef SOLEUS_SCHEDULING_STORE_TIMING_H
#define SOLEUS_SCHEDULING_STORE_TIMING_H

#include "db/db.h"
#include "scheduling/rules/timing.h"

void timing_put_defaults(struct db_unit *unit, const char *organisation_id,
			 const struct timing_defaults *defaults);

/* -1: as the organisation has it. */
void timing_put_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			const struct timing_athlete *athlete, const char *reason);

/* T3: what analytics has learned by `at_us`; what is older than what is known changes nothing. */
void timing_put_settling(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			 int32_t settling_hours, int32_t check_ins, int64_t at_us);

struct timing_row {
	bool athlete_known;
	struct timing_windows windows; /* as they hold for the athlete */
	struct timing_defaults organisation;
	const char *reason;
	int32_t settling_hours; /* 0 while there are too few check-ins */
	int32_t check_ins;
};

size_t timing_get(struct db_unit *unit, const char *organisation_id, const char *athlete_id);
struct timing_row timing_row(const struct db_result *result);

#endif
