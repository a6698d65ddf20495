/* Which messages follow a booking and a signed note, when each is due, and when it is too late: the
 * steps of a programme (rules/programme.h), reckoned for one visit.
 *
 * Due is when the step wants it; rules/arrange.h moves it into the send window, and consent is
 * asked when it is sent. A message that has not gone out by stale_at is never sent.
 *
 *     size_t count = follow_up_for_booking(&programme, &booking, messages, FOLLOW_UP_MAX);
 */
#ifndef SOLEUS_REMINDERS_RULES_FOLLOW_UP_H
#define SOLEUS_REMINDERS_RULES_FOLLOW_UP_H

#include "reminders/rules/programme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum message_moved {
	MESSAGE_MOVED_BY_WINDOW = 1,
	MESSAGE_MOVED_BY_BUNDLE = 2,
	MESSAGE_MOVED_BY_CAP = 4,
};

enum message_unsent {
	MESSAGE_TO_BE_SENT,
	MESSAGE_OVER_CAP, /* its days are full */
	MESSAGE_TOO_LATE, /* quiet hours last until it is stale */
};
#define MESSAGE_UNSENT 3

struct planned_message {
	enum message_purpose purpose;
	const char *rule; /* "A2" */
	enum message_priority priority;
	enum programme_bundle bundle;
	int64_t due_at;
	int64_t stale_at; /* not sent at or after this instant */
	int32_t step;     /* MESSAGE_PLAN_STEP: the plan's nth day, 1-based; else 0 */
	int32_t steps;
	/* What rules/arrange.h did to it. */
	int64_t wanted_at; /* due_at before */
	unsigned moved;    /* enum message_moved */
	enum message_unsent unsent;
};

#define FOLLOW_UP_MAX 24 /* holds all that follows a booking, or a note with 16 plan days */

struct follow_up_booking {
	int64_t booked_at; /* or moved to this time */
	int64_t visit_starts_at;
	struct local_zone zone; /* the recipient's */
	bool moved;             /* the first message says so, in place of the confirmation */
};

/* In order of due_at; returns how many were written. Nothing for a visit that has begun. A step
 * whose moment is not after the booking is not planned, unless it says otherwise (`missed`): the
 * confirmation has just said it. One that quiet hours would hold until it is stale comes at its
 * `instead`. */
size_t follow_up_for_booking(const struct programme *programme,
			     const struct follow_up_booking *booking,
			     struct planned_message *ret_messages, size_t capacity);

struct follow_up_note {
	int64_t visit_ends_at;
	bool treated;             /* an area was; without, and without thorax, nothing follows */
	bool thorax;              /* R4: a site over the lung, also of a muscle without an area */
	const int32_t *plan_days; /* first day of each P1 step; day 0 is the visit's */
	size_t plan_day_count;    /* at most 16 are used */
	struct local_zone zone;
};

size_t follow_up_for_note(const struct programme *programme, const struct follow_up_note *note,
			  struct planned_message *ret_messages, size_t capacity);

/* An instant after all that follows the note by any programme: `zone` is asked no further ahead. */
int64_t follow_up_ends_at(const struct follow_up_note *note);

#endif
