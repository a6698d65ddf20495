#include "notes/handlers/appointment_copy.h"
#include "notes/handlers/encounter.h"
#include "notes/handlers/service.h"

/* The record is open when the athlete comes in. */
FIBER struct status on_appointment_checked_in(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentCheckedIn *told = (const void *)message;
	const Soleus__V1__Appointment *appointment = told->appointment;
	const char *tenant = event->envelope->organisation_id;
	keep_appointment(event, appointment, "checked_in", NULL);
	if (!appointment)
		return status_ok();
	const struct encounter_row encounter = {
		.encounter_id =
			encounter_id_of(event->arena, tenant, appointment->appointment_id, ""),
		.appointment_id = appointment->appointment_id,
		.athlete_id = appointment->athlete_id,
		.practitioner_id = appointment->practitioner_id,
		.clinic_id = appointment->clinic_id,
		.opened_at = event->envelope->occurred_at,
	};
	encounter_check_in(event->unit, tenant, &encounter);
	tell_of_encounter(event->arena, event->unit, tenant, &encounter,
			  event->envelope->traceparent);
	return status_ok();
}
