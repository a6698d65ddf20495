#include "analytics/handlers/attended.h"
#include "analytics/handlers/service.h"

FIBER struct status on_appointment_cancelled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentCancelled *told = (const void *)message;
	keep_attendance(event, told->appointment, "cancelled");
	return status_ok();
}
