#include "reminders/store/plan.h"
#include "base/clock.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/rules/follow_up.h"
#include "reminders/store/zone.h"

FIBER struct status plan_for_visit(struct event *event, const struct visit *visit)
{
	const char *organisation_id = event->envelope->organisation_id;
	struct planned_message messages[FOLLOW_UP_MAX];
	struct programme programme;
	programme_begin(&programme);
	struct follow_up_booking booking = {
		.booked_at = visit->booked_at,
		.visit_starts_at = visit->starts_at,
		.moved = visit->moved,
	};
	struct status status =
		zone_read(event->db, event->arena, organisation_id, visit->athlete_id,
			  visit->clinic_id, visit->booked_at, visit->starts_at, &booking.zone);
	if (!status_is_ok(status))
		return status;
	size_t count = follow_up_for_booking(&programme, &booking, messages, FOLLOW_UP_MAX);
	struct plan_about about = {
		.athlete_id = visit->athlete_id,
		.clinic_id = visit->clinic_id,
		.appointment_id = visit->appointment_id,
		.encounter_id = "",
		.visit_version = visit->version,
	};
	messages_plan(event->unit, organisation_id, &about, messages, count, &booking.zone,
		      clock_now_us());
	dispatcher_expect_event(event->envelope);
	return status_ok();
}

FIBER struct status plan_for_treatment(struct event *event, const struct treatment *treatment,
				       bool amended)
{
	const char *organisation_id = event->envelope->organisation_id;
	struct planned_message messages[FOLLOW_UP_MAX];
	struct programme programme;
	programme_begin(&programme);
	struct follow_up_note note = {
		.visit_ends_at = treatment->ends_at,
		.treated = treatment->area_count > 0,
		.thorax = treatment->thorax,
		.plan_days = treatment->plan_days,
		.plan_day_count = treatment->plan_day_count,
	};
	struct status status =
		zone_read(event->db, event->arena, organisation_id, treatment->athlete_id,
			  treatment->clinic_id, note.visit_ends_at,
			  follow_up_ends_at(&programme, &note), &note.zone);
	if (!status_is_ok(status))
		return status;
	size_t count = follow_up_for_note(&programme, &note, messages, FOLLOW_UP_MAX);
	struct plan_about about = {
		.athlete_id = treatment->athlete_id,
		.clinic_id = treatment->clinic_id,
		.appointment_id = treatment->appointment_id,
		.encounter_id = treatment->encounter_id,
	};
	if (amended)
		messages_suppress_amended(event->unit, organisation_id, &about, messages, count,
					  clock_now_us());
	messages_plan(event->unit, organisation_id, &about, messages, count, &note.zone,
		      clock_now_us());
	dispatcher_expect_event(event->envelope);
	return status_ok();
}
