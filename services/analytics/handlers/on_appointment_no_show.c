#include "analytics/handlers/attended.h"
#include "analytics/handlers/service.h"

FIBER struct status on_appointment_no_show(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentNoShow *told = (const void *)message;
	keep_attendance(event, told->appointment, "no_show");
	return status_ok();
}
