/* What OpenEncounter and the check-in have in common. */
#ifndef SOLEUS_NOTES_HANDLERS_ENCOUNTER_H
#define SOLEUS_NOTES_HANDLERS_ENCOUNTER_H

#include "base/arena.h"
#include "notes/store/visit.h"

/* The id of a visit's record: of an appointment always the same, so that check-in and practitioner
 * open one; of a walk-in by the idempotency key of who opens it. In the arena. */
const char *encounter_id_of(struct arena *arena, const char *organisation_id,
			    const char *appointment_id, const char *idempotency_key);

/* Adds the event of the opening to the unit that opens. */
void tell_of_encounter(struct arena *arena, struct db_unit *unit, const char *organisation_id,
		       const struct encounter_row *encounter, const char *traceparent);

#endif
