/* Legal erasure: an athlete's contact data goes wherever it was copied, what the law keeps stays
 * and says until when (erased-athlete.story has the setting; its words are nowhere else). */
#include "house.h"

#include "ctl/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STEPS_BYTES 16384

static struct house *house;
static struct arena *arena;

/* Every column of every table of every schema that has the word, whatever its case. */
static const char find_word[] =
	"CREATE FUNCTION public.find_word(word text) RETURNS text LANGUAGE plpgsql AS $$\n"
	"DECLARE at record; hits bigint; found text := '';\n"
	"BEGIN\n"
	"  FOR at IN SELECT c.table_schema AS s, c.table_name AS t, c.column_name AS c, "
	"c.data_type\n"
	"    FROM information_schema.columns AS c\n"
	"    JOIN pg_class AS r ON r.oid = format('%I.%I', c.table_schema, "
	"c.table_name)::regclass\n"
	"    WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition AND c.table_schema IN\n"
	"      ('directory', 'scheduling', 'notes', 'reminders', 'analytics') ORDER BY 1, 2, 3\n"
	"  LOOP\n"
	"    EXECUTE CASE WHEN at.data_type = 'bytea' THEN\n"
	"        format('SELECT count(*) FROM %I.%I WHERE position(convert_to(%L, ''UTF8'') IN %I) "
	"> 0',\n"
	"          at.s, at.t, word, at.c)\n"
	"      ELSE format('SELECT count(*) FROM %I.%I WHERE %I::text ILIKE ''%%'' || %L || "
	"''%%''',\n"
	"          at.s, at.t, at.c, word) END INTO hits;\n"
	"    IF hits > 0 THEN found := found || at.s || '.' || at.t || '.' || at.c || ' '; END "
	"IF;\n"
	"  END LOOP;\n"
	"  RETURN found;\n"
	"END $$";

static const char *asked(const char *sql)
{
	char *value = house_query(house, sql);
	const char *kept = arena_strdup(arena, value);
	free(value);
	return kept;
}

static const char *places_of(const char *word)
{
	return asked(arena_printf(arena, "SELECT public.find_word('%s')", word));
}

static int open_house(void **state)
{
	(void)state;
	arena = arena_new((size_t)64 << 20);
	if (house_open(&house))
		return 1;
	house_plays(house, "erased-athlete.story");
	free(house_query(house, find_word));
	return 0;
}

static int close_house(void **state)
{
	(void)state;
	arena_free(arena);
	return house_close(&house);
}

static const char *ana, *anna, *mini, *note;

static void find_ids(void)
{
	ana = asked("SELECT athlete_id FROM directory.athlete WHERE given_name = 'Xylophonia'");
	anna = asked("SELECT athlete_id FROM directory.athlete WHERE given_name = 'Xylo'");
	mini = asked("SELECT athlete_id FROM directory.athlete WHERE given_name = 'Mini'");
	note = asked("SELECT note_id FROM notes.note WHERE complaint = 'Left calf of Xylophonia'");
}

/* Steps with ' for ", and ANA, ANNA, MINI for ids. */
static void tells(const char *steps)
{
	const struct {
		const char *name;
		const char *id;
	} names[] = {{"ANNA", anna}, {"ANA", ana}, {"MINI", mini}};
	char *text = calloc(1, STEPS_BYTES);
	for (char *to = text; *steps; to += strlen(to)) {
		size_t i = 0;
		while (i < 3 && strncmp(steps, names[i].name, strlen(names[i].name)) != 0)
			i++;
		assert_true(to - text < STEPS_BYTES - 64);
		if (i < 3) {
			strcpy(to, names[i].id);
			steps += strlen(names[i].name);
		} else {
			*to = *steps == '\'' ? '"' : *steps;
			steps++;
		}
	}
	house_tells(house, text);
	free(text);
}

static int soleusctl(const char *words)
{
	return system(arena_printf(arena,
				   "SOLEUS_RUN_DIR=%s SOLEUS_CLOCK_FILE=%s " SOLEUS_BUILD
				   "/soleusctl --as z.lead %s >%s/said 2>&1",
				   house->run_dir, house->clock_file, words, house->folder));
}

static const char *said(void)
{
	const char *text;
	assert_true(status_is_ok(
		command_read_file(arena, arena_printf(arena, "%s/said", house->folder), &text)));
	return text;
}

