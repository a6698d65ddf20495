#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

FIBER struct status on_appointment_cancelled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentCancelled *told = (const void *)message;
	keep_appointment(event, told->appointment, "cancelled", NULL);
	return status_ok();
}
