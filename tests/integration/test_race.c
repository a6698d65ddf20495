/* Double booking: 32 clients want one slot at the same moment. One has it, 31 are told so with
 * alternatives; in every one of 1,000 rounds. */
#include "house.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLIENTS      32
#define ROUNDS       1000
#define SLOTS_A_DAY  14 /* 08:00 to 22:00, one visit an hour */
#define ORGANISATION "0195531a-0000-7000-8000-0000000000cc"
#define FIRST_DAY_US INT64_C(1772409600000000) /* 2026-03-02T00:00:00Z, a Monday */

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

struct race {
	struct session *session;
	const struct method *book;
	char *ids[4]; /* service, clinic, practitioner, room */
	char *athletes[CLIENTS];
	unsigned round;
	unsigned running;
	unsigned won;
	unsigned told; /* ALREADY_EXISTS with alternatives */
	const char *fault;
	struct fiber *judge;
};

struct runner {
	struct race *race;
	unsigned number;
};

static void run_one(void *argument)
{
	struct runner *runner = argument;
	struct race *race = runner->race;
	Soleus__V1__BookRequest request = SOLEUS__V1__BOOK_REQUEST__INIT;
	struct session_call call = {.who = "racer", .patience_us = 20 * CLOCK_SECOND_US};
	ProtobufCMessage *message;
	request.service_id = race->ids[0];
	request.clinic_id = race->ids[1];
	request.practitioner_id = race->ids[2];
	request.athlete_id = race->athletes[runner->number];
	request.starts_at = FIRST_DAY_US + (race->round / SLOTS_A_DAY) * CLOCK_DAY_US +
			    (8 + race->round % SLOTS_A_DAY) * CLOCK_HOUR_US;
	struct status status =
		session_call_message(race->session, race->book, &call, &request.base, &message);
	const Soleus__V1__BookReply *reply = (Soleus__V1__BookReply *)message;
	if (status_is_ok(status))
		race->won++;
	else if (status.code == STATUS_ALREADY_EXISTS && reply && reply->n_alternatives > 0)
		race->told++;
	else
		race->fault = status.message;
	if (--race->running == 0)
		fiber_resume(race->judge);
}

static FIBER int run_rounds(struct session *session, void *argument)
{
	struct race *race = argument;
	struct method book;
	race->session = session;
	race->book = &book;
	race->judge = fiber_current();
	session->options.organisation_id = ORGANISATION;
	if (!status_is_ok(method_find(session->arena, "Scheduling.Book", &book)))
		return 1;
	for (race->round = 0; race->round < ROUNDS; race->round++) {
		struct runner runners[CLIENTS];
		race->won = race->told = 0;
		race->running = CLIENTS;
		for (unsigned i = 0; i < CLIENTS; i++) {
			runners[i] = (struct runner){race, i};
			fiber_start(run_one, &runners[i]);
		}
		fiber_suspend();
		if (race->won == 1 && race->told == CLIENTS - 1)
			continue;
		fprintf(stderr, "round %u: %u won, %u were told; %s\n", race->round, race->won,
			race->told, race->fault ? race->fault : "");
		return 1;
	}
	return 0;
}

/* One clinic with long hours, one practitioner, one room, 32 athletes. */
static char *setting(void)
{
	struct arena *arena = arena_new((size_t)4 << 20);
	const char *text =
		"{\"at\": \"2026-03-01T06:00:00Z\"}\n"
		"{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		"\"" ORGANISATION "\", \"name\": \"Race\"}}\n"
		"{\"key\": \"racer\", \"roles\": \"clinic_lead,front_desk\", \"organisation\": "
		"\"" ORGANISATION "\"}\n"
		"{\"call\": \"Directory.CreateClinic\", \"as\": \"racer\", \"with\": {\"name\": "
		"\"One\", "
		"\"zone\": \"UTC\"}, \"keep\": \"clinic\"}\n"
		"{\"call\": \"Directory.CreateRoom\", \"as\": \"racer\", \"with\": {\"name\": "
		"\"R\", "
		"\"clinic_id\": \"${clinic.clinic_id}\"}}\n"
		"{\"call\": \"Directory.CreatePractitioner\", \"as\": \"racer\", \"with\": "
		"{\"given_name\": \"P\", \"family_name\": \"Q\", \"clinic_ids\": "
		"[\"${clinic.clinic_id}\"]}, \"keep\": \"p\"}\n"
		"{\"call\": \"Scheduling.PutService\", \"as\": \"racer\", \"with\": {\"name\": "
		"\"Visit\", "
		"\"duration_minutes\": 45, \"buffer_after_minutes\": 15}}\n";
	const char *hours = "";
	for (int day = 1; day <= 7; day++)
		hours = arena_printf(
			arena, "%s%s{\"weekday\": %d, \"opens\": \"08:00\", \"closes\": \"22:00\"}",
			hours, day > 1 ? ", " : "", day);
	text = arena_printf(
		arena,
		"%s{\"call\": \"Scheduling.SetWorkingHours\", \"as\": \"racer\", \"with\": "
		"{\"practitioner_id\": \"${p.practitioner_id}\", \"clinic_id\": "
		"\"${clinic.clinic_id}\", \"hours\": [%s]}}\n",
		text, hours);
	for (unsigned i = 0; i < CLIENTS; i++)
		text = arena_printf(
			arena,
			"%s{\"call\": \"Directory.RegisterAthlete\", \"as\": \"racer\", \"with\": "
			"{\"athlete\": {\"given_name\": \"A\", \"family_name\": \"N%u\", "
			"\"birth_date\": \"1990-01-01\", \"zone\": \"UTC\", \"home_clinic_id\": "
			"\"${clinic.clinic_id}\"}}}\n",
			text, i);
	text = arena_printf(
		arena,
		"%s{\"call\": \"Scheduling.ListTraining\", \"as\": \"racer\", \"with\": {}, "
		"\"fails\": \"INVALID_ARGUMENT\"}\n",
		text);
	char *copy = strdup(text);
	arena_free(arena);
	return copy;
}

static void test_one_wins(void **state)
{
	struct house *house = *state;
	struct race race = {0};
	char *text = setting();
	house_tells(house, text); /* its last step waits until scheduling knows all of them */
	free(text);
	race.ids[0] = house_query(house, "SELECT service_id FROM scheduling.service");
	race.ids[1] = house_query(house, "SELECT clinic_id FROM scheduling.clinic");
	race.ids[2] = house_query(house, "SELECT practitioner_id FROM scheduling.practitioner");
	for (unsigned i = 0; i < CLIENTS; i++) {
		char sql[128];
		snprintf(sql, sizeof(sql),
			 "SELECT athlete_id FROM scheduling.athlete ORDER BY 1 OFFSET %u LIMIT 1",
			 i);
		race.athletes[i] = house_query(house, sql);
		assert_int_equal(strlen(race.athletes[i]), 36);
	}
	house_runs(house, run_rounds, &race);
	char *booked = house_query(house, "SELECT count(*) FROM scheduling.appointment");
	assert_string_equal(booked, "1000");
	free(booked);
	for (unsigned i = 0; i < CLIENTS; i++)
		free(race.athletes[i]);
	for (unsigned i = 0; i < 3; i++)
		free(race.ids[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_wins),
	};
	return cmocka_run_group_tests_name("race", tests, open_house, close_house);
}
