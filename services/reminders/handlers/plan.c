#include "reminders/store/plan.h"
#include "base/clock.h"
#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"
#include "reminders/rules/arrange.h"
#include "reminders/store/programme.h"
#include "reminders/store/zone.h"

/* What a plan is made with: one round trip. */
struct ground {
	const struct programme *programme;
	struct local_zone zone;
	int64_t *taken;
	size_t taken_count;
};

static FIBER struct status look(struct event *event, struct plan_about *about, const char *in_zone,
				int64_t from, int64_t until, struct ground *ret_ground)
{
	const char *organisation_id = event->envelope->organisation_id;
	struct db_unit *unit = db_unit_new(event->arena, organisation_id);
	size_t programme = programme_ask(unit, organisation_id, clock_now_us(), 0);
	size_t zone = zone_ask(unit, organisation_id, in_zone, about->athlete_id, about->clinic_id,
			       from, until);
	size_t taken = messages_taken_ask(unit, organisation_id, about, from, until);
	struct status status = db_run(event->db, unit);
	if (status_is_ok(status))
		status =
			programme_take(unit, programme, event->arena, &ret_ground->programme, NULL);
	if (status_is_ok(status))
		status = zone_take(unit, zone, event->arena, &ret_ground->zone);
	if (status_is_ok(status))
		status = messages_taken_take(unit, taken, event->arena, &ret_ground->taken,
					     &ret_ground->taken_count);
	about->programme = ret_ground->programme;
	return status;
}

static void plan(struct event *event, const struct plan_about *about, const struct ground *ground,
		 struct planned_message *messages, size_t count)
{
	arrange(ground->programme, &ground->zone, ground->taken, ground->taken_count, messages,
		count);
	messages_plan(event->unit, event->envelope->organisation_id, about, messages, count,
		      &ground->zone, clock_now_us());
	dispatcher_expect_event(event->envelope);
}

FIBER struct status plan_for_visit(struct event *event, const struct visit *visit)
{
	struct planned_message messages[FOLLOW_UP_MAX];
	struct ground ground;
	struct plan_about about = {
		.athlete_id = visit->athlete_id,
		.clinic_id = visit->clinic_id,
		.appointment_id = visit->appointment_id,
		.encounter_id = "",
		.visit_version = visit->version,
	};
	struct status status =
		look(event, &about, visit->zone, visit->booked_at, visit->starts_at, &ground);
	if (!status_is_ok(status))
		return status;
	struct follow_up_booking booking = {
		.booked_at = visit->booked_at,
		.visit_starts_at = visit->starts_at,
		.moved = visit->moved,
		.zone = ground.zone,
	};
	size_t count = follow_up_for_booking(ground.programme, &booking, messages, FOLLOW_UP_MAX);
	plan(event, &about, &ground, messages, count);
	return status_ok();
}

FIBER struct status plan_for_treatment(struct event *event, const struct treatment *treatment,
				       bool amended)
{
	struct planned_message messages[FOLLOW_UP_MAX];
	struct ground ground;
	struct follow_up_note note = {
		.visit_ends_at = treatment->ends_at,
		.treated = treatment->area_count > 0,
		.thorax = treatment->thorax,
		.plan_days = treatment->plan_days,
		.plan_day_count = treatment->plan_day_count,
	};
	struct plan_about about = {
		.athlete_id = treatment->athlete_id,
		.clinic_id = treatment->clinic_id,
		.appointment_id = treatment->appointment_id,
		.encounter_id = treatment->encounter_id,
	};
	int64_t until = follow_up_ends_at(&note);
	struct status status =
		look(event, &about, treatment->zone, note.visit_ends_at, until, &ground);
	if (!status_is_ok(status))
		return status;
	note.zone = ground.zone;
	size_t count = follow_up_for_note(ground.programme, &note, messages, FOLLOW_UP_MAX);
	if (amended)
		messages_suppress_amended(event->unit, event->envelope->organisation_id, &about,
					  messages, count, clock_now_us());
	plan(event, &about, &ground, messages, count);
	return status_ok();
}
