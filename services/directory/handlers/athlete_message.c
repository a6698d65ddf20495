#include "directory/handlers/athlete_message.h"

#include "directory/store/athlete.h"

#include <string.h>

Soleus__V1__Athlete *athlete_message(struct arena *arena, const struct db_result *athletes,
				     size_t row)
{
	const struct athlete_row from = athlete_row(athletes, row);
	Soleus__V1__Athlete *athlete = ARENA_NEW(arena, Soleus__V1__Athlete);
	soleus__v1__athlete__init(athlete);
	athlete->athlete_id = (char *)from.athlete_id;
	athlete->given_name = (char *)from.given_name;
	athlete->family_name = (char *)from.family_name;
	athlete->birth_date = (char *)from.birth_date;
	athlete->zone = (char *)from.zone;
	athlete->home_clinic_id = (char *)from.home_clinic_id;
	athlete->sport = (char *)from.sport;
	athlete->guardian_name = (char *)from.guardian_name;
	athlete->language = (char *)from.language;
	athlete->revision = from.revision;
	return athlete;
}

/* The rows of one athlete stand together: [first, *ret_end). */
static size_t rows_of(const struct db_result *pairs, const char *athlete_id, size_t *ret_end)
{
	size_t rows = db_result_rows(pairs), first = 0;
	while (first < rows && strcmp(athlete_pair(pairs, first).athlete_id, athlete_id) != 0)
		first++;
	*ret_end = first;
	while (*ret_end < rows && strcmp(athlete_pair(pairs, *ret_end).athlete_id, athlete_id) == 0)
		(*ret_end)++;
	return first;
}

static void add_points(struct arena *arena, Soleus__V1__Athlete *athlete,
		       const struct db_result *points)
{
	size_t end, first = rows_of(points, athlete->athlete_id, &end);
	athlete->contact_points = ARENA_ARRAY(arena, end - first, Soleus__V1__ContactPoint *);
	for (size_t row = first; row < end; row++) {
		const struct athlete_pair pair = athlete_pair(points, row);
		Soleus__V1__ContactPoint *point = ARENA_NEW(arena, Soleus__V1__ContactPoint);
		soleus__v1__contact_point__init(point);
		point->channel = (char *)pair.first;
		point->value = (char *)pair.second;
		athlete->contact_points[athlete->n_contact_points++] = point;
	}
}

static void add_identifiers(struct arena *arena, Soleus__V1__Athlete *athlete,
			    const struct db_result *identifiers)
{
	size_t end, first = rows_of(identifiers, athlete->athlete_id, &end);
	athlete->identifiers = ARENA_ARRAY(arena, end - first, Soleus__V1__Identifier *);
	for (size_t row = first; row < end; row++) {
		const struct athlete_pair pair = athlete_pair(identifiers, row);
		Soleus__V1__Identifier *identifier = ARENA_NEW(arena, Soleus__V1__Identifier);
		soleus__v1__identifier__init(identifier);
		identifier->system = (char *)pair.first;
		identifier->value = (char *)pair.second;
		athlete->identifiers[athlete->n_identifiers++] = identifier;
	}
}

void athlete_message_lists(struct arena *arena, Soleus__V1__Athlete **athletes, size_t count,
			   const struct db_result *points, const struct db_result *identifiers)
{
	for (size_t i = 0; i < count; i++) {
		add_points(arena, athletes[i], points);
		add_identifiers(arena, athletes[i], identifiers);
	}
}
