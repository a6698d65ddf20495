#include "analytics/handlers/attended.h"

#include "analytics/store/attendance.h"

void keep_attendance(struct event *event, const Soleus__V1__Appointment *appointment,
		     const char *state)
{
	if (!appointment)
		return;
	const struct attendance_row row = {
		.appointment_id = appointment->appointment_id,
		.clinic_id = appointment->clinic_id,
		.starts_at = appointment->starts_at,
		.state = state,
	};
	attendance_add(event->unit, event->envelope->organisation_id, &row);
}