/* A search that finds nothing would prove nothing: before the erasure the words are everywhere. */
static void test_the_words_are_there_before(void **state)
{
	static const struct {
		const char *word;
		const char *places[6];
	} words[] = {
		{"Xylophonia",
		 {"directory.athlete.given_name", "directory.outbox.payload",
		  "notes.note.complaint", "notes.note.content", "reminders.inbound_text.text"}},
		{"Quetzalberg",
		 {"directory.athlete.family_name", "directory.athlete_merge.reason",
		  "directory.outbox.payload", "reminders.task.text"}},
		{"quetzal.post",
		 {"directory.contact_point.value", "reminders.contact_point.address"}},
		{"9988776",
		 {"directory.outbox.payload", "reminders.decision.address",
		  "reminders.inbound_text.address", "reminders.former_address.address"}},
		{"9988775", {"reminders.opt_out.address"}},
		{"9988774",
		 {"directory.contact_point.normal", "directory.outbox.payload",
		  "reminders.contact_point.address"}},
		{"QZ-4711", {"directory.outbox.payload"}},
		{"QZ-4713", {"directory.athlete_identifier.value", "directory.outbox.payload"}},
		{"Quetzal limps", {"notes.draft.content"}},
		{"quetzal-feed", {"scheduling.training_feed.url"}},
		{"Quetzal run", {"scheduling.training_session.title"}},
	};
	(void)state;
	find_ids();
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t p = 0; words[i].places[p]; p++)
			if (!strstr(places_of(words[i].word), words[i].places[p]))
				fail_msg("%s is not in %s but in: %s", words[i].word,
					 words[i].places[p], places_of(words[i].word));
	assert_int_equal(system(arena_printf(arena, "grep -rq 9988776 %s/messages", house->folder)),
			 0);
}

static void test_who_may_not(void **state)
{
	(void)state;
	tells("{'call': 'Directory.EraseAthlete', 'as': 'z.desk', 'with': {'athlete_id': 'ANA', "
	      "'reason': 'asked'}, 'fails': 'PERMISSION_DENIED'}\n"
	      "{'call': 'Directory.EraseAthlete', 'as': 'z.lead', 'with': {'athlete_id': 'ANA'}, "
	      "'fails': 'INVALID_ARGUMENT'}\n"
	      "{'call': 'Directory.EraseAthlete', 'as': 'z.lead', 'with': {'athlete_id': "
	      "'0195531a-0000-7000-8000-00000000dead', 'reason': 'asked'}, 'fails': "
	      "'NOT_FOUND'}\n");
}

#define ERASE(ID)                                                                                \
	"{'call': 'Directory.EraseAthlete', 'as': 'z.lead', 'with': {'athlete_id': '" ID         \
	"', 'reason': 'Asked by letter', 'request_reference': 'L-17'}, 'keep': 'erased', "       \
	"'expect': {'athlete_ids': ['ANA', 'ANNA'], 'erasure': {'erased_at': "                   \
	"'2026-03-03T20:30:00Z', 'erased_by': 'z.lead', 'reason': 'Asked by letter', "           \
	"'request_reference': 'L-17', 'stays': ['signed notes with their versions, signatures, " \
	"addenda and adverse events, until the term is over']}, 'retention': {'kept_until': "    \
	"'2036-03-02', 'pack_code': 'US-CO', 'unverified': null}}}\n"

/* By either id, again and again: the same answer, and one erasure. */
static void test_erased_once(void **state)
{
	(void)state;
	tells("{'at': '2026-03-03T20:30:00Z'}\n" ERASE(
		"ANNA") "{'at': '2026-03-05T08:00:00Z'}\n" ERASE("ANA"));
	assert_string_equal(asked("SELECT count(*) FROM directory.outbox WHERE type = "
				  "'soleus.v1.AthleteErased'"),
			    "2");
	tells("{'call': 'Directory.GetAthlete', 'as': 'z.lead', 'with': {'athlete_id': 'ANNA'}, "
	      "'expect': {'athlete': {'athlete_id': 'ANA', 'given_name': 'Erased', 'family_name': "
	      "'athlete', 'birth_date': null, 'contact_points': null, 'identifiers': null, "
	      "'sport': "
	      "null, 'guardian_name': null}, 'erasure': {'request_reference': 'L-17'}, "
	      "'retention': "
	      "{'kept_until': '2036-03-02'}}}\n");
}

