/* The audit trail: who read or wrote which record. */
#ifndef SOLEUS_NOTES_HANDLERS_TRAIL_H
#define SOLEUS_NOTES_HANDLERS_TRAIL_H

#include "events/command.h"

/* Writes the call into the audit trail, in `unit`. `record_id` may be "". */
void leave_trail(const struct call *call, struct db_unit *unit, const char *athlete_id,
		 const char *record_id);

/* The same for the reading of a note, by who may read it. */
void leave_trail_of_note(const struct call *call, struct db_unit *unit, const char *note_id);

/* And for what concerns an athlete who may not be known; `record_id` may be "". */
void leave_trail_of_athlete(const struct call *call, struct db_unit *unit, const char *athlete_id,
			    const char *record_id);

/* And for what belongs to an encounter. */
void leave_trail_of_encounter(const struct call *call, struct db_unit *unit,
			      const char *encounter_id);

/* And for what is nobody's record: the words and plans of a clinic ("": of the organisation), by
 * their code. */
void leave_trail_of_words(const struct call *call, struct db_unit *unit, const char *clinic_id,
			  const char *code);

#endif
