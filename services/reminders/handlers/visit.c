#include "reminders/handlers/visit.h"

#include "base/clock.h"
#include "reminders/store/plan.h"

bool visit_from_appointment(const struct event *event, const Soleus__V1__Appointment *appointment,
			    int64_t booked_at, struct visit *ret_visit)
{
	if (!appointment || !EVENT_IDS(event, appointment->appointment_id, appointment->athlete_id,
				       appointment->clinic_id))
		return false;
	*ret_visit = (struct visit){
		.appointment_id = appointment->appointment_id,
		.athlete_id = appointment->athlete_id,
		.clinic_id = appointment->clinic_id,
		.starts_at = appointment->starts_at,
		.ends_at = appointment->ends_at,
		.booked_at = booked_at ? booked_at : event->envelope->occurred_at,
	};
	return true;
}

struct status visit_ended(struct event *event, const Soleus__V1__Appointment *appointment,
			  const char *state, const char *why)
{
	struct visit visit;
	const char *organisation_id = event->envelope->organisation_id;
	if (!visit_from_appointment(event, appointment, 0, &visit))
		return status_ok();
	visit_put(event->unit, organisation_id, &visit, state);
	messages_suppress_visit(event->unit, organisation_id, visit.appointment_id, why,
				clock_now_us());
	return status_ok();
}
