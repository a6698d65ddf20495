/* Who was last treated where and when: rows that the law counts from. As in
 * directory/store/athlete.h. */
#ifndef SOLEUS_DIRECTORY_STORE_RETENTION_H
#define SOLEUS_DIRECTORY_STORE_RETENTION_H

#include "db/db.h"
#include "directory/rules/retention.h"

void treatment_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   const char *clinic_id, int64_t treated_at);

/* Of the person who has the id. */
size_t treatments_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

/* Of the next `limit` persons behind `after_id` ("": from the first on), in the order of their ids.
 */
size_t treatments_page(struct db_unit *unit, const char *organisation_id, const char *after_id,
		       int64_t limit);

struct treatment_row {
	const char *athlete_id; /* in a page: the person's first */
	bool treated;           /* false: the row stands for a person whom nobody has treated */
	int64_t treated_at;
	struct retention_treatment last;
	const char *given_name; /* in a page */
	const char *family_name;
};

struct treatment_row treatment_row(const struct db_result *result, size_t row);
struct treatment_row treatment_page_row(const struct db_result *result, size_t row);

#endif
