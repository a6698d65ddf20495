/* The erasure of a person's contact data: what goes, and the row that stays. As in
 * directory/store/athlete.h. */
#ifndef SOLEUS_DIRECTORY_STORE_ERASURE_H
#define SOLEUS_DIRECTORY_STORE_ERASURE_H

#include "db/db.h"

/* The names of who is erased. */
#define ERASED_GIVEN_NAME  "Erased"
#define ERASED_FAMILY_NAME "athlete"

struct erasure_row {
	int64_t erased_at;
	const char *erased_by;
	const char *reason;
	const char *request_reference;
};

/* All ids of the person. Locks their rows first; erases what is not erased yet. `minor_kept_until`
 * is a date, or NULL. */
void erasure_add(struct db_unit *unit, const char *organisation_id, const char *const *athlete_ids,
		 size_t count, const struct erasure_row *erasure, const char *minor_kept_until);

/* What the events of a registration and of changes tell from now on. */
void erasure_scrub_events(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  const uint8_t *payload, size_t length);

/* No rows: not erased. */
size_t erasure_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id);
struct erasure_row erasure_row(const struct db_result *result, size_t row);

#endif
