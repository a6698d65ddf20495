/* Gives what was decided to be sent to its providers, and decides anew about what they do not take.
 *
 *     what was handed over before → may the provider be asked now (rules/gate.h) → 'asked' is
 *     written → the provider → taken, or the next step (rules/next_step.h): later, or the next
 *     channel at once
 *
 * The file channel makes one of two: nothing is written before it. Of the others a row says that
 * they are asked, before they are: who finds it 'asked' later asks the provider whether it has the
 * message, or hands it over again with the same key, or counts that it may have come twice.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_HAND_OVER_H
#define SOLEUS_REMINDERS_HANDLERS_HAND_OVER_H

#include "events/events.h"
#include "reminders/handlers/providers.h"
#include "reminders/store/passing.h"

struct handed;

struct hand_over {
	struct events *events;
	struct arena *arena;
	const char *organisation_id;
	struct queue_decision *decisions; /* WHETHER_SEND: handed over, each with what it leads */
	size_t count;                     /* at most PASSING_BATCH, or of the file channel alone */
	int64_t now;
	bool after_report; /* the provider had them: channels of before count no more */

	/* hand_over's */
	struct handed *handed;
	size_t handed_count;
	struct passed passed; /* earlier times */
	bool recalled;
	struct passing_end *led_ends; /* of what is said in others' texts */
	size_t led_end_count;
};

/* FIBER. Reads what was handed over before, for who joins texts; hand_over does where nobody did.
 */
FIBER struct status hand_over_recall(struct hand_over *batch);

/* FIBER. Those that no provider took are put off or suppressed afterwards. */
FIBER struct status hand_over(struct hand_over *batch);

/* FIBER. Adds to the unit of the decisions what became of each, with opt-outs, tasks and alerts. */
FIBER struct status hand_over_write(struct hand_over *batch, struct db_unit *unit);

/* After that unit's commit. */
void hand_over_written(const struct hand_over *batch);

/* Adds to `unit` what staff are told when a message reaches nobody: a task; of safety an alert. */
void tell_staff(struct events *events, struct db_unit *unit, const char *organisation_id,
		const struct queue_message *message, const char *why, int64_t now);
#define TASK_NOT_SENT "message_not_sent"

#endif
