/* Which person the rows of an athlete's record are found by (schema/0010_merge.sql). */
#ifndef SOLEUS_SCHEDULING_STORE_PERSON_H
#define SOLEUS_SCHEDULING_STORE_PERSON_H

#include "db/db.h"

/* First of what a merge or an unmerge writes: until the unit ends nobody else writes rows of the
 * organisation's athletes. */
void person_lock(struct db_unit *unit, const char *organisation_id);

/* What the record has with one person goes to another, behind person_lock and with the alias as it
 * is to be: visits that overlap the other's stay where they are. */
void person_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		const char *from_id, const char *to_id);

/* Visits to come that two records have at the same time, before they are merged. */
size_t person_overlaps(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		       const char *survivor_id, int64_t now_us);
struct person_overlap {
	const char *appointment_id;
	const char *clinic_id;
	const char *other_id;
};
struct person_overlap person_overlap(const struct db_result *result, size_t row);

#endif
