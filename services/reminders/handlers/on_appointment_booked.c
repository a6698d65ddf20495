#include "reminders/handlers/visit.h"

FIBER struct status on_appointment_booked(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentBooked *booked =
		(const Soleus__V1__AppointmentBooked *)message;
	struct visit visit;
	if (!visit_from_appointment(event, booked->appointment, booked->booked_at, &visit))
		return status_ok();
	visit.version = booked->appointment->version;
	visit_put(event->unit, event->envelope->organisation_id, &visit, "booked");
	return plan_for_visit(event, &visit);
}
