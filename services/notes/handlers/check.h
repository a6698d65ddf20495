/* What comes from outside, checked: all faults of a form are collected, then refused at once.
 *
 *     struct check check = check_begin(call);
 *     check_id(&check, "athlete_id", request->athlete_id);
 *     if (check_failed(&check))
 *             return check_status(&check);
 */
#ifndef SOLEUS_NOTES_HANDLERS_CHECK_H
#define SOLEUS_NOTES_HANDLERS_CHECK_H

#include "base/status.h"
#include "events/command.h"

struct check {
	struct arena *arena;
	struct faults faults;
};

/* Without an organisation in the call there is a fault already. */
struct check check_begin(const struct call *call);
bool check_failed(const struct check *check);
struct status check_status(const struct check *check);

/* `field` and `expected` are static or in the arena. */
void check_that(struct check *check, bool holds, const char *field, const char *expected);
void check_id(struct check *check, const char *field, const char *id);

/* Staff see every athlete of their organisation, athletes themselves alone. */
bool may_see_athlete(const struct call *call, const char *athlete_id);

/* The one athlete whose records the principal may see; NULL for all of the organisation. */
const char *sees_athlete_alone(const struct call *call);

/* Writes the call into the audit trail, in `unit`. `record_id` may be "". */
void leave_trail(const struct call *call, struct db_unit *unit, const char *athlete_id,
		 const char *record_id);

/* The same for the reading of a note, by who may read it. */
void leave_trail_of_note(const struct call *call, struct db_unit *unit, const char *note_id);

/* And for the reading of all notes of an athlete, who may not be known. */
void leave_trail_of_list(const struct call *call, struct db_unit *unit, const char *athlete_id);

#endif
