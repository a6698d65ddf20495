/* A recipient's zone as the rules want it: PostgreSQL says when the clocks change, the rules look
 * it up without waiting. PostgreSQL brings the zones, so that no second copy of tzdata can
 * disagree.
 *
 * Cost: one query of about 1 ms for a year.
 */
#ifndef SOLEUS_REMINDERS_STORE_ZONE_H
#define SOLEUS_REMINDERS_STORE_ZONE_H

#include "db/db.h"
#include "reminders/rules/send_window.h"

/* FIBER. The zone where the athlete lives (else the clinic's, else UTC), good from `from` to
 * `until` and some days around. Lives in `arena`. */
FIBER struct status zone_read(struct db *db, struct arena *arena, const char *organisation_id,
			      const char *athlete_id, const char *clinic_id, int64_t from,
			      int64_t until, struct local_zone *ret_zone);

/* The same as a statement of a unit, and its answer. `zone` is where the athlete lives from now on;
 * NULL: as is known. */
size_t zone_ask(struct db_unit *unit, const char *organisation_id, const char *zone,
		const char *athlete_id, const char *clinic_id, int64_t from, int64_t until);
struct status zone_take(struct db_unit *unit, size_t asked, struct arena *arena,
			struct local_zone *ret_zone);

/* One with a fixed offset: for what is asked of one instant alone. `seconds` must stay. */
struct local_zone zone_fixed(const int32_t *seconds);

#endif
