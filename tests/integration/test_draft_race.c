/* Drafts under pressure: one saves while another signs, and a draft that is saved for hours.
 * Whoever comes second is told; nobody signs over what was not read, and neighbours in the same
 * statement sign all the same. */
#include "house.h"

#include "base/clock.h"

#include <json-c/json.h>
#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000d5"
#define ROUNDS       4
#define RACES        16 /* visits in a round whose draft is saved and signed at once */
#define NEIGHBOURS   8  /* visits in a round that are only signed */
#define VISITS       (RACES + NEIGHBOURS)

#define NOTE                                                                                 \
	"\"note\": {\"complaint\": \"Left calf tight.\", \"tissue_to_calm\": "               \
	"\"Gastrocnemius\", \"why_overloaded\": \"Long runs\", \"modalities\": [{\"kind\": " \
	"\"coaching\", \"minutes\": 5}]}"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_a_clinic_of_two(void **state)
{
	house_tells(
		*state,
		"{\"at\": \"2026-03-02T09:00:00Z\"}\n"
		"{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		"\"" ORGANISATION "\", \"name\": \"Race\"}}\n"
		"{\"key\": \"r.lead\", \"roles\": \"clinic_lead\", \"organisation\": "
		"\"" ORGANISATION "\"}\n"
		"{\"call\": \"Directory.CreateClinic\", \"as\": \"r.lead\", \"with\": {\"name\": "
		"\"One\", \"zone\": \"UTC\"}, \"keep\": \"c\"}\n"
		"{\"call\": \"Directory.CreatePractitioner\", \"as\": \"r.lead\", \"with\": "
		"{\"given_name\": \"Tom\", \"family_name\": \"Signs\", \"clinic_ids\": "
		"[\"${c.clinic_id}\"]}, \"keep\": \"t\"}\n"
		"{\"call\": \"Directory.CreatePractitioner\", \"as\": \"r.lead\", \"with\": "
		"{\"given_name\": \"Sue\", \"family_name\": \"Saves\", \"clinic_ids\": "
		"[\"${c.clinic_id}\"]}, \"keep\": \"s\"}\n"
		"{\"key\": \"r.tom\", \"roles\": \"practitioner\", \"organisation\": "
		"\"" ORGANISATION "\", \"subject\": \"${t.practitioner_id}\"}\n"
		"{\"key\": \"r.sue\", \"roles\": \"practitioner\", \"organisation\": "
		"\"" ORGANISATION "\", \"subject\": \"${s.practitioner_id}\"}\n"
		"{\"call\": \"Directory.RegisterAthlete\", \"as\": \"r.lead\", \"with\": "
		"{\"athlete\": {\"given_name\": \"Ana\", \"family_name\": \"Berger\", "
		"\"birth_date\": \"1994-05-11\", \"zone\": \"UTC\", \"home_clinic_id\": "
		"\"${c.clinic_id}\"}}, \"keep\": \"a\"}\n"
		"{\"call\": \"Notes.OpenEncounter\", \"as\": \"r.tom\", \"with\": "
		"{\"athlete_id\": \"${a.athlete_id}\", \"practitioner_id\": "
		"\"${t.practitioner_id}\", \"clinic_id\": \"${c.clinic_id}\"}, \"keep\": "
		"\"e\"}\n"
		"{\"call\": \"Notes.RecordScreening\", \"as\": \"r.tom\", \"with\": "
		"{\"athlete_id\": \"${a.athlete_id}\", \"encounter_id\": "
		"\"${e.encounter_id}\"}}\n"
		"{\"call\": \"Notes.SaveDraft\", \"as\": \"r.tom\", \"with\": "
		"{\"encounter_id\": \"${e.encounter_id}\", " NOTE "}}\n");
}

/* ---- One that is held up ---- */

static PGconn *service_role(const struct house *house)
{
	char url[256];
	snprintf(url, sizeof(url), "host=%s user=notes dbname=soleus", house->socket);
	PGconn *service = PQconnectdb(url);
	assert_int_equal(PQstatus(service), CONNECTION_OK);
	PQclear(PQexec(service, "BEGIN"));
	PQclear(PQexec(service, "SELECT set_config('soleus.tenants', '{" ORGANISATION "}', true)"));
	return service;
}

