/* An athlete's training calendar as a source brings it: from a call, an .ics file, a feed.
 *
 * Titles without a kind are classified by the organisation's words, then by ours. Nothing is
 * written when nothing differs; what does differ is told (TrainingChanged), and the athlete's
 * coming visits are checked against it (clash.h).
 *
 *     status = calendar_look(db, arena, &calendar);
 *     calendar_put(unit, &calendar, &event);
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_CALENDAR_H
#define SOLEUS_SCHEDULING_HANDLERS_CALENDAR_H

#include "events/command.h"
#include "scheduling/store/training.h"

#include "soleus/v1/scheduling.pb-c.h"

struct calendar {
	struct training_calendar kept; /* whose, of which source; `sessions` is made by the look */
	struct session_row *rows;      /* each uid once */
	size_t row_count;
	struct training_seen seen; /* by the look: what putting it would change */
};

/* FIBER. Classifies and looks. NOT_FOUND without the athlete. */
FIBER struct status calendar_look(struct db *db, struct arena *arena, struct calendar *calendar);

/* Adds to a unit what calendar_look found; false when nothing differs. With true `*ret_event` is to
 * be told, and clash_check_wake called after the commit. */
bool calendar_put(struct db_unit *unit, const struct calendar *calendar,
		  Soleus__V1__TrainingChanged *ret_event);

/* FIBER. The body of commands that bring a calendar: look, put, tell, commit. `part` is filled; it
 * is `reply` or a part of it. */
FIBER struct status calendar_command(struct call *call, struct calendar *calendar,
				     Soleus__V1__PutTrainingReply *part, ProtobufCMessage *reply);

#endif
