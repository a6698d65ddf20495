/* Rows of the audit trail that are written only where there is something to be read. `values` are
 * audit_values(); the arena is the unit's. */
#ifndef SOLEUS_NOTES_STORE_AUDIT_H
#define SOLEUS_NOTES_STORE_AUDIT_H

#include "db/db.h"

/* The reading of a note; `athlete_id` as in note_find (NULL: any athlete's). Writes the note's own
 * athlete, and nothing when note_find finds nothing. */
void audit_note_read(struct db_unit *unit, const char *const *values, const char *note_id,
		     const char *athlete_id);

/* What concerns an athlete as a whole: nothing when there is no such athlete. `record_id` may be
 * "". */
void audit_athlete_read(struct db_unit *unit, const char *const *values, const char *athlete_id,
			const char *record_id);

void audit_encounter_read(struct db_unit *unit, const char *const *values,
			  const char *encounter_id);

#endif
