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

/* What was planned before the athlete was known was planned in the clinic's zone, and who moves
 * house has other mornings: plans it again, which moves what is not decided. Where the zone stays,
 * so does the plan: it is of the programme of its day. */
static FIBER struct status plan_again(struct event *event, const struct athlete *athlete)
{
	struct athlete_past past;
	const char *organisation_id = event->envelope->organisation_id;
	bool lives_there;
	struct status status =
		athlete_lives_in(event->db, event->arena, organisation_id, athlete, &lives_there);
	if (!status_is_ok(status) || lives_there)
		return status;
	status = athlete_past_read(event->db, event->arena, organisation_id, athlete->athlete_id,
				   clock_now_us(), &past);
	for (size_t i = 0; status_is_ok(status) && i < past.visit_count; i++) {
		past.visits[i].zone = athlete->zone;
		status = plan_for_visit(event, &past.visits[i]);
	}
	for (size_t i = 0; status_is_ok(status) && i < past.treatment_count; i++) {
		past.treatments[i].zone = athlete->zone;
		status = plan_for_treatment(event, &past.treatments[i], false);
	}
	return status;
}

static FIBER struct status put(struct event *event, const Soleus__V1__Athlete *told)
{
	if (!told || !EVENT_IDS(event, told->athlete_id))
		return status_ok();
	struct athlete athlete = {
		.athlete_id = told->athlete_id,
		.zone = told->zone,
		.home_clinic_id = text_is_uuid(told->home_clinic_id) ? told->home_clinic_id : "",
		.language = told->language,
		.has_guardian = !text_is_blank(told->guardian_name),
	};
	athlete.contact_points = contact_points(event->arena, told, &athlete.contact_point_count);
	athlete_put(event->unit, event->envelope->organisation_id, &athlete);
	return plan_again(event, &athlete);
}

FIBER struct status on_athlete_registered(struct event *event, const ProtobufCMessage *message)
{
	return put(event, ((const Soleus__V1__AthleteRegistered *)message)->athlete);
}

FIBER struct status on_athlete_updated(struct event *event, const ProtobufCMessage *message)
{
	return put(event, ((const Soleus__V1__AthleteUpdated *)message)->athlete);
}
