#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

FIBER struct status on_appointment_rescheduled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentRescheduled *told = (const void *)message;
	keep_appointment(event, told->appointment, "booked");
	return status_ok();
}