/* The encounter's id in the place of each # of the steps. */
static void tells_of(struct house *house, const char *encounter_id, const char *steps)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *text = "";
	for (const char *at; (at = strchr(steps, '#')); steps = at + 1)
		text = arena_printf(arena, "%s%.*s%s", text, (int)(at - steps), steps,
				    encounter_id);
	house_tells(house, arena_printf(arena, "%s%s", text, steps));
	arena_free(arena);
}

/* After ten seconds at the latest. */
static const char commit_when_waited_for[] = "DO $$ BEGIN FOR i IN 1..500 LOOP EXIT WHEN EXISTS "
					     "(SELECT FROM pg_locks WHERE NOT granted); "
					     "PERFORM pg_sleep(0.02); END LOOP; END $$; COMMIT";

/* The daemon reads that Tom treats; Sue takes the visit over, and is committed while his signature
 * waits. */
static void test_a_signature_sees_who_took_the_visit_over(void **state)
{
	static const char takes_over[] =
		"UPDATE notes.encounter SET practitioner_id = (SELECT practitioner_id FROM "
		"notes.practitioner AS other WHERE other.practitioner_id <> "
		"encounter.practitioner_id AND organisation_id = '" ORGANISATION "') WHERE "
		"organisation_id = '" ORGANISATION "'";
	struct house *house = *state;
	char *encounter_id = house_query(house, "SELECT encounter_id FROM notes.encounter WHERE "
						"organisation_id = '" ORGANISATION "'");
	PGconn *takes = service_role(house);
	PGresult *taken = PQexec(takes, takes_over);
	assert_string_equal(PQcmdTuples(taken), "1");
	PQclear(taken);
	assert_int_equal(PQsendQuery(takes, commit_when_waited_for), 1);
	/* Told to try again, the client does. */
	tells_of(house, encounter_id,
		 "{\"call\": \"Notes.SignNote\", \"as\": \"r.tom\", \"with\": {\"encounter_id\": "
		 "\"#\", \"draft_version\": 1, " NOTE "}, \"fails\": \"PERMISSION_DENIED\"}\n");
	PQfinish(takes);
	takes = service_role(house); /* and Tom has it back */
	PQclear(PQexec(takes, takes_over));
	PQclear(PQexec(takes, "COMMIT"));
	PQfinish(takes);
	free(encounter_id);
}

/* The daemon reads version 1; a save that it cannot see yet holds the encounter, and is committed
 * while the signature waits. */
static void test_a_signature_sees_the_save_it_waited_for(void **state)
{
	struct house *house = *state;
	char *encounter_id = house_query(house, "SELECT encounter_id FROM notes.encounter WHERE "
						"organisation_id = '" ORGANISATION "'");
	PGconn *saves = service_role(house);
	PGresult *saved = PQexec(
		saves, "INSERT INTO notes.draft (organisation_id, encounter_id, note_version, "
		       "version, base_version, refused, saved_at, saved_by, content) SELECT "
		       "organisation_id, encounter_id, 1, 2, 1, false, saved_at, 'r.sue', content "
		       "FROM notes.draft");
	assert_string_equal(PQcmdTuples(saved), "1");
	PQclear(saved);
	assert_int_equal(PQsendQuery(saves, commit_when_waited_for), 1);
	tells_of(house, encounter_id,
		 "{\"call\": \"Notes.SignNote\", \"as\": \"r.tom\", \"with\": {\"encounter_id\": "
		 "\"#\", \"draft_version\": 1, " NOTE "}, \"fails\": \"FAILED_PRECONDITION\"}\n"
		 "{\"call\": \"Notes.GetDraft\", \"as\": \"r.tom\", \"with\": {\"encounter_id\": "
		 "\"#\"}, \"expect\": {\"draft\": {\"version\": 2, \"saved_by\": \"r.sue\"}}}\n"
		 "{\"call\": \"Notes.SignNote\", \"as\": \"r.tom\", \"with\": {\"encounter_id\": "
		 "\"#\", \"draft_version\": 2, " NOTE "}}\n");
	PQfinish(saves);
	free(encounter_id);
}

/* ---- One that is long ---- */

#define SAVES 205

static void expect_kept(PGconn *service, const char *sql)
{
	PQclear(PQexec(service, "SAVEPOINT kept"));
	PGresult *result = PQexec(service, sql);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	if (!state || strcmp(state, "SL002") != 0)
		fail_msg("not refused: %s", sql);
	PQclear(result);
	PQclear(PQexec(service, "ROLLBACK TO kept"));
}

