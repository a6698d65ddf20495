#include "analytics/handlers/attended.h"
#include "analytics/handlers/service.h"

FIBER struct status on_appointment_completed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentCompleted *told = (const void *)message;
	keep_attendance(event, told->appointment, "completed");
	return status_ok();
}
