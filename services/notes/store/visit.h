/* Screenings and encounters: what happens at a visit before its note. Functions with a unit add
 * statements to it; rows are read when it has run, and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_VISIT_H
#define SOLEUS_NOTES_STORE_VISIT_H

#include "db/db.h"

struct screening_row {
	const char *screening_id;
	const char *appointment_id;
	const char *athlete_id;
	const char *const *items; /* codes of rules/caution.h */
	size_t item_count;
	const char *outcome;
	int64_t recorded_at;
	const char *recorded_by;
	bool by_staff;
	const char *const *open_items; /* questions without an answer */
	size_t open_count;
	const char *language; /* of the questions; "" where staff asked */
};

/* What is known before a screening. */
struct screening_look {
	bool athlete_known;
	const char *appointment_athlete_id; /* "": no such appointment */
	bool staff_screened;
	const char *staff_items; /* of the newest by staff; a blank between */
};

size_t screening_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		      const char *appointment_id);
struct screening_look screening_looked(const struct db_unit *unit, size_t index);
void screening_add(struct db_unit *unit, const char *organisation_id,
		   const struct screening_row *screening);

/* A visit as scheduling has told of it. */
struct appointment_found {
	bool found; /* false: nothing else is set */
	const char *athlete_id;
	const char *state;
	int64_t ends_at;
};

size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id);
struct appointment_found appointment_found(const struct db_unit *unit, size_t index);

struct encounter_row {
	const char *encounter_id;
	const char *appointment_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	int64_t opened_at;
	const char *opened_by;
};

/* What is known before an encounter is opened, with its pre-fill. */
struct visit_look {
	bool athlete_known;
	bool practitioner_known;
	bool clinic_known;
	const char *appointment_athlete_id; /* "": no such appointment */
	const char *appointment_state;
	const char *encounter_id;      /* "": not opened yet */
	const char *screening_items;   /* codes with a blank between */
	const char *screening_outcome; /* "": not screened */
	bool treatment_consent;        /* R5: in force */
};

/* `asked` needs ids alone. */
size_t visit_look(struct db_unit *unit, const char *organisation_id,
		  const struct encounter_row *asked);
struct visit_look visit_looked(const struct db_unit *unit, size_t index);
void encounter_add(struct db_unit *unit, const char *organisation_id,
		   const struct encounter_row *encounter);

/* One row or none. */
size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

#endif
