/* The search where every word is frequent: lists put together find what all of them have, no more
 * and no less. (Rare words: signed-notes.story.) */
#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000f7"
#define READER       "00000000-0000-7000-8001-000000000001"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* Note i has the word of each bit that is set in i, 3,000 notes for each, and two are signed at
 * once. A second version, without words, follows note 5,919. The reader met the athlete of note
 * 5,951, and nobody else. The table of terms was never analysed. */
static const char *const notes[] = {
	"CREATE TABLE public.made AS SELECT i, '" ORGANISATION "'::uuid AS organisation_id, "
	"('00000000-0000-7000-8008-' || lpad(i::text, 12, '0'))::uuid AS note_id, "
	"('00000000-0000-7000-8009-' || lpad(i::text, 12, '0'))::uuid AS encounter_id, "
	"'2024-01-01Z'::timestamptz + i / 2 * interval '5 minutes' AS at "
	"FROM generate_series(0, 6000) i",
	"UPDATE public.made SET encounter_id = (SELECT encounter_id FROM public.made WHERE i = "
	"5919) WHERE i = 6000",
	"BEGIN; SET LOCAL session_replication_role = replica; "
	"INSERT INTO notes.note (organisation_id, note_id, encounter_id, athlete_id, "
	"practitioner_id, clinic_id, version, amends_note_id, reason, treated_at, signed_at, "
	"signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, "
	"content, content_hash, pack_code, pack_version, jurisdiction) "
	"SELECT organisation_id, note_id, encounter_id, note_id, note_id, note_id, 1 + i / 6000, "
	"(SELECT note_id FROM public.made AS first WHERE made.i = 6000 AND first.i = 5919), "
	"repeat('x', i / 6000), at, at, 'test', '', '', '', '{}', '', false, '\\x00', "
	"decode(repeat('a5', 32), 'hex'), 'default', 1, '' FROM public.made; "
	"INSERT INTO notes.note_term (organisation_id, term, signed_at, note_id) "
	"SELECT organisation_id, term, at, note_id FROM public.made CROSS JOIN LATERAL ("
	"SELECT 'w:bit' || bit AS term FROM generate_series(0, 4) bit WHERE i >> bit & 1 = 1 "
	"UNION ALL SELECT 'w:even' WHERE i % 2 = 0) AS t WHERE i < 6000; "
	"INSERT INTO notes.encounter (organisation_id, encounter_id, athlete_id, practitioner_id, "
	"clinic_id, opened_at, opened_by) SELECT organisation_id, encounter_id, note_id, "
	"'" READER "', note_id, at, 'test' FROM public.made WHERE i = 5951; COMMIT",
	"DROP TABLE public.made",
};

/* The step of a search. `with`: more of the request. `found`: the notes' numbers, "" for none. */
static void step(char steps[4096], const char *who, const char *words, const char *with,
		 const char *found)
{
	char hits[1024] = "";
	for (; *found; found += strcspn(found, " "), found += strspn(found, " "))
		snprintf(hits + strlen(hits), sizeof(hits) - strlen(hits),
			 "%s{\"note_id\": \"00000000-0000-7000-8008-00000000%.4s\"}",
			 *hits ? ", " : "[", found);
	snprintf(steps + strlen(steps), 4096 - strlen(steps),
		 "{\"call\": \"Notes.SearchNotes\", \"as\": \"%s\", \"with\": {\"text\": "
		 "\"%s\"%s}, \"keep\": \"hits\", \"expect\": {\"notes\": %s%s}}\n",
		 who, words, with, *hits ? hits : "null", *hits ? "]" : "");
}

static void finds(struct house *house, const char *who, const char *words, const char *with,
		  const char *found)
{
	char steps[4096] = "";
	step(steps, who, words, with, found);
	house_tells(house, steps);
}

