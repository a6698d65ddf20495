#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

FIBER struct status on_appointment_no_show(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentNoShow *told = (const void *)message;
	keep_appointment(event, told->appointment, "no_show", NULL);
	return status_ok();
}
