/* Alerts are told to the next person of the chain until somebody acknowledges them (A2, R3,
 * break-glass): a part of the dispatcher's turn. Each step is one unit, the row that says who was
 * told and the message to them, so that it happens once whoever takes it, and whatever is killed.
 */
#ifndef SOLEUS_REMINDERS_HANDLERS_ESCALATION_H
#define SOLEUS_REMINDERS_HANDLERS_ESCALATION_H

#include "events/events.h"

struct escalated {
	int64_t next_due_at; /* of the next step; INT64_MAX: none */
	bool told;           /* somebody was: the messages are due */
};

/* FIBER. Takes all steps that are due at `now`. */
FIBER struct status escalate(struct events *events, struct arena *arena, int64_t now,
			     struct escalated *ret_escalated);

#endif
