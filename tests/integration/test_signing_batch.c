/* Notes of two organisations that are signed at the same moment share one statement: each is kept
 * once or refused for its own fault, and none spoils its neighbours. */
#include "callers.h"
#include "prater.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ID(KIND)    "00000000-0000-7000-8" KIND "-000000000"
#define THE_ATHLETE ID("003") "000"
#define THE_SIGNER  ID("001") "000"
#define THE_CLINIC  ID("004") "000"
#define ENCOUNTER   ID("006")

/* clang-format off */
/* As the events of directory and the desk leave it: visits that are screened and unsigned. */
static const char visits[] =
	"INSERT INTO notes.clinic (organisation_id, clinic_id) VALUES ('" ORGANISATION "', '" THE_CLINIC "'); "
	"INSERT INTO notes.practitioner (organisation_id, practitioner_id) VALUES ('" ORGANISATION "', '" THE_SIGNER "'); "
	"INSERT INTO notes.athlete (organisation_id, athlete_id) VALUES ('" ORGANISATION "', '" THE_ATHLETE "'); "
	"INSERT INTO notes.treatment_consent (organisation_id, athlete_id, consent_id, granted, text_version, recorded_at, copy_given) "
	"VALUES ('" ORGANISATION "', '" THE_ATHLETE "', gen_random_uuid(), true, 'v1', '2020-01-01Z', true); "
	"INSERT INTO notes.encounter (organisation_id, encounter_id, athlete_id, practitioner_id, clinic_id, opened_at, opened_by) "
	"SELECT '" ORGANISATION "', ('" ENCOUNTER "#' || lpad(i::text, 2, '0'))::uuid, '" THE_ATHLETE "', '" THE_SIGNER "', '" THE_CLINIC "', '2026-03-02Z', 'test' FROM generate_series(0, 50) i; "
	"INSERT INTO notes.screening (organisation_id, screening_id, visit_id, athlete_id, items, outcome, recorded_at, recorded_by, by_staff, open_items, language) "
	"SELECT organisation_id, gen_random_uuid(), encounter_id, athlete_id, '{}', 'clear', opened_at, 'test', true, '{}', '' "
	"FROM notes.encounter WHERE organisation_id = '" ORGANISATION "'";

#define SIGN \
	"{\"encounter_id\": \"" ENCOUNTER "%c%02u\", \"note\": {\"complaint\": \"Visit %u\", \"tissue_to_calm\": \"Soleus\", \"why_overloaded\": \"Hills\", " \
	"\"findings\": [{\"key\": \"f1\", \"movement\": \"hop\", \"side\": \"right\"}], \"sites\": [{\"muscle\": \"soleus\", \"side\": \"right\", " \
	"\"approach\": \"deep\", \"gauge_um\": 300, \"length_mm\": 40, \"depth_mm\": 20, \"insertions\": 8, \"pain_during\": {\"value\": 3}, " \
	"\"needles_in\": %u, \"needles_out\": 2, \"finding_keys\": [\"f1\"]}]}}"
/* clang-format on */

static void make(char number)
{
	free(value_of(number, visits));
	steps(number, "{'key': 'mira#', 'roles': 'practitioner', 'organisation': '" ORGANISATION
		      "', 'subject': '" THE_SIGNER "'}\n");
}

/* Visit `visit` of organisation `number`, signed by `who`; the needles that went in are `in`. */
static struct caller *sign(struct callers *callers, const char *who, char number, unsigned visit,
			   unsigned in)
{
	char with[1024];
	snprintf(with, sizeof(with), SIGN, number, visit, visit, in);
	struct caller *caller = callers_add(callers, "Notes.SignNote", with);
	caller->who = who;
	return caller;
}

static void told(const struct caller *caller, enum status_code code)
{
	if (caller->code != code)
		fail_msg("%s was told %s, not %s", caller->with, status_code_name(caller->code),
			 status_code_name(code));
}

static void one_of(const struct caller *a, const struct caller *b, enum status_code other)
{
	bool first = a->code == STATUS_OK;
	told(first ? a : b, STATUS_OK);
	told(first ? b : a, other);
}

#define NOTES "FROM notes.note WHERE organisation_id = '" ORGANISATION "'"