/* Only what was signed names her, and stays for its term; and the trail, which nobody can change,
 * where a lead wrote a name as a reason. */
static void test_the_words_are_gone(void **state)
{
	static const char *const words[] = {
		"Quetzal", "Xylophilus", "9988776",    "9988775",
		"9988774", "QZ-47",      "zitherball", "1994-05-11",
	};
	static const char *const stays[] = {"notes.note.complaint", "notes.note.content",
					    "notes.note_term.term"};
	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *places = places_of(words[i]);
		/* Ben's and the child's sport and birth date are theirs. */
		if (strcmp(words[i], "zitherball") == 0 || strcmp(words[i], "1994-05-11") == 0)
			places = asked(arena_printf(
				arena,
				"SELECT coalesce(string_agg(given_name, ' '), '') FROM "
				"directory.athlete WHERE given_name = 'Erased' AND (sport = '%s' "
				"OR "
				"birth_date::text = '%s')",
				words[i], words[i]));
		if (strcmp(words[i], "Quetzal") == 0)
			assert_string_equal(places, "directory.audit.reason ");
		else if (*places)
			fail_msg("%s is still in: %s", words[i], places);
	}
	const char *places = places_of("Xylo");
	for (size_t i = 0; i < sizeof(stays) / sizeof(stays[0]); i++)
		assert_non_null(strstr(places, stays[i]));
	assert_int_equal(strlen(places), strlen("notes.note.complaint notes.note.content "
						"notes.note_term.term "));
}

/* The embedded channel keeps a file for each message: those of others stay. */
static void test_the_files_are_gone(void **state)
{
	(void)state;
	assert_int_equal(system(arena_printf(arena, "grep -rqi 'xylo\\|quetz\\|998877' %s/messages",
					     house->folder)) != 0,
			 1);
	assert_string_equal(asked("SELECT count(*) > 0 FROM reminders.message WHERE state = 'sent' "
				  "AND text = 'erased'"),
			    "t");
}

static void test_nothing_is_to_come(void **state)
{
	(void)state;
	tells("{'call': 'Scheduling.ListAppointments', 'as': 'z.lead', 'with': {'athlete_id': "
	      "'ANA', 'from_at': '2026-03-04T00:00:00Z', 'until_at': '2026-04-01T00:00:00Z'}, "
	      "'expect': {'appointments': [{'state': 'cancelled'}, {'state': 'cancelled'}]}}\n"
	      "{'call': 'Scheduling.ListWaitlist', 'as': 'z.lead', 'with': {'athlete_id': 'ANA'}, "
	      "'expect': {'entries': [{'state': 'left'}]}}\n"
	      "{'call': 'Scheduling.ListTrainingFeeds', 'as': 'z.lead', 'with': {'athlete_id': "
	      "'ANA'}, 'expect': {'feeds': null}}\n");
	assert_string_equal(asked("SELECT count(*) FROM reminders.message WHERE state = 'planned' "
				  "AND athlete_id IN (SELECT athlete_id FROM directory.athlete "
				  "WHERE erased_at IS NOT NULL)"),
			    "0");
	assert_string_equal(asked("SELECT count(*) FROM scheduling.calendar_feed WHERE revoked_at "
				  "IS NULL"),
			    "0");
	/* Who is erased is nobody to book for, to treat or to text. */
	const char *book = arena_printf(
		arena,
		"{'call': 'Scheduling.Book', 'as': 'z.lead', 'with': {'athlete_id': 'ANA', "
		"'service_id': '%s', 'clinic_id': '%s', 'practitioner_id': '%s', 'starts_at': "
		"'2026-03-11T15:00:00Z'}, 'fails': 'NOT_FOUND'}\n"
		"{'call': 'Notes.OpenEncounter', 'as': 'z.mira', 'with': {'athlete_id': 'ANA', "
		"'clinic_id': '%s', 'practitioner_id': '%s'}, 'fails': 'NOT_FOUND'}\n",
		asked("SELECT service_id FROM scheduling.service"),
		asked("SELECT clinic_id FROM directory.clinic"),
		asked("SELECT practitioner_id FROM directory.practitioner"),
		asked("SELECT clinic_id FROM directory.clinic"),
		asked("SELECT practitioner_id FROM directory.practitioner"));
	tells(book);
	/* The other athlete's are untouched. */
	assert_string_equal(
		asked("SELECT string_agg(a.state, ' ') FROM scheduling.appointment a "
		      "JOIN directory.athlete d USING (athlete_id) WHERE d.given_name = "
		      "'Ben'"),
		"booked");
	assert_string_not_equal(places_of("6601110001"), "");
}

