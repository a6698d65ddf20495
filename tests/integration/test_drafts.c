/* Drafts of notes, by two practitioners (drafts.story); what a signature ends is ended for the
 * service's own role too, and what was typed goes with the athlete alone. */
#include "desk.h"
#include "house.h"

#include "ctl/command.h"

#include "soleus/v1/notes.pb-c.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000d1"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_two_write_one_note(void **state)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *text;
	assert_true(status_is_ok(
		command_read_file(arena, SOLEUS_SOURCE "/tests/integration/drafts.story", &text)));
	house_tells(*state, text);
	arena_free(arena);
}

/* ---- The service's own role ---- */

static PGconn *service_role(const struct house *house)
{
	char url[256];
	snprintf(url, sizeof(url), "host=%s user=notes dbname=soleus", house->socket);
	PGconn *service = PQconnectdb(url);
	assert_int_equal(PQstatus(service), CONNECTION_OK);
	return service;
}

/* In a transaction that sees the tenant, which is left open. */
static ExecStatusType begun(PGconn *service, const char *sql)
{
	PQclear(PQexec(service, "BEGIN"));
	PQclear(PQexec(service, "SELECT set_config('soleus.tenants', '{" ORGANISATION "}', true)"));
	PGresult *result = PQexec(service, sql);
	ExecStatusType status = PQresultStatus(result);
	PQclear(result);
	return status;
}

/* A version more of the draft for note version N. */
#define ONE_MORE(N)                                                                               \
	"INSERT INTO notes.draft (organisation_id, encounter_id, note_version, version, "         \
	"base_version, refused, saved_at, saved_by, content) SELECT organisation_id, "            \
	"encounter_id, " #N ", 99, 0, false, saved_at, saved_by, content FROM notes.draft WHERE " \
	"note_version = 2"

static void test_nothing_gets_into_what_was_signed(void **state)
{
	static const char *const refused[] = {
		ONE_MORE(1),
		ONE_MORE(3),
		"UPDATE notes.draft SET content = ''",
		"DELETE FROM notes.draft",
		"TRUNCATE notes.draft",
	};
	PGconn *service = service_role(*state);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (begun(service, refused[i]) != PGRES_FATAL_ERROR)
			fail_msg("not refused: %s", refused[i]);
		PQclear(PQexec(service, "ROLLBACK"));
	}
	PQfinish(service);
}

/* A signature's foreign key shares the encounter's row, so that it waits for a save, and a save for
 * it. */
static void test_a_signature_waits_for_a_save(void **state)
{
	static const char *const share =
		"SELECT FROM notes.encounter WHERE organisation_id = '" ORGANISATION
		"' FOR KEY SHARE NOWAIT";
	PGconn *saves = service_role(*state);
	PGconn *signs = service_role(*state);
	assert_int_equal(begun(saves, ONE_MORE(2)), PGRES_COMMAND_OK);
	assert_int_equal(begun(signs, share), PGRES_FATAL_ERROR);
	PQclear(PQexec(saves, "ROLLBACK"));
	PQclear(PQexec(signs, "ROLLBACK"));
	assert_int_equal(begun(signs, share), PGRES_TUPLES_OK);
	PQfinish(saves);
	PQfinish(signs);
}

/* An erasure takes the athlete's row before it takes the drafts, so that it waits for a save. */
static void test_an_erasure_waits_for_a_save(void **state)
{
	static const char *const erase =
		"SELECT FROM notes.athlete WHERE organisation_id = '" ORGANISATION
		"' FOR NO KEY UPDATE NOWAIT";
	PGconn *saves = service_role(*state);
	PGconn *erases = service_role(*state);
	assert_int_equal(begun(saves, ONE_MORE(2)), PGRES_COMMAND_OK);
	assert_int_equal(begun(erases, erase), PGRES_FATAL_ERROR);
	PQclear(PQexec(saves, "ROLLBACK"));
	PQclear(PQexec(erases, "ROLLBACK"));
	assert_int_equal(begun(erases, erase), PGRES_TUPLES_OK);
	PQfinish(saves);
	PQfinish(erases);
}

/* ---- What is told ---- */

static void expect_of(const struct house *house, const char *sql, const char *expected)
{
	char *found = house_query(house, sql);
	assert_string_equal(found, expected);
	free(found);
}

/* Each save that added a version, and of the story's two that added none what they told. */
static void test_what_a_save_tells_is_in_the_trail(void **state)
{
	expect_of(*state,
		  "SELECT (SELECT count(*) FROM notes.audit WHERE organisation_id = '" ORGANISATION
		  "' AND method = 'soleus.v1.Notes.SaveDraft') - (SELECT count(*) FROM notes.draft "
		  "WHERE organisation_id = '" ORGANISATION "' AND content IS NOT NULL)",
		  "2");
}

/* ---- A lost answer ---- */

struct asking {
	struct arena *arena;
	char *encounter_id, *note_id;
	Soleus__V1__SaveDraftReply *reply, *again;
};

