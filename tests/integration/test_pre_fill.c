/* A record is opened with all that is known of the visit (pre-fill.story) in one round trip: one
 * unit, which PostgreSQL logs as one transaction. Its log names each statement and its transaction,
 * so what the daemon's workers ask meanwhile can be told apart. */
#include "house.h"

#include "ctl/command.h"
#include "ctl/methods.h"
#include "ctl/story.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION      "0195531a-0000-7000-8000-0000000000d6"
#define AGAIN             20
#define TRANSACTIONS_MOST 256
#define NAME_BYTES        64

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_there_is_all_to_fill_in(void **state)
{
	house_plays(*state, "pre-fill.story");
}

/* ---- Opening ---- */

#define FILLED                                                                                     \
	"{\"screening_outcome\": \"proceed_with_care\", \"screening_reasons\": [{\"item\": "       \
	"\"bruises_easily\"}], \"treatment_consent\": true, \"last_note\": {\"areas\": "           \
	"[{\"area\": \"calf\"}]}, \"adverse_events\": [{\"kind\": \"pneumothorax\"}, {}, {}, {}, " \
	"{}], "                                                                                    \
	"\"upstream_reviews\": [{\"area\": \"calf\"}], "                                           \
	"\"measures_due\": [{\"instrument\": \"nprs\", \"window\": \"10d\", \"baseline\": "        \
	"5}], \"plan\": [{\"text\": \"Rocks\"}, {\"text\": \"Breathing\"}, {\"text\": "            \
	"\"Raises\"}, {\"text\": \"Jog\"}], \"draft\": "

struct opening {
	char *with;
	const char *expected;
	unsigned times;
};

static FIBER int open_record(struct session *session, void *argument)
{
	const struct opening *opening = argument;
	struct json_object *expected = json_tokener_parse(opening->expected);
	struct method method;
	struct status status = method_find(session->arena, "Notes.OpenEncounter", &method);
	for (unsigned i = 0; status_is_ok(status) && i < opening->times; i++) {
		const struct session_call call = {.who = "f.tom"};
		struct json_object *reply = NULL;
		status = session_call_json(session, &method, &call, opening->with, &reply);
		if (status_is_ok(status))
			status = story_contains(session->arena, reply, expected, "opened");
		json_object_put(reply);
	}
	json_object_put(expected);
	return status_is_ok(status) ? 0 : session_complain("an opening", status);
}

/* ---- What the database saw ---- */

struct transaction {
	char id[NAME_BYTES];
	bool opens; /* a record */
	bool asks;  /* what no worker asks */
};

struct seen {
	struct transaction each[TRANSACTIONS_MOST];
	size_t count;
};

/* What the publisher, the sealer, the drafts' upkeep and the pulse ask by themselves. */
static bool is_of_a_worker(const char *statement)
{
	static const char *const theirs[] = {
		"db_unit_begin",  "outbox_held_back", "outbox_page",
		"audit_sealed",   "audit_unsealed",   "audit_seal_add",
		"drafts_outlook", "drafts_forget",    "migrations_applied"};
	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++)
		if (strcmp(statement, theirs[i]) == 0)
			return true;
	return false;
}

static struct transaction *transaction_of(struct seen *seen, const char *id)
{
	for (size_t i = 0; i < seen->count; i++)
		if (strcmp(seen->each[i].id, id) == 0)
			return &seen->each[i];
	assert_true(seen->count < TRANSACTIONS_MOST);
	struct transaction *new = &seen->each[seen->count++];
	snprintf(new->id, sizeof(new->id), "%s", id);
	return new;
}

/* Of notes' own role, from byte `from` on: "notes 3/141 LOG:  execute draft_look: SELECT …". */
static void read_log(const struct house *house, long from, struct seen *seen)
{
	char path[128], id[NAME_BYTES], statement[NAME_BYTES], *line = NULL;
	size_t room = 0;
	snprintf(path, sizeof(path), "%s/log/postgres.log", house->folder);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	fseek(file, from, SEEK_SET);
	while (getline(&line, &room, file) > 0) {
		if (sscanf(line, "notes %63s LOG: execute %63[a-z_0-9]:", id, statement) != 2)
			continue;
		struct transaction *transaction = transaction_of(seen, id);
		transaction->opens |= strcmp(statement, "encounter_open") == 0;
		transaction->asks |= !is_of_a_worker(statement);
	}
	free(line);
	fclose(file);
}

static long log_length(const struct house *house)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/log/postgres.log", house->folder);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	fclose(file);
	return length;
}

static void log_statements(const struct house *house)
{
	free(house_query(house, "ALTER SYSTEM SET log_statement = 'all'"));
	free(house_query(house, "ALTER SYSTEM SET log_line_prefix = '%u %v '"));
	free(house_query(house, "SELECT pg_reload_conf(), pg_sleep(0.3)"));
}

static void opens_in_one_round_trip(const struct house *house, struct opening *opening)
{
	struct seen seen = {0};
	unsigned openings = 0, others = 0;
	long from = log_length(house);
	house_runs((struct house *)house, open_record, opening);
	read_log(house, from, &seen);
	for (size_t i = 0; i < seen.count; i++) {
		openings += seen.each[i].opens;
		others += seen.each[i].asks && !seen.each[i].opens;
	}
	printf("opened with all of its pre-fill, %u times: %u round trips; %zu of workers beside\n",
	       opening->times, openings + others, seen.count - openings - others);
	assert_int_equal(openings, opening->times);
	assert_int_equal(others, 0);
}

static void test_an_opening_is_one_round_trip(void **state)
{
	struct opening opening = {
		.with = house_query(
			*state,
			"SELECT format('{\"appointment_id\": \"%s\", \"athlete_id\": \"%s\", "
			"\"practitioner_id\": \"%s\", \"clinic_id\": \"%s\"}', appointment_id, "
			"athlete_id, practitioner_id, clinic_id) FROM notes.appointment WHERE "
			"organisation_id = '" ORGANISATION "'"),
		.expected = FILLED "null}",
		.times = 1,
	};
	log_statements(*state);
	opens_in_one_round_trip(*state, &opening);

	/* It is typed on, and opened again. */
	char step[256];
	char *encounter_id = house_query(
		*state, "SELECT encounter_id FROM notes.encounter WHERE appointment_id IS NOT NULL "
			"AND organisation_id = '" ORGANISATION "'");
	snprintf(step, sizeof(step),
		 "{\"call\": \"Notes.SaveDraft\", \"as\": \"f.tom\", \"with\": "
		 "{\"encounter_id\": \"%s\", \"note\": {\"complaint\": \"Calf\"}}}",
		 encounter_id);
	house_tells(*state, step);
	opening.expected = FILLED "{\"note\": {\"complaint\": \"Calf\"}}}";
	opening.times = AGAIN;
	opens_in_one_round_trip(*state, &opening);
	free(encounter_id);
	free(opening.with);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_is_all_to_fill_in),
		cmocka_unit_test(test_an_opening_is_one_round_trip),
	};
	return cmocka_run_group_tests_name("pre-fill", tests, open_house, close_house);
}