static void pages(struct house *house, const char *words, const char *first, const char *second)
{
	char steps[4096] = "";
	step(steps, "f.lead", words, ", \"limit\": 1", first);
	step(steps, "f.lead", words, ", \"limit\": 1, \"after\": \"${hits.notes[0]}\"", second);
	house_tells(house, steps);
}

static void test_frequent_words_meet_or_do_not(void **state)
{
	for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
		free(house_query(*state, notes[i]));
	house_tells(*state, "{\"key\": \"f.lead\", \"roles\": \"clinic_lead\", \"organisation\": "
			    "\"" ORGANISATION "\"}\n"
			    "{\"key\": \"f.mira\", \"roles\": \"practitioner\", \"organisation\": "
			    "\"" ORGANISATION "\", \"subject\": \"" READER "\"}\n");
	finds(*state, "f.lead", "bit0 even", "", "");
	finds(*state, "f.lead", "bit0 bit1 bit2 bit3 even", "", "");
	finds(*state, "f.lead", "bit0 never", "", "");
	finds(*state, "f.lead", "even", ", \"limit\": 2", "5998 5996");
}

static void test_pages_follow_each_other(void **state)
{
	pages(*state, "bit0 bit1 bit2 bit3", "5999", "5983");
	/* Two of one instant, on two pages. */
	pages(*state, "bit1 bit2 bit3", "5999", "5998");
}

/* The fifth word is asked for what four have in common; 5,919 has all, and is not the newest. */
static void test_a_fifth_word_and_the_newest_version(void **state)
{
	finds(*state, "f.lead", "bit0 bit1 bit2 bit3 bit4", ", \"limit\": 3", "5983 5951 5887");
}

static void test_practitioners_find_what_they_may_read(void **state)
{
	finds(*state, "f.mira", "bit0 bit1 bit2 bit3 bit4", "", "5951");
	finds(*state, "f.mira", "bit0 bit1", "", "5951");
	finds(*state, "f.mira", "even", "", "");
}

/* As the service's role and its sessions (db/target.c) have it, without statistics. Whoever joins
 * the lists again, or loses their order, sees it here. */
static void test_lists_are_read_in_their_order(void **state)
{
	char statement[8192] = "", sql[10240];
	FILE *file = fopen(SOLEUS_SOURCE "/services/notes/store/sql/notes_search.sql", "re");
	assert_non_null(file);
	assert_true(fread(statement, 1, sizeof(statement) - 1, file) < sizeof(statement) - 1);
	fclose(file);
	snprintf(sql, sizeof(sql),
		 "SET ROLE notes; SET search_path = notes; SET plan_cache_mode = "
		 "force_generic_plan; SET enable_seqscan = off; SET jit = off; PREPARE asked AS "
		 "%s; CREATE FUNCTION pg_temp.plan() RETURNS text LANGUAGE plpgsql AS $f$ DECLARE "
		 "line text; plan text := ''; BEGIN FOR line IN EXECUTE 'EXPLAIN EXECUTE asked"
		 "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)' LOOP plan := plan "
		 "|| line || E'\\n'; END LOOP; RETURN plan; END $f$; SELECT pg_temp.plan()",
		 statement);
	char *plan = house_query(*state, sql);
	if (strstr(plan, "Seq Scan") || !strstr(plan, "Merge Append") ||
	    !strstr(plan, "GroupAggregate") ||
	    !strstr(plan, "Index Only Scan Backward using note_term_key") ||
	    !strstr(plan, "term = (asking.terms)[4]") ||
	    !strstr(plan, "Backward using note_version") ||
	    !strstr(plan, "Backward using note_key"))
		fail_msg("%s", plan);
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frequent_words_meet_or_do_not),
		cmocka_unit_test(test_pages_follow_each_other),
		cmocka_unit_test(test_a_fifth_word_and_the_newest_version),
		cmocka_unit_test(test_practitioners_find_what_they_may_read),
		cmocka_unit_test(test_lists_are_read_in_their_order),
	};
	return cmocka_run_group_tests_name("search", tests, open_house, close_house);
}
