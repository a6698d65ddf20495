/* How visits ended. */
#ifndef SOLEUS_ANALYTICS_STORE_ATTENDANCE_H
#define SOLEUS_ANALYTICS_STORE_ATTENDANCE_H

#include "db/db.h"

struct attendance_row {
	const char *appointment_id;
	const char *clinic_id;
	int64_t starts_at;
	const char *state; /* completed, no_show, cancelled */
};

/* Twice is once. */
void attendance_add(struct db_unit *unit, const char *organisation_id,
		    const struct attendance_row *row);

struct attendance_counts {
	int32_t completed;
	int32_t no_shows;
	int32_t cancelled;
};

/* Of visits that began from `from_us` until `until_us`. */
size_t attendance_count(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
			int64_t from_us, int64_t until_us);
struct attendance_counts attendance_counts(const struct db_result *result);

#endif
