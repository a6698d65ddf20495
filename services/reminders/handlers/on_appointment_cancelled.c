#include "reminders/handlers/visit.h"

FIBER struct status on_appointment_cancelled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__Appointment *appointment =
		((const Soleus__V1__AppointmentCancelled *)message)->appointment;
	struct visit visit;
	if (!visit_from_appointment(event, appointment, 0, &visit))
		return status_ok();
	struct status status =
		visit_ended(event, appointment, "cancelled", "the visit was cancelled");
	return status_is_ok(status)
		       ? visit_tell(event, &visit, MESSAGE_VISIT_CANCELLED, visit.starts_at, NULL)
		       : status;
}
