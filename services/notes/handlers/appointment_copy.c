#include "notes/handlers/appointment_copy.h"

#include "notes/store/copy.h"

void keep_appointment(struct event *event, const Soleus__V1__Appointment *appointment,
		      const char *state, const char *own_word_of)
{
	if (!appointment)
		return;
	const struct copied_appointment copied = {
		.appointment_id = appointment->appointment_id,
		.athlete_id = appointment->athlete_id,
		.practitioner_id = appointment->practitioner_id,
		.clinic_id = appointment->clinic_id,
		.state = state,
		.ends_at = appointment->ends_at,
		.own_word_of = own_word_of,
	};
	copy_appointment(event->unit, event->envelope->organisation_id, &copied);
}
