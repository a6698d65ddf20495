#include "reminders/handlers/visit.h"

FIBER struct status on_appointment_no_show(struct event *event, const ProtobufCMessage *message)
{
	return visit_ended(event, ((const Soleus__V1__AppointmentNoShow *)message)->appointment,
			   "no_show", "the athlete did not come");
}
