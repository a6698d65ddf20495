/* What can be booked: services. Functions with a unit add
 * statements; results are read when it has run. */
#ifndef SOLEUS_SCHEDULING_STORE_CATALOGUE_H
#define SOLEUS_SCHEDULING_STORE_CATALOGUE_H

#include "db/db.h"

struct service_row {
	const char *service_id;
	const char *name;
	int64_t duration_minutes;
	int64_t buffer_before_minutes;
	int64_t buffer_after_minutes;
	const char *skill;     /* "": none */
	const char *room_kind; /* "": any */
	const char *const *equipment;
	size_t equipment_count;
	const char *const *modalities;
	size_t modality_count;
	int64_t cancel_cutoff_minutes;
	int64_t hold_minutes;
};

/* The id of the service of this name, NULL for none. */
size_t catalogue_find_named(struct db_unit *unit, const char *organisation_id, const char *name);
const char *catalogue_named(const struct db_unit *unit, size_t index);
void catalogue_put_service(struct db_unit *unit, const char *organisation_id,
			   const struct service_row *service);

size_t catalogue_list(struct db_unit *unit, const char *organisation_id);
struct service_row catalogue_service(struct arena *arena, const struct db_result *result,
				     size_t row);

#endif
