#include "reminders/handlers/visit.h"

FIBER struct status on_appointment_checked_in(struct event *event, const ProtobufCMessage *message)
{
	return visit_ended(event, ((const Soleus__V1__AppointmentCheckedIn *)message)->appointment,
			   "checked_in", "the athlete has come");
}
