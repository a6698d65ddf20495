/* Which messages follow a booking and a signed note, when each is due, and when it is too late.
 *
 * Due is when the rule wants it; the send window and consent are applied afterwards. A message that
 * has not gone out by stale_at is never sent. Booking or move: that it is so, A3 preparation, A4
 * reminders 48 h and 3 h before. Note: P1 steps, A1 check-in, A2 checks for R4 sites, O2 measures.
 *
 *     size_t count = follow_up_for_booking(&booking, messages, FOLLOW_UP_MAX);
 */
#ifndef SOLEUS_REMINDERS_RULES_FOLLOW_UP_H
#define SOLEUS_REMINDERS_RULES_FOLLOW_UP_H

#include "reminders/rules/send_window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every text that the system sends. The names are stored: never rename. */
enum message_purpose {
	MESSAGE_BOOKING_CONFIRMATION,
	MESSAGE_REMINDER_48H,
	MESSAGE_REMINDER_3H,
	MESSAGE_PREPARATION,
	MESSAGE_VISIT_MOVED,
	MESSAGE_VISIT_CANCELLED,
	MESSAGE_TIMING_CLASH, /* T1: the athlete's calendar warns of a coming visit */
	MESSAGE_WAITLIST_OFFER,
	MESSAGE_WAITLIST_GONE, /* a yes that came too late */
	MESSAGE_PLAN_STEP,
	MESSAGE_CHECK_IN,
	MESSAGE_RED_FLAG_24H,
	MESSAGE_RED_FLAG_72H,
	MESSAGE_MEASURES_48H,
	MESSAGE_MEASURES_10D,
	MESSAGE_MEASURES_4W,
	MESSAGE_EMERGENCY_ADVICE, /* reply to red-flag words */
	MESSAGE_STOP_CONFIRMED,
	MESSAGE_START_CONFIRMED,
	MESSAGE_HELP,
};
#define MESSAGE_PURPOSES 20

/* Smaller goes first. */
enum message_priority {
	MESSAGE_PRIORITY_SAFETY,
	MESSAGE_PRIORITY_VISIT,
	MESSAGE_PRIORITY_CARE,
	MESSAGE_PRIORITY_MEASURE,
};

struct planned_message {
	enum message_purpose purpose;
	const char *rule; /* "A2" */
	enum message_priority priority;
	int64_t due_at;
	int64_t stale_at; /* not sent at or after this instant */
	int32_t step;     /* MESSAGE_PLAN_STEP: the plan's nth day, 1-based; else 0 */
	int32_t steps;
};

#define FOLLOW_UP_MAX 24 /* holds all that follows a booking, or a note with 16 plan days */

struct follow_up_booking {
	int64_t booked_at; /* or moved to this time */
	int64_t visit_starts_at;
	struct local_zone zone; /* the recipient's */
	bool moved;             /* the first message says so, in place of the confirmation */
};

/* In order of due_at; returns how many were written. Nothing for a visit that has begun. A reminder
 * whose moment is not after the booking is not planned: the confirmation has just said it. A 3 h
 * reminder that quiet hours would hold until it is stale comes the evening before instead. */
size_t follow_up_for_booking(const struct follow_up_booking *booking,
			     struct planned_message *ret_messages, size_t capacity);

struct follow_up_note {
	int64_t visit_ends_at;
	bool treated;             /* an area was; without, and without thorax, nothing follows */
	bool thorax;              /* R4: a site over the lung, also of a muscle without an area */
	const int32_t *plan_days; /* first day of each P1 step; day 0 is the visit's */
	size_t plan_day_count;    /* at most 16 are used */
	struct local_zone zone;
};

size_t follow_up_for_note(const struct follow_up_note *note, struct planned_message *ret_messages,
			  size_t capacity);

/* An instant after all that follows the note: `zone` is asked no further ahead. */
int64_t follow_up_ends_at(const struct follow_up_note *note);

const char *message_purpose_name(enum message_purpose purpose); /* "red_flag_24h" */
bool message_purpose_find(const char *name, enum message_purpose *ret_purpose);
const char *message_purpose_rule(enum message_purpose purpose); /* "A4" */
enum message_priority message_purpose_priority(enum message_purpose purpose);

#endif
