/* Who may read an athlete's record (proto/soleus/v1/notes_access.proto). Functions with a unit add
 * statements to it. */
#ifndef SOLEUS_NOTES_STORE_ACCESS_H
#define SOLEUS_NOTES_STORE_ACCESS_H

#include "db/db.h"

#define RECORD_GUARDED "SL005" /* db_unit_sqlstate: the reader may not */

/* Ends the unit unless the practitioner may read the record of the athlete, or the note; the other
 * is NULL. */
void record_guard(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *note_id, const char *reader_id, int64_t now_us);
/* The same, by a right to write: of a home clinic, a booked visit or the own note, not by a broken
 * glass or a visit that was opened under one. */
void record_guard_lasting(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  const char *note_id, const char *reader_id);
void encounter_guard(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		     const char *reader_id, int64_t now_us);

/* The same; where the encounter is another's, by a right that lasts. */
void encounter_guard_lasting(struct db_unit *unit, const char *organisation_id,
			     const char *encounter_id, const char *reader_id, int64_t now_us);

struct glass_look {
	bool found; /* false: no such athlete */
	const char *home_clinic_id;
	bool may_read; /* without breaking it */
};

size_t glass_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *practitioner_id, int64_t now_us);
struct glass_look glass_looked(const struct db_unit *unit, size_t index);

struct glass_row {
	const char *glass_id;
	const char *practitioner_id;
	const char *athlete_id;
	const char *reason;
	int64_t broken_at;
	int64_t until_at;
};

void glass_add(struct db_unit *unit, const char *organisation_id, const struct glass_row *glass);

#endif
