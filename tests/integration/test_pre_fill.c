/* What a record is opened with (screening, last note, measures due, reviews, plan, draft) costs one
 * round trip to the database: units that notes sends, as its metrics count them, for each opening.
 */
#include "house.h"
#include "providers.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000d6"
#define OPENINGS     400
#define ANSWER_BYTES (1 << 18)

static uint16_t port;

static int open_house(void **state)
{
	char settings[64];
	port = (uint16_t)providers_free_port();
	snprintf(settings, sizeof(settings), "SOLEUS_HEALTH_PORT=%u", port);
	setenv("STACK_NOTES", settings, 1);
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* All that can be pre-filled is there: a visit that was screened, a note before it with a measure
 * that is due, a plan of the clinic's own, a draft. */
static void test_there_is_something_to_fill_in(void **state)
{
	house_tells(
		*state,
		"{\"at\": \"2026-03-02T08:00:00Z\"}\n"
		"{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		"\"" ORGANISATION "\", \"name\": \"Fill\"}}\n"
		"{\"key\": \"f.lead\", \"roles\": \"clinic_lead\", \"organisation\": "
		"\"" ORGANISATION "\"}\n"
		"{\"call\": \"Directory.CreateClinic\", \"as\": \"f.lead\", \"with\": {\"name\": "
		"\"One\", \"zone\": \"UTC\"}, \"keep\": \"c\"}\n"
		"{\"call\": \"Directory.CreatePractitioner\", \"as\": \"f.lead\", \"with\": "
		"{\"given_name\": \"Tom\", \"family_name\": \"Hale\", \"clinic_ids\": "
		"[\"${c.clinic_id}\"]}, \"keep\": \"t\"}\n"
		"{\"key\": \"f.tom\", \"roles\": \"practitioner\", \"organisation\": "
		"\"" ORGANISATION "\", \"subject\": \"${t.practitioner_id}\"}\n"
		"{\"call\": \"Directory.RegisterAthlete\", \"as\": \"f.lead\", \"with\": "
		"{\"athlete\": {\"given_name\": \"Ana\", \"family_name\": \"Berger\", "
		"\"birth_date\": \"1994-05-11\", \"zone\": \"UTC\", \"home_clinic_id\": "
		"\"${c.clinic_id}\"}}, \"keep\": \"a\"}\n"
		"{\"call\": \"Directory.RecordConsent\", \"as\": \"f.lead\", \"with\": "
		"{\"athlete_id\": \"${a.athlete_id}\", \"purpose\": \"treatment\", \"granted\": "
		"true, \"text_version\": \"v1\", \"copy_given\": true}}\n"
		"{\"call\": \"Notes.PutPlanTemplate\", \"as\": \"f.lead\", \"with\": "
		"{\"clinic_id\": \"${c.clinic_id}\", \"area\": \"calf\", \"steps\": [{\"kind\": "
		"\"light_mobility\", \"text\": \"Rocks\"}, {\"kind\": \"positional_breathing\", "
		"\"day\": 1, \"text\": \"Breathing\"}, {\"kind\": \"activation\", \"day\": 2, "
		"\"text\": \"Raises\"}, {\"kind\": \"return_to_loading\", \"day\": 4, \"text\": "
		"\"Jog\"}]}}\n"
		"{\"call\": \"Notes.OpenEncounter\", \"as\": \"f.tom\", \"with\": "
		"{\"athlete_id\": \"${a.athlete_id}\", \"practitioner_id\": "
		"\"${t.practitioner_id}\", \"clinic_id\": \"${c.clinic_id}\"}, \"keep\": "
		"\"e\"}\n"
		"{\"call\": \"Notes.RecordScreening\", \"as\": \"f.tom\", \"with\": "
		"{\"athlete_id\": \"${a.athlete_id}\", \"encounter_id\": "
		"\"${e.encounter_id}\"}}\n"
		"{\"call\": \"Notes.SignNote\", \"as\": \"f.tom\", \"with\": {\"encounter_id\": "
		"\"${e.encounter_id}\", \"note\": {\"complaint\": \"Left calf tight\", "
		"\"tissue_to_calm\": \"Gastrocnemius\", \"why_overloaded\": \"Long runs\", "
		"\"findings\": [{\"key\": \"f1\", \"movement\": \"hop\"}], \"sites\": "
		"[{\"muscle\": \"gastrocnemius\", \"side\": \"left\", \"approach\": \"deep\", "
		"\"gauge_um\": 300, \"length_mm\": 40, \"depth_mm\": 20, \"insertions\": 8, "
		"\"pain_during\": {\"value\": 3}, \"needles_in\": 2, \"needles_out\": 2, "
		"\"finding_keys\": [\"f1\"]}], \"measures\": [{\"instrument\": \"nprs\", "
		"\"area\": \"calf\", \"side\": \"left\", \"moment\": \"before\", \"value\": "
		"{\"value\": 6}}]}}}\n"
		"{\"at\": \"2026-03-12T08:00:00Z\"}\n");
}

/* ---- Units ---- */

/* One of notes' counters, over all of its labels. */
static unsigned long counter(const char *name)
{
	static const char request[] = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: "
				      "close\r\n\r\n";
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	static char answer[ANSWER_BYTES];
	size_t length = 0;
	ssize_t got;
	unsigned long sum = 0;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), strlen(request));
	while ((got = read(fd, answer + length, ANSWER_BYTES - 1 - length)) > 0)
		length += (size_t)got;
	close(fd);
	answer[length] = '\0';
	for (const char *line = answer; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, strlen(name)) == 0)
			sum += strtoul(line + strcspn(line, " \n"), NULL, 10);
	}
	return sum;
}

