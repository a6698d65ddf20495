/* Whatever is asked, by whom and page by page: what a search finds is what a slow reading of every
 * note finds, also where two words are in thousands of notes each and in none together. */
#include "desk.h"
#include "house.h"

#include "base/text.h"

#include "soleus/v1/notes.pb-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000c5"
#define READER       "00000000-0000-7000-8001-000000000001"
#define CLINIC       "00000000-0000-7000-8004-000000000001"
#define ID(kind, i)  "('00000000-0000-7000-8" kind "-' || lpad((" i ")::text, 12, '0'))::uuid"
#define ATHLETE(i)   ID("003", i)
#define PAGES_MOST   1000

/* 12,000 notes of 50 athletes, three in each instant; every tenth amends the one before it. Half of
 * them say left and the others right. */
static const char *const notes_made[] = {
	"INSERT INTO notes.note (organisation_id, note_id, encounter_id, athlete_id, "
	"practitioner_id, clinic_id, version, amends_note_id, reason, treated_at, signed_at, "
	"signed_by, complaint, tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, "
	"content, content_hash, pack_code, pack_version, jurisdiction) SELECT '" ORGANISATION
	"', " ID("008", "i") ", " ID("009", "i - amends") ", " ATHLETE(
		"(i - amends) % 50") ", "
				     "'00000000-0000-7000-8001-000000000000', "
				     "'00000000-0000-7000-8004-000000000000', 1 + "
				     "amends, CASE WHEN amends = 1 THEN " ID(
					     "008",
					     "i - 1") " END, repeat('x', amends), at, "
						      "at, 'x', 'Calf', 'x', 'y', '{}', '20560', "
						      "false, '\\x00', decode(repeat('a5', 32), "
						      "'hex'), 'default', 1, '' FROM (SELECT i, (i "
						      "% 10 = 9)::int AS amends, "
						      "'2025-01-01Z'::timestamptz + i / 3 * "
						      "interval '1 minute' AS at FROM "
						      "generate_series(0, "
						      "11999) i) AS made",
	"INSERT INTO notes.note_term (organisation_id, term, signed_at, note_id) SELECT "
	"organisation_id, term, signed_at, note_id FROM (SELECT *, right(note_id::text, 12)::int "
	"AS i FROM notes.note WHERE organisation_id = '" ORGANISATION "') AS made CROSS JOIN "
	"LATERAL (VALUES ('*:note', 1, 0), ('w:calf', 1, 0), ('w:left', 2, 0), ('w:right', 2, 1), "
	"('m:soleus', 4, 1), ('d:load', 3, 2), ('w:hops', 7, 3), ('w:seldom', 1500, 77)) AS known "
	"(term, each, rest) WHERE i % each = rest UNION ALL SELECT organisation_id, 'h:' || "
	"athlete_id, signed_at, note_id FROM notes.note WHERE organisation_id = '" ORGANISATION "'",
	"INSERT INTO notes.practitioner (organisation_id, practitioner_id, clinic_ids) VALUES "
	"('" ORGANISATION "', '" READER "', '{" CLINIC "}')",
	"INSERT INTO notes.athlete (organisation_id, athlete_id, home_clinic_id) SELECT "
	"'" ORGANISATION "', " ATHLETE("i") ", CASE WHEN i = 5 THEN '" CLINIC "'::uuid END FROM "
					    "generate_series(0, 49) i",
	/* Two records of one person, with more notes each than one question looks at. */
	"INSERT INTO notes.note (organisation_id, note_id, encounter_id, athlete_id, "
	"practitioner_id, clinic_id, version, reason, treated_at, signed_at, signed_by, complaint, "
	"tissue_to_calm, why_overloaded, drivers, procedure_code, thorax, content, content_hash, "
	"pack_code, pack_version, jurisdiction) SELECT organisation_id, " ID("008", "i") ", " ID(
		"009",
		"i") ", " ATHLETE("60 + i % 2") ", practitioner_id, clinic_id, 1, '', "
						"treated_at, treated_at + i / 3 * interval '1 "
						"minute', 'x', 'Calf', 'x', 'y', '{}', "
						"'20560', false, '\\x00', content_hash, 'default', "
						"1, '' FROM notes.note CROSS JOIN "
						"generate_series(20000, 31999) i WHERE note_id "
						"= " ID("008", "0"),
	"INSERT INTO notes.note_term (organisation_id, term, signed_at, note_id) SELECT "
	"organisation_id, term, signed_at, note_id FROM (SELECT *, right(note_id::text, 12)::int "
	"AS i FROM notes.note WHERE organisation_id = '" ORGANISATION "' AND athlete_id IN "
	"(" ATHLETE("60") ", " ATHLETE("61") ")) AS made CROSS JOIN LATERAL (VALUES ('w:twice', "
					     "1, 0), ('w:once', 4000, 77), ('h:' || athlete_id, 1, "
					     "0)) AS known (term, each, rest) "
					     "WHERE i % each = rest",
	"INSERT INTO notes.athlete_alias (organisation_id, athlete_id, survivor_id, merge_id) "
	"SELECT '" ORGANISATION "', " ATHLETE("61") ", " ATHLETE("60") ", gen_random_uuid()",
	/* 0 to 2 come to the reader's clinic, 3 no longer; 4 to the reader elsewhere. */
	"INSERT INTO notes.appointment (organisation_id, appointment_id, athlete_id, "
	"practitioner_id, clinic_id, state, ends_at) SELECT '" ORGANISATION
	"', gen_random_uuid(), " ATHLETE(
		"i") ", CASE WHEN i = 4 THEN '" READER "' ELSE "
		     "'00000000-0000-7000-8001-000000000000' END::uuid, CASE WHEN i < 4 THEN "
		     "'" CLINIC "' ELSE "
		     "'00000000-0000-7000-8004-000000000000' END::uuid, CASE WHEN i = 3 THEN "
		     "'cancelled' ELSE "
		     "'completed' END, now() FROM generate_series(0, 20) i",
	"INSERT INTO notes.encounter (organisation_id, encounter_id, athlete_id, practitioner_id, "
	"clinic_id, opened_at, opened_by) SELECT '" ORGANISATION "', gen_random_uuid(), " ATHLETE(
		"6") ", '" READER "', '00000000-0000-7000-8004-000000000000', now(), 'x'",
	/* The glass over 7 is broken, over 8 it was. */
	"INSERT INTO notes.glass (organisation_id, glass_id, practitioner_id, athlete_id, reason, "
	"broken_at, until_at) SELECT '" ORGANISATION "', gen_random_uuid(), '" READER
	"', " ATHLETE("i") ", 'x', '2020-01-01Z', CASE WHEN i = 7 THEN '2100-01-01Z' ELSE "
			   "'2020-01-02Z' END::timestamptz FROM generate_series(7, 8) i",
	/* As autovacuum will: a plan that was made while there was nothing reads all of it each
	   time. */
	"ANALYZE",
};