static void test_each_is_signed_once_or_refused_for_its_own_fault(void **state)
{
	(void)state;
	make('7');
	make('8');
	struct callers callers = {.who = "mira7"};
	struct caller *taker = sign(&callers, "mira7", '7', 20, 2);
	taker->key = "taken";
	callers_call(&callers);
	told(taker, STATUS_OK);
	callers_end(&callers);

	struct caller *good[18];
	for (unsigned i = 0; i < 9; i++) {
		good[2 * i] = sign(&callers, "mira7", '7', i, 2);
		good[2 * i + 1] = sign(&callers, "mira8", '8', i, 2);
	}
	good[0]->key = "lost";
	struct caller *raced[] = {sign(&callers, "mira7", '7', 10, 2),
				  sign(&callers, "mira7", '7', 10, 2)};
	struct caller *twice[] = {sign(&callers, "mira7", '7', 11, 2),
				  sign(&callers, "mira7", '7', 11, 2)};
	twice[0]->key = twice[1]->key = "twice";
	struct caller *same_key[] = {sign(&callers, "mira7", '7', 12, 2),
				     sign(&callers, "mira7", '7', 13, 2)};
	same_key[0]->key = same_key[1]->key = "one for two";
	struct caller *taken = sign(&callers, "mira7", '7', 14, 2);
	taken->key = "taken";
	struct caller *bad = sign(&callers, "mira7", '7', 15, 3);
	struct caller *foreign = sign(&callers, "mira8", '7', 16, 2);
	callers_call(&callers);

	for (unsigned i = 0; i < 18; i++)
		told(good[i], STATUS_OK);
	one_of(raced[0], raced[1], STATUS_FAILED_PRECONDITION);
	told(twice[0], STATUS_OK);
	told(twice[1], STATUS_OK);
	assert_string_equal(twice[0]->reply, twice[1]->reply);
	one_of(same_key[0], same_key[1], STATUS_INVALID_ARGUMENT);
	told(taken, STATUS_INVALID_ARGUMENT);
	told(bad, STATUS_INVALID_ARGUMENT);
	told(foreign, STATUS_NOT_FOUND);
	char *reply = strdup(good[0]->reply);
	callers_end(&callers);

	/* The answer was lost: who asks again is told the same. */
	struct caller *again = sign(&callers, "mira7", '7', 0, 2);
	again->key = "lost";
	callers_call(&callers);
	told(again, STATUS_OK);
	assert_string_equal(again->reply, reply);
	callers_end(&callers);
	free(reply);

	expect('7', "SELECT count(*) " NOTES, "13");
	expect('8', "SELECT count(*) " NOTES, "9");
	/* With each note all that belongs to it, once. */
	static const char *const parts[] = {
		"SELECT count(*) FROM notes.note_signature WHERE organisation_id = '" ORGANISATION
		"'",
		"SELECT count(*) FROM notes.note_site WHERE organisation_id = '" ORGANISATION "'",
		"SELECT count(*) FROM notes.outbox WHERE type = 'soleus.v1.NoteSigned' AND "
		"organisation_id = '" ORGANISATION "'",
		"SELECT count(*) FROM notes.audit WHERE method = 'soleus.v1.Notes.SignNote' AND "
		"organisation_id = '" ORGANISATION "'",
		"SELECT count(*) FROM notes.idempotency WHERE organisation_id = '" ORGANISATION "'",
	};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		expect('7', parts[i], "13");
		expect('8', parts[i], "9");
	}
}

/* The daemon is held while they come, so that they are there together: without anybody's fault
 * among them, which would part them, some share one transaction. */
static void test_good_neighbours_share_a_statement(void **state)
{
	(void)state;
	struct callers callers = {.who = "mira7"};
	char go_on[64];
	for (unsigned i = 21; i <= 50; i++)
		sign(&callers, i % 2 ? "mira7" : "mira8", i % 2 ? '7' : '8', i, 2);
	int pid = (int)house_pid(house, "notes");
	snprintf(go_on, sizeof(go_on), "(sleep 0.5; kill -CONT %d) &", pid);
	kill(pid, SIGSTOP);
	assert_int_equal(system(go_on), 0); /* NOLINT(cert-env33-c): words of this test */
	callers_call(&callers);
	assert_int_equal(callers_told(&callers, STATUS_OK), 30);
	callers_end(&callers);
	expect('7',
	       "SELECT count(DISTINCT xmin::text) < count(*) FROM notes.note WHERE "
	       "right(encounter_id::text, 2)::int > 20",
	       "t");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_is_signed_once_or_refused_for_its_own_fault),
		cmocka_unit_test(test_good_neighbours_share_a_statement),
	};
	return cmocka_run_group_tests_name("signing batch", tests, open_house, close_house);
}