struct openings {
	const char *visitor;
	unsigned filled; /* that brought note, measure, plan and draft */
	unsigned long units;
};

static FIBER struct status ask(struct session *session, const char *rpc, const char *with,
			       struct json_object **ret_reply)
{
	struct method method;
	const struct session_call call = {.who = "f.tom",
					  .idempotency_key = "the-walk-in-of-the-twelfth"};
	struct status status = method_find(session->arena, rpc, &method);
	return status_is_ok(status) ? session_call_json(session, &method, &call, with, ret_reply)
				    : status;
}

static bool has(struct json_object *reply, const char *field)
{
	struct json_object *found = json_object_object_get(reply, field);
	return found && (!json_object_is_type(found, json_type_array) ||
			 json_object_array_length(found) > 0);
}

static FIBER int open_often(struct session *session, void *argument)
{
	struct openings *openings = argument;
	for (unsigned i = 0; i <= OPENINGS; i++) {
		struct json_object *reply = NULL;
		struct status status =
			ask(session, "Notes.OpenEncounter", openings->visitor, &reply);
		if (!status_is_ok(status))
			return session_complain("an opening", status);
		if (i > 0)
			openings->filled += has(reply, "last_note") && has(reply, "measures_due") &&
					    has(reply, "plan") && has(reply, "draft");
		const char *id =
			json_object_get_string(json_object_object_get(reply, "encounter_id"));
		/* The first opens it; it is the others that are counted. */
		if (i == 0) {
			struct method method;
			struct session_call call = {.who = "f.tom"};
			struct json_object *saved = NULL;
			status = method_find(session->arena, "Notes.SaveDraft", &method);
			if (status_is_ok(status))
				status = session_call_json(
					session, &method, &call,
					arena_printf(session->arena,
						     "{\"encounter_id\": \"%s\", \"note\": "
						     "{\"complaint\": \"Calf\"}}",
						     id),
					&saved);
			json_object_put(saved);
			openings->units = counter("soleus_db_units_total");
		}
		json_object_put(reply);
		if (!status_is_ok(status))
			return session_complain("a draft", status);
	}
	openings->units = counter("soleus_db_units_total") - openings->units;
	return 0;
}

static void test_an_opening_is_one_round_trip(void **state)
{
	struct openings openings = {0};
	char *visitor = house_query(
		*state, "SELECT format('{\"athlete_id\": \"%s\", \"practitioner_id\": \"%s\", "
			"\"clinic_id\": \"%s\"}', athlete_id, practitioner_id, clinic_id) FROM "
			"notes.encounter WHERE organisation_id = '" ORGANISATION "'");
	openings.visitor = visitor;
	house_runs(*state, open_often, &openings);
	free(visitor);
	/* The daemon's own upkeep (audit chain, outbox, cursors) is among the units. */
	printf("%u openings with all of their pre-fill: %lu round trips, %.2f for each\n", OPENINGS,
	       openings.units, (double)openings.units / OPENINGS);
	assert_int_equal(openings.filled, OPENINGS);
	assert_in_range(openings.units, OPENINGS, OPENINGS * 5 / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_is_something_to_fill_in),
		cmocka_unit_test(test_an_opening_is_one_round_trip),
	};
	return cmocka_run_group_tests_name("pre-fill", tests, open_house, close_house);
}
