#include "directory/handlers/athlete_form.h"

#include "directory/rules/contact.h"
#include "knowledge/minor.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static struct identifiers identifiers_of(struct arena *arena, const Soleus__V1__Athlete *athlete)
{
	struct identifiers identifiers = {
		.count = athlete->n_identifiers,
		.systems = ARENA_ARRAY(arena, athlete->n_identifiers, const char *),
		.values = ARENA_ARRAY(arena, athlete->n_identifiers, const char *),
	};
	for (size_t i = 0; i < identifiers.count; i++) {
		identifiers.systems[i] = athlete->identifiers[i]->system;
		identifiers.values[i] = athlete->identifiers[i]->value;
	}
	return identifiers;
}

static struct contact_points points_of(struct arena *arena, const Soleus__V1__Athlete *athlete)
{
	struct contact_points points = {
		.count = athlete->n_contact_points,
		.channels = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
		.values = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
		.normals = ARENA_ARRAY(arena, athlete->n_contact_points, const char *),
	};
	for (size_t i = 0; i < points.count; i++) {
		const Soleus__V1__ContactPoint *point = athlete->contact_points[i];
		points.channels[i] = point->channel;
		points.values[i] = point->value;
		points.normals[i] =
			contact_normal(arena, contact_channel_find(point->channel), point->value);
	}
	return points;
}

struct athlete_form athlete_form_of(struct arena *arena, const Soleus__V1__Athlete *athlete)
{
	return (struct athlete_form){
		.row =
			{
				.athlete_id = athlete->athlete_id,
				.given_name = athlete->given_name,
				.family_name = athlete->family_name,
				.birth_date = athlete->birth_date,
				.zone = athlete->zone,
				.home_clinic_id = athlete->home_clinic_id,
				.sport = athlete->sport,
				.guardian_name = athlete->guardian_name,
				.language = athlete->language,
			},
		.identifiers = identifiers_of(arena, athlete),
		.points = points_of(arena, athlete),
	};
}

static const char *shared_words(const char *channel)
{
	if (strcmp(channel, "email") == 0)
		return "e-mail is also of another athlete";
	if (strcmp(channel, "sms") == 0)
		return "phone is also of another athlete";
	return "contact point is also of another athlete";
}

char **athlete_warnings(struct arena *arena, const Soleus__V1__Athlete *athlete, const char *shared,
			size_t *ret_count)
{
	size_t count = 0;
	const char **warnings = ARENA_ARRAY(arena, athlete->n_contact_points + 2, const char *);
	for (const char *at = shared; *at; at += strcspn(at, " "), at += *at == ' ') {
		size_t number = strtoul(at, NULL, 10);
		warnings[count++] = shared_words(athlete->contact_points[number - 1]->channel);
	}
	if (minor_at(athlete->birth_date, clock_now_us()) && text_is_blank(athlete->guardian_name))
		warnings[count++] = "a minor without a guardian's name: who consents?";
	if (athlete->n_contact_points == 0)
		warnings[count++] = "no contact point: no message can reach this athlete";
	*ret_count = count;
	return (char **)warnings;
}
