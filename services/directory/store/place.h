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

/* A list of words, such as skills. */
struct words {
	const char *const *words;
	size_t count;
};
#define WORD_SEPARATOR '\x1f'

struct room_row {
	const char *clinic_id;
	const char *room_id;
	const char *name;
	const char *kind;
	int64_t capacity;
	const struct words *equipment; /* as it is written */
	const char *equipment_read;    /* as it was read: words parted by WORD_SEPARATOR */
};

/* Of dry needling. */
struct training {
	int64_t hours; /* 0: not recorded */
	const char *place;
	const char *on; /* YYYY-MM-DD; "" for none */
};

struct practitioner_row {
	const char *clinic_id; /* in a list by clinics; not stored by place_add_practitioner */
	const char *practitioner_id;
	const char *given_name;
	const char *family_name;
	const struct words *skills; /* as for a room's equipment */
	const char *skills_read;
	struct training training;
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

/* All of it as it is from now on. The unit fails with SL003 for a practitioner who is not there. */
void place_update_room(struct db_unit *unit, const char *organisation_id,
		       const struct room_row *room);
void place_update_practitioner(struct db_unit *unit, const char *organisation_id,
			       const struct practitioner_row *practitioner,
			       const char *const *clinic_ids, size_t clinic_count);

/* The clinic of a room, NULL when there is no such room. */
size_t place_find_room(struct db_unit *unit, const char *organisation_id, const char *room_id);
const char *place_room_clinic(const struct db_unit *unit, size_t index);

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
