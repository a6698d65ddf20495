#include "directory/handlers/check_athlete.h"

#include "base/clock.h"
#include "base/text.h"
#include "directory/rules/contact.h"
#include "knowledge/language.h"

#include <string.h>

#define POINTS_MAX      8
#define IDENTIFIERS_MAX 16
#define OLDEST          "1900-01-01"

static void check_birth_date(struct check *check, const char *date, int64_t now_us)
{
	int32_t born, oldest = 0;
	text_to_date(OLDEST, &oldest);
	check_that(check,
		   text_to_date(date, &born) && born >= oldest && born <= now_us / CLOCK_DAY_US,
		   "athlete.birth_date", "a date (YYYY-MM-DD) from 1900 to today");
}

static void check_points(struct check *check, const Soleus__V1__Athlete *athlete)
{
	check_that(check, athlete->n_contact_points <= POINTS_MAX, "athlete.contact_points",
		   "at most 8");
	for (size_t i = 0; i < athlete->n_contact_points && i < POINTS_MAX; i++) {
		const Soleus__V1__ContactPoint *point = athlete->contact_points[i];
		enum contact_channel channel = contact_channel_find(point->channel);
		if (channel == CONTACT_NONE)
			faults_addf(&check->faults, check->arena, "sms, email or file",
				    "athlete.contact_points[%zu].channel", i);
		else if (!contact_is_plausible(channel, point->value))
			faults_addf(&check->faults, check->arena, contact_expected(channel),
				    "athlete.contact_points[%zu].value", i);
	}
}

static bool stands_before(const Soleus__V1__Athlete *athlete, size_t index)
{
	const Soleus__V1__Identifier *identifier = athlete->identifiers[index];
	for (size_t i = 0; i < index; i++)
		if (strcmp(athlete->identifiers[i]->system, identifier->system) == 0 &&
		    strcmp(athlete->identifiers[i]->value, identifier->value) == 0)
			return true;
	return false;
}

static void check_identifiers(struct check *check, const Soleus__V1__Athlete *athlete)
{
	struct arena *arena = check->arena;
	check_that(check, athlete->n_identifiers <= IDENTIFIERS_MAX, "athlete.identifiers",
		   "at most 16");
	for (size_t i = 0; i < athlete->n_identifiers && i < IDENTIFIERS_MAX; i++) {
		const Soleus__V1__Identifier *identifier = athlete->identifiers[i];
		check_name(check, arena_printf(arena, "athlete.identifiers[%zu].system", i),
			   identifier->system);
		check_name(check, arena_printf(arena, "athlete.identifiers[%zu].value", i),
			   identifier->value);
		if (stands_before(athlete, i))
			faults_addf(&check->faults, arena, "each identifier once",
				    "athlete.identifiers[%zu]", i);
	}
}

void check_athlete(struct check *check, const Soleus__V1__Athlete *athlete, int64_t now_us)
{
	char language[LANGUAGE_BYTES];
	check_that(check, athlete, "athlete", "the athlete");
	if (!athlete)
		return;
	check_name(check, "athlete.given_name", athlete->given_name);
	check_name(check, "athlete.family_name", athlete->family_name);
	check_birth_date(check, athlete->birth_date, now_us);
	check_zone(check, "athlete.zone", athlete->zone);
	check_id_or_empty(check, "athlete.home_clinic_id", athlete->home_clinic_id);
	check_words(check, "athlete.sport", athlete->sport);
	check_words(check, "athlete.guardian_name", athlete->guardian_name);
	check_that(check, !*athlete->language || language_normalise(athlete->language, language),
		   "athlete.language", "a language such as de or de-AT, or nothing");
	check_points(check, athlete);
	check_identifiers(check, athlete);
}