/* The evidence holds: signatures verify, every trail is unbroken and keeps the erasure. */
static void test_what_was_signed_stays(void **state)
{
	(void)state;
	assert_int_equal(soleusctl(arena_printf(arena, "verify %s", note)), 0);
	assert_int_equal(soleusctl("audit verify"), 0);
	assert_string_equal(asked("SELECT count(*) FROM directory.audit WHERE method LIKE "
				  "'%EraseAthlete' AND reason = 'Asked by letter (L-17)'"),
			    "2");
	assert_int_equal(soleusctl(arena_printf(arena, "export record %s --format html", anna)), 0);
	assert_non_null(strstr(said(), "<h1>Erased athlete</h1>"));
	assert_non_null(strstr(said(), "L-17"));
	assert_non_null(strstr(said(), "<dt>kept until</dt><dd>2036-03-02</dd>"));
	assert_non_null(strstr(said(), "until the term is over"));
	assert_non_null(strstr(said(), "Left calf of Xylophonia"));
}

/* Who comes again is a new athlete, under the old number. */
static void test_coming_again(void **state)
{
	(void)state;
	tells("{'call': 'Directory.RegisterAthlete', 'as': 'z.lead', 'with': {'athlete': "
	      "{'given_name': 'X', 'family_name': 'Y', 'birth_date': '1994-05-11', 'zone': 'UTC', "
	      "'identifiers': [{'system': 'urn:club', 'value': 'QZ-4711'}]}}, 'expect': "
	      "{'already_known': null}}\n"
	      "{'call': 'Directory.MergeAthletes', 'as': 'z.lead', 'with': {'survivor_id': 'MINI', "
	      "'merged_id': 'ANA', 'reason': 'no'}, 'fails': 'FAILED_PRECONDITION'}\n"
	      "{'call': 'Directory.RecordConsent', 'as': 'z.lead', 'with': {'athlete_id': 'ANA', "
	      "'purpose': 'treatment', 'granted': true, 'text_version': 'v1'}, 'fails': "
	      "'FAILED_PRECONDITION'}\n");
}

/* Of a child the term follows from the birth date, also when that is gone. */
static void test_a_minors_term(void **state)
{
	(void)state;
	tells("{'call': 'Directory.GetAthlete', 'as': 'z.lead', 'with': {'athlete_id': 'MINI'}, "
	      "'expect': {'retention': {'kept_until': '2044-05-11'}}}\n"
	      "{'call': 'Directory.EraseAthlete', 'as': 'z.lead', 'with': {'athlete_id': 'MINI', "
	      "'reason': 'Asked by the guardian'}, 'expect': {'retention': {'kept_until': "
	      "'2044-05-11'}}}\n"
	      "{'call': 'Directory.GetAthlete', 'as': 'z.lead', 'with': {'athlete_id': 'MINI'}, "
	      "'expect': {'athlete': {'birth_date': null}, 'retention': {'kept_until': "
	      "'2044-05-11'}}}\n");
}

static void test_the_term_is_over(void **state)
{
	(void)state;
	assert_int_equal(soleusctl("retention list"), 0);
	assert_non_null(strstr(said(), "0 athletes whose term is over"));
	assert_int_equal(soleusctl("clock 2036-03-04T08:00:00Z"), 0);
	assert_int_equal(soleusctl("retention list"), 0);
	assert_non_null(strstr(said(), "1 athletes whose term is over"));
	assert_non_null(strstr(said(), arena_printf(arena,
						    "%s  kept until 2036-03-02 by US-CO 1  "
						    "Erased athlete",
						    ana)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_words_are_there_before),
		cmocka_unit_test(test_who_may_not),
		cmocka_unit_test(test_erased_once),
		cmocka_unit_test(test_the_words_are_gone),
		cmocka_unit_test(test_the_files_are_gone),
		cmocka_unit_test(test_nothing_is_to_come),
		cmocka_unit_test(test_what_was_signed_stays),
		cmocka_unit_test(test_coming_again),
		cmocka_unit_test(test_a_minors_term),
		cmocka_unit_test(test_the_term_is_over),
	};
	return cmocka_run_group_tests_name("erasure", tests, open_house, close_house);
}
