#include "reminders/handlers/visit.h"

#include "base/clock.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/store/plan.h"
#include "reminders/store/zone.h"

/* The athlete is told, once, while the visit is still ahead. */
static FIBER struct status tell(struct event *event, const struct visit *visit)
{
	const char *organisation_id = event->envelope->organisation_id;
	struct planned_message message = {
		.purpose = MESSAGE_VISIT_CANCELLED,
		.rule = "A4",
		.priority = message_purpose_priority(MESSAGE_VISIT_CANCELLED),
		.due_at = event->envelope->occurred_at,
		.stale_at = visit->starts_at,
	};
	struct plan_about about = {visit->athlete_id, visit->clinic_id, visit->appointment_id, "",
				   0};
	struct local_zone zone;
	if (message.due_at >= message.stale_at)
		return status_ok();
	struct status status =
		zone_read(event->db, event->arena, organisation_id, visit->athlete_id,
			  visit->clinic_id, message.due_at, message.due_at, &zone);
	if (!status_is_ok(status))
		return status;
	messages_plan(event->unit, organisation_id, &about, &message, 1, &zone, clock_now_us());
	dispatcher_expect_event(event->envelope);
	return status_ok();
}

FIBER struct status on_appointment_cancelled(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__Appointment *appointment =
		((const Soleus__V1__AppointmentCancelled *)message)->appointment;
	struct visit visit;
	if (!visit_from_appointment(event, appointment, 0, &visit))
		return status_ok();
	struct status status =
		visit_ended(event, appointment, "cancelled", "the visit was cancelled");
	return status_is_ok(status) ? tell(event, &visit) : status;
}
