#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

FIBER struct status on_appointment_checked_in(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentCheckedIn *told = (const void *)message;
	keep_appointment(event, told->appointment, "checked_in");
	return status_ok();
}
