#include "reminders/handlers/events.h"

#include "base/clock.h"
#include "base/text.h"
#include "knowledge/address.h"

#include "soleus/v1/directory.pb-c.h"

static const struct contact_point *contact_points(struct arena *arena,
						  const Soleus__V1__Athlete *athlete,
						  size_t *ret_count)
{
	struct contact_point *points =
		ARENA_ARRAY(arena, athlete->n_contact_points + 1, struct contact_point);
	size_t count = 0;
	for (size_t i = 0; points && i < athlete->n_contact_points; i++) {
		char address[ADDRESS_BYTES];
		const Soleus__V1__ContactPoint *point = athlete->contact_points[i];
		if (!address_normalise(point->value, address))
			continue;
		points[count++] = (struct contact_point){point->channel, point->value,
							 arena_strdup(arena, address)};
	}
	*ret_count = count;
	return points;
}

/* What was planned before the athlete was known was planned in the clinic's zone: plans it again,
 * which moves what is not decided. The zone is read from the row that this unit is about to write,
 * so the athlete is written first. */
static FIBER struct status plan_again(struct event *event, const struct athlete *athlete)
{
	struct athlete_past past;
	const char *organisation_id = event->envelope->organisation_id;
	struct status status = athlete_past_read(event->db, event->arena, organisation_id,
						 athlete->athlete_id, clock_now_us(), &past);
	if (!status_is_ok(status) || past.visit_count + past.treatment_count == 0)
		return status;
	struct db_unit *unit = db_unit_new(event->arena, organisation_id);
	athlete_put(unit, organisation_id, athlete);
	status = db_run(event->db, unit);
	for (size_t i = 0; status_is_ok(status) && i < past.visit_count; i++)
		status = plan_for_visit(event, &past.visits[i]);
	for (size_t i = 0; status_is_ok(status) && i < past.treatment_count; i++)
		status = plan_for_treatment(event, &past.treatments[i], false);
	return status;
}

FIBER struct status on_athlete_registered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__Athlete *registered =
		((const Soleus__V1__AthleteRegistered *)message)->athlete;
	if (!registered || !EVENT_IDS(event, registered->athlete_id))
		return status_ok();
	struct athlete athlete = {
		.athlete_id = registered->athlete_id,
		.zone = registered->zone,
		.home_clinic_id =
			text_is_uuid(registered->home_clinic_id) ? registered->home_clinic_id : "",
		.language = registered->language,
		.has_guardian = !text_is_blank(registered->guardian_name),
	};
	athlete.contact_points =
		contact_points(event->arena, registered, &athlete.contact_point_count);
	athlete_put(event->unit, event->envelope->organisation_id, &athlete);
	return plan_again(event, &athlete);
}
