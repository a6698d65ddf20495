/* What scheduling's events of the end of a visit have in common. */
#ifndef SOLEUS_ANALYTICS_HANDLERS_ATTENDED_H
#define SOLEUS_ANALYTICS_HANDLERS_ATTENDED_H

#include "events/events.h"

#include "soleus/v1/scheduling.pb-c.h"

/* Keeps that the visit ended in `state`: the event's own word. */
void keep_attendance(struct event *event, const Soleus__V1__Appointment *appointment,
		     const char *state);

#endif
