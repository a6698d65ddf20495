/* The way between clinics. Functions with a unit add statements; results are read when it has run.
 */
#ifndef SOLEUS_SCHEDULING_STORE_RESOURCES_H
#define SOLEUS_SCHEDULING_STORE_RESOURCES_H

#include "db/db.h"

struct travel_row {
	const char *from_clinic_id;
	const char *to_clinic_id;
	int64_t minutes;
	bool one_way; /* else the way back takes as long */
};

/* Whether both clinics are known. */
size_t resources_find_clinics(struct db_unit *unit, const char *organisation_id,
			      const struct travel_row *travel);
bool resources_clinics_known(const struct db_unit *unit, size_t index);
void resources_put_travel(struct db_unit *unit, const char *organisation_id,
			  const struct travel_row *travel);

#endif
