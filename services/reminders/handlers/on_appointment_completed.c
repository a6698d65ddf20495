#include "reminders/handlers/visit.h"

FIBER struct status on_appointment_completed(struct event *event, const ProtobufCMessage *message)
{
	return visit_ended(event, ((const Soleus__V1__AppointmentCompleted *)message)->appointment,
			   "completed", "the visit is over");
}
