/* The life of an appointment: its states, what can be done in each, and the cut-off of its service.
 *
 *     held → booked → checked_in → completed
 *
 * cancelled, no_show and expired are ends, as completed is. The trigger appointment_moves refuses
 * in the database what is refused here.
 *
 *     if (!life_allows(row.state, LIFE_MOVE))
 *             life_text(row.state, text, sizeof(text)); // "the appointment is cancelled: it is
 * over"
 */
#ifndef SOLEUS_SCHEDULING_RULES_LIFE_H
#define SOLEUS_SCHEDULING_RULES_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum appointment_state {
	APPOINTMENT_HELD, /* until hold_expires_at */
	APPOINTMENT_BOOKED,
	APPOINTMENT_CHECKED_IN, /* the athlete is here */
	APPOINTMENT_COMPLETED,  /* its note is signed, or staff said so */
	APPOINTMENT_CANCELLED,
	APPOINTMENT_NO_SHOW,
	APPOINTMENT_EXPIRED, /* a hold that nobody confirmed */
};
#define APPOINTMENT_STATES 7

const char *appointment_state_name(enum appointment_state state); /* "checked_in" */
bool appointment_state_find(const char *name, enum appointment_state *ret_state);

enum life_action {
	LIFE_CONFIRM,
	LIFE_RELEASE,
	LIFE_MOVE, /* to another time, practitioner, clinic or room */
	LIFE_CHECK_IN,
	LIFE_COMPLETE,
	LIFE_CANCEL,
	LIFE_NO_SHOW,
};
#define LIFE_ACTIONS 7

bool life_allows(enum appointment_state state, enum life_action action);

#define LIFE_TEXT_BYTES 160

/* "the appointment is booked: it can be moved, checked in, …". Always terminated. */
void life_text(enum appointment_state state, char *ret_text, size_t bytes);

/* Later than the service lets visits be cancelled or moved: staff alone may, and say why. With a
 * cut-off of 0 that is from the visit's beginning on. */
bool life_is_late(int64_t starts_at, int64_t cutoff_us, int64_t now_us);

#endif
