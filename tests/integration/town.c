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

/* A call that must be done. */
FIBER void *ask(struct town *town, const char *rpc, const struct wall *wall, struct arena *arena,
		const ProtobufCMessage *request)
{
	void *reply;
	struct status status = desk_ask(&town->desk, rpc, arena, request, &reply);
	if (!status_is_ok(status) || !reply)
		fail_msg("%s: %s: %s", wall ? wall->zone : "all zones", rpc, status.message);
	return reply;
}

/* ---- A clinic in each zone ---- */

static bool is_abbreviation(const char *zone)
{
	return strcmp(zone, "CET") == 0 || strcmp(zone, "EET") == 0 || strcmp(zone, "MET") == 0 ||
	       strcmp(zone, "WET") == 0;
}

static FIBER void refuse_place(struct town *town, struct place *place, struct arena *arena,
			       const ProtobufCMessage *request)
{
	void *reply;
	struct status status =
		desk_ask(&town->desk, "Directory.CreateClinic", arena, request, &reply);
	if (status.code != STATUS_INVALID_ARGUMENT)
		complain(town, place->wall, clock_now_us(), "is no abbreviation:", status.message);
	place->refused = true;
	town->refused++;
}

FIBER void found_place(struct town *town, struct place *place, struct arena *arena)
{
	char *clinic = place->clinic, *zone = (char *)place->wall->zone;
	Soleus__V1__CreateClinicRequest founded = SOLEUS__V1__CREATE_CLINIC_REQUEST__INIT;
	founded.name = founded.zone = zone;
	if (is_abbreviation(zone)) {
		refuse_place(town, place, arena, &founded.base);
		return;
	}
	const Soleus__V1__CreateClinicReply *made =
		ask(town, "Directory.CreateClinic", place->wall, arena, &founded.base);
	strcpy(clinic, made->clinic_id);
	for (unsigned i = 0; i < PRACTITIONERS; i++) {
		Soleus__V1__CreateRoomRequest room = SOLEUS__V1__CREATE_ROOM_REQUEST__INIT;
		room.clinic_id = clinic;
		room.name = (char *[]){"nine", "night", "edge"}[i];
		ask(town, "Directory.CreateRoom", place->wall, arena, &room.base);
		Soleus__V1__CreatePractitionerRequest one =
			SOLEUS__V1__CREATE_PRACTITIONER_REQUEST__INIT;
		one.given_name = room.name;
		one.family_name = zone;
		one.clinic_ids = &clinic;
		one.n_clinic_ids = 1;
		const Soleus__V1__CreatePractitionerReply *hired =
			ask(town, "Directory.CreatePractitioner", place->wall, arena, &one.base);
		strcpy(place->who[i], hired->practitioner_id);
	}
	Soleus__V1__Athlete athlete = SOLEUS__V1__ATHLETE__INIT;
	Soleus__V1__RegisterAthleteRequest request = SOLEUS__V1__REGISTER_ATHLETE_REQUEST__INIT;
	athlete.given_name = "ana";
	athlete.family_name = athlete.zone = zone;
	athlete.birth_date = "1994-05-11";
	athlete.home_clinic_id = clinic;
	request.athlete = &athlete;
	const Soleus__V1__RegisterAthleteReply *known =
		ask(town, "Directory.RegisterAthlete", place->wall, arena, &request.base);
	strcpy(place->athlete, known->athlete_id);
}

static FIBER void set_weekly(struct town *town, struct place *place, unsigned who, char *opens,
			     char *closes, struct arena *arena)
{
	Soleus__V1__WeeklyHours days[7], *list[7];
	Soleus__V1__SetWorkingHoursRequest request = SOLEUS__V1__SET_WORKING_HOURS_REQUEST__INIT;
	for (int i = 0; i < 7; i++) {
		soleus__v1__weekly_hours__init(list[i] = &days[i]);
		days[i].weekday = i + 1;
		days[i].opens = opens;
		days[i].closes = closes;
	}
	request.practitioner_id = place->who[who];
	request.clinic_id = place->clinic;
	request.hours = list;
	request.n_hours = 7;
	ask(town, "Scheduling.SetWorkingHours", place->wall, arena, &request.base);
}

FIBER void set_hours(struct town *town, struct place *place, struct arena *arena)
{
	set_weekly(town, place, NINE, "09:00", "17:00", arena);
	set_weekly(town, place, NIGHT, "00:00", "24:00", arena);
}

FIBER void put_services(struct town *town)
{
	for (unsigned i = 0; i < SERVICES; i++) {
		Soleus__V1__PutServiceRequest request = SOLEUS__V1__PUT_SERVICE_REQUEST__INIT;
		char name[16];
		snprintf(name, sizeof(name), "%d min", service_minutes[i]);
		request.name = name;
		request.duration_minutes = service_minutes[i];
		const Soleus__V1__PutServiceReply *made =
			ask(town, "Scheduling.PutService", NULL, town->desk.session->arena,
			    &request.base);
		strcpy(town->services[i], made->service_id);
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