#define READABLE "IN (0, 1, 2, 4, 5, 6, 7)"

struct question {
	char *text, *muscle, *driver;
	int32_t athlete; /* its number, or -1 */
	int32_t limit;
	const char *terms; /* the same for the slow reading */
	bool by_lead;      /* nobody else may ask for this athlete */
};

static const struct question questions[] = {
	{"", "", "", -1, 100, "*:note"},
	{"calf", "", "", -1, 100, "w:calf"},
	{"left right", "", "", -1, 100, "w:left,w:right"},
	{"hops Left", "soleus", "load", -1, 7, "w:hops,w:left,m:soleus,d:load"},
	{"calf", "soleus", "load", -1, 20, "w:calf,m:soleus,d:load"},
	{"seldom", "", "", -1, 1, "w:seldom"},
	{"never", "", "", -1, 20, "w:never"},
	{"right", "", "", 5, 3, "w:right"},
	{"", "", "load", 4, 100, "d:load"},
	{"twice", "", "", 60, 100, "w:twice", true},
	{"twice once", "", "", 60, 2, "w:twice,w:once", true},
};

struct search {
	const struct question *question;
	const char *who;
	size_t pages, cut_short;
	char *found; /* ids, with a blank behind each */
};

static int open_house(void **state)
{
	if (house_open((struct house **)state) != 0)
		return -1;
	for (size_t i = 0; i < sizeof(notes_made) / sizeof(notes_made[0]); i++) {
		char sql[4096];
		snprintf(sql, sizeof(sql), "SET session_replication_role = replica; %s",
			 notes_made[i]);
		free(house_query(*state, sql));
	}
	house_tells(*state, "{\"key\": \"bounded\", \"roles\": \"practitioner\", \"organisation\": "
			    "\"" ORGANISATION "\", \"subject\": \"" READER "\"}\n"
			    "{\"key\": \"lead\", \"roles\": \"clinic_lead\", \"organisation\": "
			    "\"" ORGANISATION "\"}\n");
	return 0;
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* FIBER. */
static int read_pages(struct session *session, void *argument)
{
	struct search *search = argument;
	const struct question *question = search->question;
	struct desk desk = {
		.session = session, .who = search->who, .organisation_id = ORGANISATION};
	struct arena *arena = arena_new((size_t)16 << 20);
	Soleus__V1__SearchNotesRequest request = SOLEUS__V1__SEARCH_NOTES_REQUEST__INIT;
	char athlete_id[37];
	FILE *found;
	size_t length;
	request.text = question->text;
	request.muscle = question->muscle;
	request.driver = question->driver;
	request.limit = question->limit;
	if (question->athlete >= 0) {
		snprintf(athlete_id, sizeof(athlete_id), "00000000-0000-7000-8003-%012d",
			 question->athlete);
		request.athlete_id = athlete_id;
	}
	assert_non_null(found = open_memstream(&search->found, &length));
	do {
		Soleus__V1__SearchNotesReply *page;
		struct status status =
			desk_ask(&desk, "Notes.SearchNotes", arena, &request.base, &page);
		if (!status_is_ok(status))
			fail_msg("%s", status.message);
		assert_in_range(page->n_notes, 0, question->limit);
		for (size_t i = 0; i < page->n_notes; i++)
			fprintf(found, "%s ", page->notes[i]->note_id);
		search->cut_short += page->next && page->n_notes < (size_t)question->limit;
		request.after = page->next;
		assert_in_range(search->pages++, 0, PAGES_MOST);
	} while (request.after);
	fclose(found);
	arena_free(arena);
	return 0;
}

/* Every note is read and asked for each of the terms. */
static char *read_slowly(struct house *house, const struct question *question, bool bounded)
{
	char sql[2048], athlete[96] = "";
	if (question->athlete >= 0) /* 61 is 60 since they were merged */
		snprintf(athlete, sizeof(athlete),
			 "AND least(right(athlete_id::text, 12)::int, 60) = %d", question->athlete);
	snprintf(sql, sizeof(sql),
		 "SELECT coalesce(string_agg(note_id || ' ', '' ORDER BY signed_at DESC, note_id "
		 "DESC), '') FROM notes.note WHERE organisation_id = '" ORGANISATION
		 "' AND ('{%s}'::text[] <@ (SELECT array_agg(term) FROM notes.note_term WHERE "
		 "note_term.organisation_id = note.organisation_id AND note_term.note_id = "
		 "note.note_id AND note_term.signed_at = note.signed_at AND term = ANY "
		 "('{%s}'))) AND NOT EXISTS (SELECT FROM notes.note AS later WHERE "
		 "later.organisation_id = note.organisation_id AND later.encounter_id = "
		 "note.encounter_id AND later.version > note.version) %s %s",
		 question->terms, question->terms, athlete,
		 bounded ? "AND right(athlete_id::text, 12)::int " READABLE : "");
	return house_query(house, sql);
}

static size_t ids_in(const char *found)
{
	return strlen(found) / 37;
}

static void compare(struct house *house, const char *who)
{
	size_t cut_short = 0;
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		struct search search = {.question = &questions[i], .who = who};
		if (questions[i].by_lead && strcmp(who, "lead") != 0)
			continue;
		house_runs(house, read_pages, &search);
		char *slowly = read_slowly(house, &questions[i], strcmp(who, "bounded") == 0);
		if (strcmp(search.found, slowly) != 0)
			fail_msg("%s, %s: %zu notes on %zu pages, where %zu are", who,
				 questions[i].terms, ids_in(search.found), search.pages,
				 ids_in(slowly));
		cut_short += search.cut_short;
		free(slowly);
		free(search.found);
	}
	assert_in_range(cut_short, 1, PAGES_MOST);
}

static void test_a_lead_finds_all(void **state)
{
	compare(*state, "lead");
}

static void test_a_bounded_reader_finds_what_clinics_allow(void **state)
{
	compare(*state, "bounded");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_lead_finds_all),
		cmocka_unit_test(test_a_bounded_reader_finds_what_clinics_allow),
	};
	return cmocka_run_group_tests_name("search", tests, open_house, close_house);
}
