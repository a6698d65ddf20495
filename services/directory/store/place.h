/* Organisations, clinics, rooms, practitioners: their rows. Each function adds one statement to a
 * unit; rows are read when the unit has run, and live as long as its arena. */
#ifndef SOLEUS_DIRECTORY_STORE_PLACE_H
#define SOLEUS_DIRECTORY_STORE_PLACE_H

#include "db/db.h"

struct clinic_row {
	const char *clinic_id;
	const char *name;
	const char *zone;
	const char *jurisdiction;
};

struct room_row {
	const char *clinic_id;
	const char *room_id;
	const char *name;
};

struct practitioner_row {
	const char *clinic_id; /* in a list by clinics; not stored by place_add_practitioner */
	const char *practitioner_id;
	const char *given_name;
	const char *family_name;
};

void place_add_organisation(struct db_unit *unit, const char *organisation_id, const char *name,
			    int64_t now_us);
void place_add_clinic(struct db_unit *unit, const char *organisation_id,
		      const struct clinic_row *clinic, int64_t now_us);
void place_add_room(struct db_unit *unit, const char *organisation_id, const struct room_row *room,
		    int64_t now_us);
void place_add_practitioner(struct db_unit *unit, const char *organisation_id,
			    const struct practitioner_row *practitioner,
			    const char *const *clinic_ids, size_t clinic_count, int64_t now_us);

/* Its name, NULL when there is none. */
size_t place_find_organisation(struct db_unit *unit, const char *organisation_id);
const char *place_organisation_name(const struct db_unit *unit, size_t index);

/* Whole lists; rooms and practitioners name the clinic that they are in. */
size_t place_list_clinics(struct db_unit *unit, const char *organisation_id);
size_t place_list_rooms(struct db_unit *unit, const char *organisation_id);
size_t place_list_practitioners(struct db_unit *unit, const char *organisation_id);
struct clinic_row place_clinic(const struct db_result *result, size_t row);
struct room_row place_room(const struct db_result *result, size_t row);
struct practitioner_row place_practitioner(const struct db_result *result, size_t row);

#endif
