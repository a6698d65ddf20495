/* An appointment of an event as the visit that reminders keeps. */
#ifndef SOLEUS_REMINDERS_HANDLERS_VISIT_H
#define SOLEUS_REMINDERS_HANDLERS_VISIT_H

#include "reminders/handlers/events.h"
#include "reminders/rules/follow_up.h"

#include "soleus/v1/scheduling.pb-c.h"

/* False (and logged) when the event lacks what a visit needs. */
bool visit_from_appointment(const struct event *event, const Soleus__V1__Appointment *appointment,
			    int64_t booked_at, struct visit *ret_visit);

/* The visit has come to `state`; what was planned before it is not sent, for the reason `why`. */
struct status visit_ended(struct event *event, const Soleus__V1__Appointment *appointment,
			  const char *state, const char *why);

/* FIBER. Adds to the event's unit a message of now, unless `stale_at` has passed (the visit's
 * beginning, or earlier); `occasion` as struct plan_about has it. */
FIBER struct status visit_tell(struct event *event, const struct visit *visit,
			       enum message_purpose purpose, int64_t stale_at,
			       const char *occasion);

#endif
