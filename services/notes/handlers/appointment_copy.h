/* What scheduling's events of an appointment have in common. */
#ifndef SOLEUS_NOTES_HANDLERS_APPOINTMENT_COPY_H
#define SOLEUS_NOTES_HANDLERS_APPOINTMENT_COPY_H

#include "events/events.h"

#include "soleus/v1/scheduling.pb-c.h"

/* Keeps the appointment in `state`: the event's own word, for the message's may be older.
 * `own_word_of`: whose own booking or move it tells of, "": nobody's; NULL: that is as it was. */
void keep_appointment(struct event *event, const Soleus__V1__Appointment *appointment,
		      const char *state, const char *own_word_of);

#endif
