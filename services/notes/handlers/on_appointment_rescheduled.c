#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/service.h"

#include <string.h>

FIBER struct status on_appointment_rescheduled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentRescheduled *told = (const void *)message;
	const Soleus__V1__Appointment *before = told->before, *now = told->appointment;
	bool elsewhere = before && now &&
			 (strcmp(before->clinic_id, now->clinic_id) != 0 ||
			  strcmp(before->practitioner_id, now->practitioner_id) != 0);
	keep_appointment(event, now, "booked", elsewhere ? told->by_practitioner_id : NULL);
	return status_ok();
}
