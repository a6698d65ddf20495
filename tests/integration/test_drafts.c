/* Drafts of notes, by two practitioners (drafts.story), and who signs too (cosigners.story); what a
 * signature ends is ended for the service's own role too, and what was typed goes with the athlete
 * alone. */
#include "house.h"

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
	house_plays(*state, "drafts.story");
}

static void test_another_is_asked_to_sign_too(void **state)
{
	house_plays(*state, "cosigners.story");
}

#define WAITING                                                                               \
	"SELECT string_agg(note_id || ' ' || cosigner_id || ' ' || signed_at, ', ' ORDER BY " \
	"note_id) FROM notes.cosignature_due"

/* An upgrade runs as the owner of the tables, who is no tenant: it puts on the list what waited
 * before there was one, and a second run of it nothing more. */
static void test_what_waited_before_the_list_is_on_it(void **state)
{
	static const char path[] =
		SOLEUS_SOURCE "/services/notes/schema/0032_cosignatures_of_before.sql";
	char migration[4096] = "", sql[sizeof(migration) + 128];
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	assert_int_not_equal(fread(migration, 1, sizeof(migration) - 1, file), 0);
	fclose(file);
	snprintf(sql, sizeof(sql), "SET ROLE soleus_owner; SET search_path = notes; %s", migration);
	char *kept = house_query(*state, WAITING);
	assert_true(*kept);
	free(house_query(*state, "DELETE FROM notes.cosignature_due"));
	for (int run = 0; run < 2; run++) {
		free(house_query(*state, sql));
		house_expects(*state, WAITING, kept);
	}
	free(kept);
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

/* A save shares its athlete's row with who erases it: what is saved first is erased with the rest,
 * and what comes second is refused. */
static void test_an_erasure_and_a_save_take_turns(void **state)
{
	static const char *const erase = "UPDATE notes.athlete SET erased_at = now() WHERE "
					 "organisation_id = '" ORGANISATION "'";
	PGconn *saves = service_role(*state);
	PGconn *erases = service_role(*state);
	PQclear(PQexec(saves, "SET lock_timeout = '50ms'"));
	PQclear(PQexec(erases, "SET lock_timeout = '50ms'"));
	assert_int_equal(begun(saves, ONE_MORE(2)), PGRES_COMMAND_OK);
	assert_int_equal(begun(erases, erase), PGRES_FATAL_ERROR);
	PQclear(PQexec(saves, "ROLLBACK"));
	PQclear(PQexec(erases, "ROLLBACK"));
	assert_int_equal(begun(erases, erase), PGRES_COMMAND_OK);
	assert_int_equal(begun(saves, ONE_MORE(2)), PGRES_FATAL_ERROR);
	PQclear(PQexec(saves, "ROLLBACK"));
	PQclear(PQexec(erases, "ROLLBACK"));
	PQfinish(saves);
	PQfinish(erases);
}

/* An amendment that was made of version N of its draft. */
#define AMENDED_OF(N)                                                                             \
	"INSERT INTO notes.note (organisation_id, note_id, encounter_id, athlete_id, "            \
	"practitioner_id, clinic_id, version, amends_note_id, reason, treated_at, signed_at, "    \
	"signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, " \
	"content, content_hash, pack_code, pack_version, jurisdiction, draft_version) SELECT "    \
	"organisation_id, gen_random_uuid(), encounter_id, athlete_id, practitioner_id, "         \
	"clinic_id, 2, note_id, 'r', treated_at, signed_at, signed_by, complaint, "               \
	"tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, content, "              \
	"content_hash, pack_code, pack_version, jurisdiction, " #N " FROM notes.note"

static void expect_amended(PGconn *service, const char *sql, const char *rows)
{
	PGresult *result = PQexec(service, sql);
	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	if (strcmp(PQcmdTuples(result), rows) != 0)
		fail_msg("%s notes, not %s, by: %s", PQcmdTuples(result), rows, sql);
	PQclear(result);
}

/* Whatever the daemon read before: a save may have come between. Others sign in the same statement,
 * so the note is passed over, and no error to them. */
static void test_nobody_signs_an_older_version(void **state)
{
	PGconn *service = service_role(*state);
	assert_int_equal(begun(service, "SELECT"), PGRES_TUPLES_OK);
	expect_amended(service, AMENDED_OF(2), "0");
	expect_amended(service, AMENDED_OF(NULL::int), "0");
	PQclear(PQexec(service, "SAVEPOINT unsaved"));
	PQclear(PQexec(service, ONE_MORE(2)));
	expect_amended(service, AMENDED_OF(1), "0");
	expect_amended(service, AMENDED_OF(99), "1");
	PQclear(PQexec(service, "ROLLBACK TO unsaved"));
	expect_amended(service, AMENDED_OF(1), "1");
	PQfinish(service);
}

/* ---- What is told ---- */

static FIBER int discard_blindly(struct session *session, void *argument)
{
	const char *encounter_id = argument;
	struct session_call call = {.who = "d.tom"};
	struct json_object *reply;
	struct method method;
	if (!status_is_ok(method_find(session->arena, "Notes.DiscardDraft", &method)))
		return 1;
	struct status status = session_call_json(
		session, &method, &call,
		arena_printf(session->arena, "{\"encounter_id\": \"%s\", \"draft_version\": 9}",
			     encounter_id),
		&reply);
	json_object_put(reply);
	const char *expected =
		"the draft was changed by d.tom at 2026-03-02T06:00:00Z: read version 1 first";
	if (status.code == STATUS_FAILED_PRECONDITION && strcmp(status.message, expected) == 0)
		return 0;
	return session_complain(expected, status);
}

static void test_it_is_told_who_changed_it_and_when(void **state)
{
	char *encounter_id = house_query(*state, "SELECT encounter_id FROM notes.encounter "
						 "WHERE organisation_id = '" ORGANISATION "'");
	house_runs(*state, discard_blindly, encounter_id);
	free(encounter_id);
}

/* ---- Size ---- */

/* A text of this size is near the limit, and two are beyond it. */
#define LONG_TEXT 90000

/* Saves `field` on top of version 1 of the amendment's draft; `expected` ends the step. */
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
		 "1, "
		 "\"note\": {\"complaint\": \"Right calf tight\", \"%s\": \"%s\"}}, %s}\n",
		 as, ids, field, text, expected);
	house_tells(house, step);
	free(ids);
	free(step);
}

