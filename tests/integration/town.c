#include "town.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FAULTS_TOLD 20

const int service_minutes[SERVICES] = {480, 60, 15, 5};

void complain(struct town *town, const struct wall *wall, int64_t at, const char *what,
	      const char *more)
{
	char text[WALL_BYTES];
	wall_text(wall, at, text);
	if (town->faults++ < FAULTS_TOLD)
		fprintf(stderr, "%s, %s: %s %s\n", wall->zone, text, what, more);
}

FIBER void *ask(struct town *town, const char *rpc, const struct wall *wall, struct arena *arena,
		const ProtobufCMessage *request)
{
	return grounds_ask(&town->desk, rpc, wall->zone, arena, request);
}

/* ---- A clinic in each zone ---- */

static bool is_abbreviation(const char *zone)
{
	return strcmp(zone, "CET") == 0 || strcmp(zone, "EET") == 0 || strcmp(zone, "MET") == 0 ||
	       strcmp(zone, "WET") == 0;
}

static FIBER void refuse_place(struct town *town, struct place *place, struct arena *arena)
{
	Soleus__V1__CreateClinicRequest request = SOLEUS__V1__CREATE_CLINIC_REQUEST__INIT;
	void *reply;
	request.name = request.zone = (char *)place->wall->zone;
	struct status status =
		desk_ask(&town->desk, "Directory.CreateClinic", arena, &request.base, &reply);
	if (status.code != STATUS_INVALID_ARGUMENT)
		complain(town, place->wall, clock_now_us(), "is no abbreviation:", status.message);
	place->refused = true;
	town->refused++;
}

FIBER void found_place(struct town *town, struct place *place, struct arena *arena)
{
	static const char *const names[] = {"nine", "night", "edge"};
	struct desk *desk = &town->desk;
	const char *zone = place->wall->zone;
	if (is_abbreviation(zone)) {
		refuse_place(town, place, arena);
		return;
	}
	grounds_clinic(desk, zone, zone, place->clinic);
	for (unsigned i = 0; i < PRACTITIONERS; i++) {
		identity room;
		grounds_room(desk, place->clinic, names[i], 1, room);
		grounds_practitioner(desk, place->clinic, names[i], place->who[i]);
	}
	grounds_athlete(desk, place->clinic, "ana", zone, place->athlete);
}

FIBER void set_hours(struct town *town, struct place *place)
{
	grounds_hours(&town->desk, place->clinic, place->who[NINE], "09:00", "17:00");
	grounds_hours(&town->desk, place->clinic, place->who[NIGHT], "00:00", "24:00");
}

FIBER void put_services(struct town *town)
{
	for (unsigned i = 0; i < SERVICES; i++) {
		char name[16];
		snprintf(name, sizeof(name), "%d min", service_minutes[i]);
		grounds_service(&town->desk, name, service_minutes[i], 0, 0, town->services[i]);
	}
}

/* ---- What is expected ---- */

static void expect_opening(struct expected *expected, int64_t opens_at, int64_t closes_at,
			   int minutes)
{
	for (int64_t at = opens_at; at + minutes * CLOCK_MINUTE_US <= closes_at;
	     at += 15 * CLOCK_MINUTE_US)
		if (expected->count < SLOTS_MAX &&
		    (expected->count == 0 || expected->starts_at[expected->count - 1] < at))
			expected->starts_at[expected->count++] = at;
}

void expect_hours(struct expected *expected, const struct wall *wall, int32_t day, int opens,
		  int closes, int minutes)
{
	expect_opening(expected, wall_instant(wall, day, opens), wall_instant(wall, day, closes),
		       minutes);
}

FIBER Soleus__V1__FindAvailabilityReply *find(struct town *town, struct place *place, unsigned who,
					      unsigned service, int32_t from_day, int32_t until_day,
					      struct arena *arena)
{
	char *clinic = place->clinic, *practitioner = place->who[who];
	Soleus__V1__FindAvailabilityRequest request = SOLEUS__V1__FIND_AVAILABILITY_REQUEST__INIT;
	request.service_id = town->services[service];
	request.athlete_id = who == NIGHT ? place->athlete : "";
	request.clinic_ids = &clinic;
	request.practitioner_ids = &practitioner;
	request.n_clinic_ids = request.n_practitioner_ids = 1;
	request.from_at = wall_instant(place->wall, from_day, 0);
	request.until_at = wall_instant(place->wall, until_day, 0);
	request.limit = SLOTS_MAX;
	request.first_free = true;
	return ask(town, "Scheduling.FindAvailability", place->wall, arena, &request.base);
}

void compare(struct town *town, const struct wall *wall, const struct expected *expected,
	     const Soleus__V1__FindAvailabilityReply *found, int minutes)
{
	size_t i = 0;
	for (; i < expected->count && i < found->n_slots; i++) {
		const Soleus__V1__Slot *slot = found->slots[i];
		char text[WALL_BYTES];
		wall_text(wall, slot->starts_at, text);
		if (slot->starts_at < expected->starts_at[i])
			complain(town, wall, slot->starts_at, "a slot too many", "");
		else if (slot->starts_at > expected->starts_at[i])
			complain(town, wall, expected->starts_at[i], "this slot is lost", "");
		else if (slot->ends_at - slot->starts_at != minutes * CLOCK_MINUTE_US)
			complain(town, wall, slot->starts_at, "a slot of another length", "");
		else if (strcmp(slot->local_start, text) != 0)
			complain(town, wall, slot->starts_at, "is told as", slot->local_start);
		else
			continue;
		return;
	}
	if (i < expected->count)
		complain(town, wall, expected->starts_at[i], "this slot is lost", "");
	if (i < found->n_slots)
		complain(town, wall, found->slots[i]->starts_at, "a slot too many", "");
	town->slots += (unsigned)i;
}