/* A step of the story. */
static const char *save_of(struct arena *arena, const char *ids, int base, const char *note,
			   const char *expected)
{
	return arena_printf(arena,
			    "{\"call\": \"Notes.SaveDraft\", \"as\": \"r.tom\", \"with\": {%s, "
			    "\"base_version\": %d, \"note\": {%s}}, %s}\n",
			    ids, base, note, expected);
}

/* An amendment is typed for hours: its first version and the newest 200 are kept, and whatever was
 * refused. */
static void test_a_long_draft_loses_no_word(void **state)
{
	struct house *house = *state;
	struct arena *arena = arena_new((size_t)32 << 20);
	char *ids = house_query(
		house, "SELECT format('\"encounter_id\": \"%s\", \"amends_note_id\": \"%s\"', "
		       "encounter_id, note_id) FROM notes.note WHERE organisation_id = "
		       "'" ORGANISATION "'");
	const char *words = "Worse", *steps = "";
	for (int version = 1; version <= SAVES; version++) {
		words = arena_printf(arena, "%s and worse", words);
		steps = arena_printf(
			arena, "%s%s", steps,
			save_of(arena, ids, version - 1,
				arena_printf(arena, "\"complaint\": \"%s.\"", words),
				arena_printf(arena, "\"expect\": {\"draft\": {\"version\": %d}}",
					     version)));
	}
	house_tells(house, steps);
	static const char *const count = "SELECT count(*) FROM notes.draft WHERE note_version = 2";
	house_expects(house, count, "201");
	house_tells(house,
		    save_of(arena, ids, 3, "\"complaint\": \"Better.\"",
			    "\"fails\": \"FAILED_PRECONDITION\", \"faults\": "
			    "[\"base_version\"], \"expect\": {\"draft\": {\"version\": 205}, "
			    "\"refused_version\": 206}"));
	house_tells(house, save_of(arena, ids, 205,
				   arena_printf(arena,
						"\"complaint\": \"%s.\", \"history\": "
						"\"None.\"",
						words),
				   "\"expect\": {\"draft\": {\"version\": 207}}"));
	house_expects(house, count, "201");
	PGconn *service = service_role(house);
	expect_kept(service, "DELETE FROM notes.draft WHERE note_version = 2 AND version = 1");
	expect_kept(service, "DELETE FROM notes.draft WHERE note_version = 2 AND version = 8");
	expect_kept(service, "DELETE FROM notes.draft WHERE note_version = 2 AND version = 206");
	PQfinish(service);
	free(ids);
	arena_free(arena);
}

/* ---- Calls, many at a time ---- */

struct race {
	struct session *session;
	struct fiber *judge;
	const char *visitor; /* athlete, practitioner and clinic, as OpenEncounter takes them */
	const char *athlete_id;
	const char *encounters[VISITS];
	unsigned running;
	unsigned saves, signatures, neighbours; /* that came through */
	struct status fault;                    /* the first that was not expected */
};

struct racer {
	struct race *race;
	unsigned visit;
	bool signs;
};

static FIBER struct status ask(struct race *race, const char *who, const char *rpc,
			       const char *with, struct json_object **ret_reply)
{
	struct method method;
	const struct session_call call = {.who = who, .patience_us = 20 * CLOCK_SECOND_US};
	struct status status = method_find(race->session->arena, rpc, &method);
	return status_is_ok(status)
		       ? session_call_json(race->session, &method, &call, with, ret_reply)
		       : status;
}

static FIBER struct status ask_about(struct race *race, const char *who, const char *rpc,
				     unsigned visit, const char *more)
{
	struct json_object *reply = NULL;
	struct status status =
		ask(race, who, rpc,
		    arena_printf(race->session->arena, "{\"encounter_id\": \"%s\", %s}",
				 race->encounters[visit], more),
		    &reply);
	json_object_put(reply);
	return status;
}

