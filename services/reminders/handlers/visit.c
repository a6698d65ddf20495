#include "reminders/handlers/visit.h"

#include "base/clock.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/store/plan.h"
#include "reminders/store/programme.h"
#include "reminders/store/zone.h"

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

FIBER struct status visit_tell(struct event *event, const struct visit *visit,
			       enum message_purpose purpose, int64_t stale_at, const char *occasion)
{
	const char *organisation_id = event->envelope->organisation_id;
	struct planned_message message = {
		.purpose = purpose,
		.rule = message_purpose_rule(purpose),
		.priority = message_purpose_priority(purpose),
		.due_at = event->envelope->occurred_at,
		.stale_at = stale_at,
	};
	struct plan_about about = {
		.athlete_id = visit->athlete_id,
		.clinic_id = visit->clinic_id,
		.appointment_id = visit->appointment_id,
		.encounter_id = "",
		.visit_version = visit->version,
		.occasion = occasion,
	};
	struct local_zone zone;
	if (message.due_at >= message.stale_at)
		return status_ok();
	struct db_unit *unit = db_unit_new(event->arena, organisation_id);
	size_t programme = programme_ask(unit, organisation_id, clock_now_us(), 0);
	size_t asked = zone_ask(unit, organisation_id, NULL, visit->athlete_id, visit->clinic_id,
				message.due_at, message.due_at);
	struct status status = db_run(event->db, unit);
	if (status_is_ok(status))
		status = programme_take(unit, programme, event->arena, &about.programme, NULL);
	if (status_is_ok(status))
		status = zone_take(unit, asked, event->arena, &zone);
	if (!status_is_ok(status) || about.programme->steps[purpose].off)
		return status;
	arrange(about.programme, &zone, NULL, 0, &message, 1);
	messages_plan(event->unit, organisation_id, &about, &message, 1, &zone, clock_now_us());
	dispatcher_expect_event(event->envelope);
	return status_ok();
}
