/* When the messages of one plan go out: moved into the send window, what falls close together to
 * one moment, and no more on a local day than the athlete should get.
 *
 * Applied when messages are planned, and only to those of one visit or one treatment: a move, a
 * cancellation or an amendment takes the whole of it back and plans the whole anew, so a message
 * can neither be left over in a bundle nor be missing from it. Each stays a message of its own with
 * its own id and decision; what is still due at one moment when it is sent becomes one text
 * (handlers/join.h). The window is asked for again then, for a provider may have been away.
 *
 *   window   8 to 21 (the organisation's) in the recipient's zone; safety too
 *   bundle   the later joins the earlier, within the programme's minutes; safety never
 *   cap      by priority; beyond it the next day that has room, or not at all. Safety is not
 *            counted; what says something new at once (booked, moved, an offer) counts and goes
 *
 *     arrange(&programme, &zone, taken, taken_count, messages, count);
 */
#ifndef SOLEUS_REMINDERS_RULES_ARRANGE_H
#define SOLEUS_REMINDERS_RULES_ARRANGE_H

#include "reminders/rules/follow_up.h"

/* `taken`: moments of the athlete's other messages that count, from the local day of the first of
 * `messages` (in order of due_at, which holds afterwards too) to a week after the last. */
void arrange(const struct programme *programme, const struct local_zone *zone, const int64_t *taken,
	     size_t taken_count, struct planned_message *messages, size_t count);

/* Why a message is not to be sent, by enum message_unsent; NULL: it is. */
extern const char *const arrange_unsent[MESSAGE_UNSENT];

#define ARRANGE_TRACE_BYTES 256

/* "programme 3, step preparation, rule A3; from 2026-03-02T05:00:00Z by the send window, by a
 * bundle": why it comes, and when it would have come. */
void arrange_trace(const struct programme *programme, const struct planned_message *message,
		   char ret_trace[ARRANGE_TRACE_BYTES]);

#endif
