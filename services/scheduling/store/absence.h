/* What takes hours away: time off, closures and holidays, rooms that cannot be used. Functions with
 * a unit add their statements to it. */
#ifndef SOLEUS_SCHEDULING_STORE_ABSENCE_H
#define SOLEUS_SCHEDULING_STORE_ABSENCE_H

#include "db/db.h"

/* Of a practitioner, a clinic or a room: the other two ids are "". */
struct absence_row {
	const char *absence_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *room_id;
	const char *kind;
	const char *title;
	int64_t starts_at;
	int64_t ends_at;
};

/* Whether the organisation has what the absence is of. */
size_t absence_find_owner(struct db_unit *unit, const char *organisation_id,
			  const struct absence_row *absence);
bool absence_owner_known(const struct db_unit *unit, size_t index);

/* Visits in its time that are still to come, earliest first, at most 200; columns as
 * appointment_row reads them. */
size_t absence_find_visits(struct db_unit *unit, const char *organisation_id,
			   const struct absence_row *absence, int64_t now_us);

void absence_add(struct db_unit *unit, const char *organisation_id,
		 const struct absence_row *absence);

/* The unit fails with absence_is_gone when there is none. */
void absence_remove(struct db_unit *unit, const char *organisation_id, const char *absence_id);
bool absence_is_gone(const struct db_unit *unit);

/* Those that overlap [from_us, until_us), earliest first, at most 1,000. "" is any. */
size_t absence_list(struct db_unit *unit, const char *organisation_id, const char *practitioner_id,
		    const char *clinic_id, const char *room_id, int64_t from_us, int64_t until_us);
struct absence_row absence_row(const struct db_result *result, size_t row);

#endif