/* A walk-in that was screened, and, where it will be raced for, a first draft. */
static FIBER struct status begin_visit(struct race *race, unsigned visit)
{
	struct arena *arena = race->session->arena;
	struct json_object *reply = NULL;
	struct status status = ask(race, "r.tom", "Notes.OpenEncounter",
				   arena_printf(arena, "{%s}", race->visitor), &reply);
	if (!status_is_ok(status))
		return status;
	race->encounters[visit] = arena_strdup(
		arena, json_object_get_string(json_object_object_get(reply, "encounter_id")));
	json_object_put(reply);
	status = ask_about(race, "r.tom", "Notes.RecordScreening", visit,
			   arena_printf(arena, "\"athlete_id\": \"%s\"", race->athlete_id));
	return status_is_ok(status) && visit < RACES
		       ? ask_about(race, "r.tom", "Notes.SaveDraft", visit, NOTE)
		       : status;
}

static void run_one(void *argument)
{
	struct racer *racer = argument;
	struct race *race = racer->race;
	struct status status;
	if (racer->visit >= RACES) {
		status = ask_about(race, "r.tom", "Notes.SignNote", racer->visit, NOTE);
		race->neighbours += status_is_ok(status);
	} else if (racer->signs) {
		status = ask_about(race, "r.tom", "Notes.SignNote", racer->visit,
				   "\"draft_version\": 1, " NOTE);
		race->signatures += status_is_ok(status);
	} else {
		status = ask_about(race, "r.sue", "Notes.SaveDraft", racer->visit,
				   "\"base_version\": 1, \"note\": {\"complaint\": \"Left calf "
				   "tight. Worse uphill.\"}");
		race->saves += status_is_ok(status);
	}
	if (!status_is_ok(status) &&
	    (racer->visit >= RACES || status.code != STATUS_FAILED_PRECONDITION))
		race->fault = status;
	if (--race->running == 0)
		fiber_resume(race->judge);
}

static FIBER int run_rounds(struct session *session, void *argument)
{
	struct race *race = argument;
	race->session = session;
	race->judge = fiber_current();
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct racer racers[VISITS + RACES];
		for (unsigned visit = 0; visit < VISITS; visit++) {
			struct status status = begin_visit(race, visit);
			if (!status_is_ok(status))
				return session_complain("a visit", status);
		}
		race->running = VISITS + RACES;
		for (unsigned i = 0; i < VISITS + RACES; i++) {
			/* Who is sent first changes with the visit and the round. */
			unsigned visit = i < 2 * RACES ? i / 2 : i - RACES;
			bool signs = i >= 2 * RACES || (i + visit + round) % 2 == 0;
			racers[i] = (struct racer){race, visit, signs};
			fiber_start(run_one, &racers[i]);
		}
		fiber_suspend();
		if (!status_is_ok(race->fault))
			return session_complain("a save or a signature", race->fault);
	}
	return 0;
}

static void test_nobody_signs_over_what_was_not_read(void **state)
{
	struct race race = {0};
	char *visitor = house_query(
		*state, "SELECT format('\"athlete_id\": \"%s\", \"practitioner_id\": \"%s\", "
			"\"clinic_id\": \"%s\"', athlete_id, practitioner_id, clinic_id) FROM "
			"notes.encounter WHERE organisation_id = '" ORGANISATION "'");
	char *athlete_id = house_query(*state, "SELECT athlete_id FROM notes.encounter WHERE "
					       "organisation_id = '" ORGANISATION "'");
	race.visitor = visitor;
	race.athlete_id = athlete_id;
	house_runs(*state, run_rounds, &race);
	free(visitor);
	free(athlete_id);
	printf("%u races: %u saved, %u signed; %u neighbours signed\n", ROUNDS * RACES, race.saves,
	       race.signatures, race.neighbours);
	assert_int_equal(race.saves + race.signatures, ROUNDS * RACES);
	assert_int_equal(race.neighbours, ROUNDS * NEIGHBOURS);
	house_expects(*state,
		      "SELECT count(*) FROM notes.note JOIN notes.draft USING (organisation_id, "
		      "encounter_id) WHERE note_version = note.version AND NOT refused AND "
		      "draft.version > note.draft_version",
		      "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_of_two),
		cmocka_unit_test(test_a_signature_sees_who_took_the_visit_over),
		cmocka_unit_test(test_a_signature_sees_the_save_it_waited_for),
		cmocka_unit_test(test_a_long_draft_loses_no_word),
		cmocka_unit_test(test_nobody_signs_over_what_was_not_read),
	};
	return cmocka_run_group_tests_name("draft race", tests, open_house, close_house);
}
