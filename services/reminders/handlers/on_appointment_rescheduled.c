#include "reminders/handlers/visit.h"

#include "base/clock.h"
#include "reminders/store/plan.h"

#include <strings.h>

/* Of another practitioner or room the athlete's messages say nothing. */
static bool is_told(const Soleus__V1__AppointmentRescheduled *from)
{
	return !from->before || from->before->starts_at != from->appointment->starts_at ||
	       strcasecmp(from->before->clinic_id, from->appointment->clinic_id) != 0;
}

/* The note may come before the move, for it is of another service: what follows the treatment (A1,
 * A2) is then planned by the visit's old end. */
static FIBER struct status plan_treatment_again(struct event *event, const struct visit *visit)
{
	struct athlete_past past;
	struct status status =
		athlete_past_read(event->db, event->arena, event->envelope->organisation_id,
				  visit->athlete_id, clock_now_us(), &past);
	if (!status_is_ok(status))
		return status;
	for (size_t i = 0; status_is_ok(status) && i < past.treatment_count; i++) {
		struct treatment *treatment = &past.treatments[i];
		if (strcasecmp(treatment->appointment_id, visit->appointment_id) != 0)
			continue;
		treatment->ends_at = visit->ends_at;
		status = plan_for_treatment(event, treatment, false);
	}
	return status;
}

/* What was planned for the time before is not sent; the athlete is told, and what comes before the
 * visit is planned anew. */
FIBER struct status on_appointment_rescheduled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AppointmentRescheduled *from =
		(const Soleus__V1__AppointmentRescheduled *)message;
	const char *organisation_id = event->envelope->organisation_id;
	struct visit visit;
	if (!visit_from_appointment(event, from->appointment, 0, &visit))
		return status_ok();
	if (!is_told(from)) {
		visit_put(event->unit, organisation_id, &visit, "booked");
		return plan_treatment_again(event, &visit);
	}
	visit.version = from->appointment->version;
	visit.moved = true;
	visit_put(event->unit, organisation_id, &visit, "booked");
	messages_suppress_moved(event->unit, organisation_id, visit.appointment_id, visit.version,
				clock_now_us());
	struct status status = plan_for_visit(event, &visit);
	return status_is_ok(status) ? plan_treatment_again(event, &visit) : status;
}
