/* Holidays of clinics that an imported calendar brought: absences with a source and a uid.
 * Functions with a unit add their statements to it. */
#ifndef SOLEUS_SCHEDULING_STORE_HOLIDAY_H
#define SOLEUS_SCHEDULING_STORE_HOLIDAY_H

#include "db/db.h"

struct holiday_row {
	const char *absence_id;
	const char *clinic_id;
	const char *uid;
	const char *title;
	int64_t starts_at;
	int64_t ends_at;
};

struct holiday_clinic {
	const char *clinic_id;
	const char *zone;
};

/* All of the organisation when `count` is 0; those that it does not have are left out. */
size_t holiday_clinics(struct db_unit *unit, const char *organisation_id,
		       const char *const *clinic_ids, size_t count);
struct holiday_clinic holiday_clinic(const struct db_result *result, size_t row);

/* Of the source, those that are not over, by clinic and uid. */
size_t holiday_kept(struct db_unit *unit, const char *organisation_id, const char *source,
		    const struct holiday_clinic *clinics, size_t count, int64_t now_us);
struct holiday_row holiday_row(const struct db_result *result, size_t row);

/* Visits on those days that are still to come, as absence_find_visits has them. */
size_t holiday_find_visits(struct db_unit *unit, const char *organisation_id,
			   const struct holiday_row *rows, size_t count, int64_t now_us);

void holiday_put(struct db_unit *unit, const char *organisation_id, const char *source,
		 const struct holiday_row *rows, size_t count);
void holiday_remove(struct db_unit *unit, const char *organisation_id,
		    const struct holiday_row *rows, size_t count);

#endif