/* The amendment's draft gets a tolerance, loses it by another, and the first asks again. */
static FIBER int ask_again(struct session *session, void *argument)
{
	struct asking *asking = argument;
	struct desk desk = {session, "d.tom", ORGANISATION, {{0}}, 0};
	Soleus__V1__Note note = SOLEUS__V1__NOTE__INIT;
	Soleus__V1__SaveDraftRequest request = SOLEUS__V1__SAVE_DRAFT_REQUEST__INIT;
	request.encounter_id = asking->encounter_id;
	request.amends_note_id = asking->note_id;
	request.note = &note;
	note.complaint = "Right calf tight";
	for (int time = 0; time < 3; time++) {
		bool other = time == 1;
		void *ret_reply = time == 0 ? (void *)&asking->reply : (void *)&asking->again;
		request.base_version = other ? 2 : 1;
		note.tolerance = other ? "" : "Good.";
		struct status status =
			desk_ask_again(&desk, "Notes.SaveDraft", other ? "other" : "lost",
				       asking->arena, &request.base, ret_reply);
		if (!status_is_ok(status))
			return session_complain("SaveDraft", status);
	}
	return 0;
}

static void test_asked_again_a_save_tells_what_it_saved(void **state)
{
	struct house *house = *state;
	struct asking asking = {
		.arena = arena_new((size_t)1 << 20),
		.encounter_id = house_query(house, "SELECT encounter_id FROM notes.note WHERE "
						   "organisation_id = '" ORGANISATION "'"),
		.note_id = house_query(house, "SELECT note_id FROM notes.note WHERE "
					      "organisation_id = '" ORGANISATION "'"),
	};
	house_runs(house, ask_again, &asking);
	assert_non_null(asking.reply);
	assert_non_null(asking.again);
	assert_int_equal(asking.again->draft->version, asking.reply->draft->version);
	assert_string_equal(asking.again->draft->note->tolerance, "Good.");
	expect_of(house,
		  "SELECT count(*) FROM notes.idempotency WHERE organisation_id = '" ORGANISATION
		  "' AND key IN ('lost', 'other') AND position('Right calf'::bytea IN reply) > 0",
		  "0");
	free(asking.encounter_id);
	free(asking.note_id);
	arena_free(asking.arena);
}

/* ---- What is too long ---- */

/* A text of this size is near the limit, and two are beyond it. */
#define LONG_TEXT 90000

/* Saves `field` on top of version 3 of the amendment's draft; `expected` ends the step. */
static void save_long(struct house *house, const char *as, const char *field, const char *expected)
{
	char *step = malloc(LONG_TEXT + 1024), text[LONG_TEXT + 1] = "";
	char *ids = house_query(
		house, "SELECT format('\"encounter_id\": \"%s\", \"amends_note_id\": \"%s\"', "
		       "encounter_id, note_id) FROM notes.note WHERE organisation_id = "
		       "'" ORGANISATION "'");
	memset(text, 'a', LONG_TEXT);
	snprintf(step, LONG_TEXT + 1024,
		 "{\"call\": \"Notes.SaveDraft\", \"as\": \"%s\", \"with\": {%s, \"base_version\": "
		 "3, "
		 "\"note\": {\"complaint\": \"Right calf tight\", \"%s\": \"%s\"}}, %s}\n",
		 as, ids, field, text, expected);
	house_tells(house, step);
	free(ids);
	free(step);
}

static void test_what_is_too_long_together_is_kept_apart(void **state)
{
	save_long(*state, "d.tom", "history", "\"expect\": {\"draft\": {\"version\": 4}}");
	save_long(*state, "d.sue", "outcome",
		  "\"fails\": \"FAILED_PRECONDITION\", \"faults\": [\"note\"], \"expect\": "
		  "{\"draft\": "
		  "{\"version\": 4, \"saved_by\": \"d.tom\"}, \"refused_version\": 5}");
	expect_of(*state,
		  "SELECT refused AND saved_by = 'd.sue' AND octet_length(content) > 90000 FROM "
		  "notes.draft WHERE organisation_id = '" ORGANISATION
		  "' AND note_version = 2 AND version = 5",
		  "t");
}

/* ---- Erasure ---- */

static void test_what_was_typed_goes_with_the_athlete(void **state)
{
	static const char *const count =
		"SELECT count(*) FROM notes.draft WHERE organisation_id = '" ORGANISATION "'";
	expect_of(*state, count, "9");
	char *athlete_id = house_query(*state, "SELECT DISTINCT athlete_id FROM notes.encounter "
					       "WHERE organisation_id = '" ORGANISATION "'");
	char step[256];
	snprintf(step, sizeof(step),
		 "{\"call\": \"Directory.EraseAthlete\", \"as\": \"d.lead\", \"with\": "
		 "{\"athlete_id\": \"%s\", \"reason\": \"Asked by letter\"}}\n",
		 athlete_id);
	house_tells(*state, step);
	free(athlete_id);
	expect_of(*state, count, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_write_one_note),
		cmocka_unit_test(test_nothing_gets_into_what_was_signed),
		cmocka_unit_test(test_a_signature_waits_for_a_save),
		cmocka_unit_test(test_an_erasure_waits_for_a_save),
		cmocka_unit_test(test_what_a_save_tells_is_in_the_trail),
		cmocka_unit_test(test_asked_again_a_save_tells_what_it_saved),
		cmocka_unit_test(test_what_is_too_long_together_is_kept_apart),
		cmocka_unit_test(test_what_was_typed_goes_with_the_athlete),
	};
	return cmocka_run_group_tests_name("drafts", tests, open_house, close_house);
}