static void test_what_is_too_long_together_is_kept_apart(void **state)
{
	save_long(*state, "d.tom", "history", "\"expect\": {\"draft\": {\"version\": 2}}");
	save_long(*state, "d.sue", "outcome",
		  "\"fails\": \"FAILED_PRECONDITION\", \"faults\": [\"note\"], \"expect\": "
		  "{\"draft\": "
		  "{\"version\": 2, \"saved_by\": \"d.tom\"}, \"refused_version\": 3}");
	house_expects(
		*state,
		"SELECT refused AND saved_by = 'd.sue' AND octet_length(content) > 90000 FROM "
		"notes.draft WHERE organisation_id = '" ORGANISATION
		"' AND note_version = 2 AND version = 3",
		"t");
}

/* ---- Forgetting ---- */

static const char *const count_of_both =
	"SELECT string_agg(count::text, ' ' ORDER BY note_version) "
	"FROM (SELECT note_version, count(*) FROM notes.draft WHERE "
	"organisation_id = '" ORGANISATION "' GROUP BY note_version) AS draft";

static void test_what_is_signed_is_forgotten_in_time(void **state)
{
	house_expects(*state, count_of_both, "8 3");
	house_tells(*state, "{\"at\": \"2026-04-01T05:00:00Z\"}\n");
	house_expects(*state, count_of_both, "8 3");
	house_tells(*state, "{\"at\": \"2026-04-01T08:00:00Z\"}\n");
	house_expects(*state, count_of_both, "3");
}

/* What was typed before; the row that discards it stays, so that who still types on it is told. */
static void test_what_is_discarded_is_forgotten_in_time(void **state)
{
	char step[512];
	char *ids = house_query(
		*state, "SELECT format('\"encounter_id\": \"%s\", \"amends_note_id\": \"%s\"', "
			"encounter_id, note_id) FROM notes.note WHERE organisation_id = "
			"'" ORGANISATION "'");
	snprintf(step, sizeof(step),
		 "{\"call\": \"Notes.DiscardDraft\", \"as\": \"d.tom\", \"with\": "
		 "{%.54s, \"draft_version\": 2}, \"expect\": {\"discarded_version\": 4}}\n",
		 ids);
	house_tells(*state, step);
	house_tells(*state, "{\"at\": \"2026-05-01T07:00:00Z\"}\n");
	house_expects(*state, count_of_both, "4");
	house_tells(*state, "{\"at\": \"2026-05-01T10:00:00Z\"}\n");
	house_expects(*state, count_of_both, "1");
	snprintf(step, sizeof(step),
		 "{\"call\": \"Notes.SaveDraft\", \"as\": \"d.sue\", \"with\": {%s, "
		 "\"base_version\": 2, \"note\": {\"complaint\": \"More\"}}, \"fails\": "
		 "\"FAILED_PRECONDITION\", \"faults\": [\"base_version\"], \"expect\": "
		 "{\"refused_version\": 5}}\n",
		 ids);
	house_tells(*state, step);
	free(ids);
}

/* ---- Erasure ---- */

static void test_what_was_typed_goes_with_the_athlete(void **state)
{
	static const char *const count =
		"SELECT count(*) FROM notes.draft WHERE organisation_id = '" ORGANISATION "'";
	house_expects(*state, count, "2");
	char *athlete_id = house_query(*state, "SELECT DISTINCT athlete_id FROM notes.encounter "
					       "WHERE organisation_id = '" ORGANISATION "'");
	char step[256];
	snprintf(step, sizeof(step),
		 "{\"call\": \"Directory.EraseAthlete\", \"as\": \"d.lead\", \"with\": "
		 "{\"athlete_id\": \"%s\", \"reason\": \"Asked by letter\"}}\n",
		 athlete_id);
	house_tells(*state, step);
	free(athlete_id);
	house_expects(*state, count, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_write_one_note),
		cmocka_unit_test(test_nothing_gets_into_what_was_signed),
		cmocka_unit_test(test_a_signature_waits_for_a_save),
		cmocka_unit_test(test_an_erasure_and_a_save_take_turns),
		cmocka_unit_test(test_nobody_signs_an_older_version),
		cmocka_unit_test(test_it_is_told_who_changed_it_and_when),
		cmocka_unit_test(test_what_is_too_long_together_is_kept_apart),
		cmocka_unit_test(test_what_is_signed_is_forgotten_in_time),
		cmocka_unit_test(test_what_is_discarded_is_forgotten_in_time),
		cmocka_unit_test(test_what_was_typed_goes_with_the_athlete),
		cmocka_unit_test(test_another_is_asked_to_sign_too),
		cmocka_unit_test(test_what_waited_before_the_list_is_on_it),
	};
	return cmocka_run_group_tests_name("drafts", tests, open_house, close_house);
}
