/* Who may read an athlete's record: in the round trip that reads it.
 *
 *     guard_athlete(call, unit, request->athlete_id);
 *     …what is read or written…
 *     struct status status = db_run(call_db(call), unit);
 *     if (!status_is_ok(status))
 *             return guarded(unit, status);
 *
 * The guard stands first: a refused reader's unit does nothing, and says how to go on. Athletes
 * alone are bounded by events/check.h.
 */
#ifndef SOLEUS_NOTES_HANDLERS_ACCESS_H
#define SOLEUS_NOTES_HANDLERS_ACCESS_H

#include "events/command.h"

/* Ends the unit unless the caller may read the athlete's record: of whom, of a note, of a visit. */
void guard_athlete(const struct call *call, struct db_unit *unit, const char *athlete_id);
void guard_note(const struct call *call, struct db_unit *unit, const char *note_id);
void guard_encounter(const struct call *call, struct db_unit *unit, const char *encounter_id);

/* Ends the unit unless the caller may put a signature under the note: a glass that was broken, or a
 * visit that was opened, gives the right to read and to treat, not to sign what others wrote. */
void guard_signing(const struct call *call, struct db_unit *unit, const char *note_id);
/* The same for what is typed of a visit: of the own one, or by a right that lasts; and of a visit
 * that is booked for the athlete. */
void guard_writing(const struct call *call, struct db_unit *unit, const char *encounter_id);
void guard_visits(const struct call *call, struct db_unit *unit, const char *athlete_id);

/* The status of a unit that failed, in words for who was refused by the guard; of one that puts
 * words or a signature to what is another's. */
struct status guarded(const struct db_unit *unit, struct status status);
struct status guarded_writing(const struct db_unit *unit, struct status status);

#endif
