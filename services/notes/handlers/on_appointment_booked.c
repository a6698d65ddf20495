#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

FIBER struct status on_appointment_booked(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentBooked *told = (const void *)message;
	keep_appointment(event, told->appointment, "booked", told->by_practitioner_id);
	return status_ok();
}
