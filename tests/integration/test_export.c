/* The whole record of one athlete as a FHIR bundle and as HTML (exported-record.story has the
 * setting: two records that are merged, with everything that a record can hold). */
#include "exports.h"

#include "ctl/command.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct house *house;
static struct arena *arena;
static struct exports exports;

static int open_house(void **state)
{
	(void)state;
	arena = arena_new((size_t)64 << 20);
	if (house_open(&house))
		return 1;
	house_plays(house, "exported-record.story");
	exports = (struct exports){house, arena};
	return 0;
}

static int close_house(void **state)
{
	(void)state;
	arena_free(arena);
	return house_close(&house);
}

static const char *athlete(const char *given_name)
{
	char *id = house_query(house, arena_printf(arena,
						   "SELECT athlete_id FROM directory.athlete WHERE "
						   "given_name LIKE '%s%%'",
						   given_name));
	const char *kept = arena_strdup(arena, id);
	free(id);
	return kept;
}

static void test_every_reference_resolves(void **state)
{
	(void)state;
	assert_int_equal(exports_record(&exports, "x.lead", athlete("<script>"), "fhir", "a.json"),
			 0);
	const char *command =
		arena_printf(arena, SOLEUS_SOURCE "/tests/integration/read-record %s > %s",
			     exports_path(&exports, "a.json"), exports_path(&exports, "a.kinds"));
	int code = system(command);
	if (code != 0)
		print_error("%s", exports_text(&exports, "a.kinds"));
	assert_int_equal(code, 0);
	static const char *const kinds[] = {
		"Patient 2",           "Consent 4",      "Appointment 2",
		"Encounter 2",         "Provenance 4",   "QuestionnaireResponse 2",
		"DocumentReference 3", "Composition 3",  "Procedure 4",
		"CarePlan 2",          "AdverseEvent 1", "Location 1",
		"Practitioner 1",
	};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strstr(exports_text(&exports, "a.kinds"), kinds[i]))
			fail_msg("no \"%s\" in:\n%s", kinds[i], exports_text(&exports, "a.kinds"));
}

/* Each version whole, with the bytes that were signed and the key that signed them. */
static void test_every_version_of_every_note(void **state)
{
	(void)state;
	struct json_object *entries = exports_entries(&exports, "a.json");
	char *count = house_query(house, "SELECT count(*) FROM notes.note");
	assert_string_equal(count, "3");
	free(count);
	for (int i = 0; i < 3; i++) {
		char *note_id = house_query(
			house, arena_printf(arena,
					    "SELECT note_id FROM notes.note ORDER BY signed_at, "
					    "note_id OFFSET %d LIMIT 1",
					    i));
		char *content_64 = house_query(
			house, arena_printf(arena,
					    "SELECT translate(encode(content, 'base64'), E'\\n', "
					    "'') FROM notes.note WHERE note_id = '%s'",
					    note_id));
		char *key_64 = house_query(
			house, arena_printf(arena,
					    "SELECT translate(encode(public_key, 'base64'), "
					    "E'\\n', '') FROM notes.note_signature WHERE note_id = "
					    "'%s' AND number = 1",
					    note_id));
		char *hash = house_query(
			house, arena_printf(arena,
					    "SELECT encode(content_hash, 'hex') FROM notes.note "
					    "WHERE note_id = '%s'",
					    note_id));
		struct json_object *document =
			exports_resource(entries, "DocumentReference", note_id);
		assert_true(exports_says(document, content_64));
		assert_true(exports_says(document, hash));
		const char *signature = arena_printf(arena, "%s-signature-1", note_id);
		assert_true(
			exports_says(exports_resource(entries, "Provenance", signature), key_64));
		assert_true(exports_says(exports_resource(entries, "Composition", note_id),
					 "Gastrocnemius"));
		free(note_id);
		free(content_64);
		free(key_64);
		free(hash);
	}
	const char *all = json_object_to_json_string(entries);
	assert_non_null(strstr(all, "She called: &lt;b&gt;no&lt;"));
	assert_non_null(strstr(all, "Wrong side"));
	assert_non_null(strstr(all, "2036-03-04"));
	assert_non_null(strstr(all, "82289-0"));
	assert_non_null(strstr(all, "Hill <repeats>"));
	assert_non_null(strstr(all, "20560"));
	assert_non_null(strstr(all, "72514-3"));
	assert_non_null(strstr(all, "sore 4 ready 7"));
	assert_non_null(strstr(all, "Train <late>"));
}

/* ---- Without the service ---- */

/* Whoever has the file can check every signature in it, years later: the key, the seal and the
 * content whose hash the seal holds are there. */
static void test_signatures_verify_from_the_file_alone(void **state)
{
	static const unsigned char domain[] = "soleus note seal 1";
	struct json_object *entries = exports_entries(&exports, "a.json"), *found, *list;
	unsigned valid = 0;
	(void)state;
	for (size_t i = 0; i < json_object_array_length(entries); i++) {
		unsigned char seal[4096], signature[64], key[32], content[8192];
		unsigned char hash[crypto_generichash_BYTES];
		size_t length = 0;
		json_object_object_get_ex(json_object_array_get_idx(entries, i), "resource",
					  &found);
		if (strcmp(exports_word(found, "resourceType"), "Provenance") != 0)
			continue;
		json_object_object_get_ex(found, "extension", &list);
		struct json_object *extension = json_object_array_get_idx(list, 0);
		size_t sealed = exports_bytes(extension, "seal_bytes", seal, sizeof(seal));
		assert_int_equal(exports_bytes(extension, "signature", signature, 64), 64);
		assert_int_equal(exports_bytes(extension, "public_key", key, 32), 32);
		crypto_sign_state signing;
		crypto_sign_init(&signing);
		crypto_sign_update(&signing, domain, sizeof(domain));
		crypto_sign_update(&signing, seal, sealed);
		assert_int_equal(crypto_sign_final_verify(&signing, signature, key), 0);

		const char *note_id = arena_strndup(arena, exports_word(found, "id"), 36);
		struct json_object *document =
			exports_resource(entries, "DocumentReference", note_id);
		json_object_object_get_ex(document, "content", &list);
		struct json_object *attachment;
		json_object_object_get_ex(json_object_array_get_idx(list, 0), "attachment",
					  &attachment);
		const char *data = exports_word(attachment, "data");
		assert_int_equal(sodium_base642bin(content, sizeof(content), data, strlen(data),
						   NULL, &length, NULL,
						   sodium_base64_VARIANT_ORIGINAL),
				 0);
		crypto_generichash(hash, sizeof(hash), content, length, NULL, 0);
		assert_non_null(memmem(seal, sealed, hash, sizeof(hash)));
		valid++;
	}
	assert_int_equal(valid, 4);
}

/* The treatment is told once, as it holds: nothing of the left calf is a Procedure. */
static void test_the_amended_treatment_is_no_procedure(void **state)
{
	(void)state;
	struct json_object *entries = exports_entries(&exports, "a.json");
	char *first =
		house_query(house, "SELECT note_id FROM notes.note WHERE complaint LIKE 'Left%'");
	char *second =
		house_query(house, "SELECT note_id FROM notes.note WHERE complaint LIKE 'Right%'");
	assert_null(exports_resource(entries, "Procedure",
				     arena_printf(arena, "%s-needling-1", first)));
	struct json_object *procedure = exports_resource(
		entries, "Procedure", arena_printf(arena, "%s-needling-1", second));
	assert_true(exports_says(procedure, "\"right gastrocnemius\""));
	assert_true(exports_says(procedure, "\"needles_in\",\"valueInteger\":2"));
	assert_true(
		exports_says(exports_resource(entries, "DocumentReference", first), "superseded"));
	free(first);
	free(second);
}

static void test_the_same_record_gives_the_same_bytes(void **state)
{
	(void)state;
	assert_int_equal(exports_record(&exports, "x.lead", athlete("<script>"), "fhir", "b.json"),
			 0);
	assert_string_equal(exports_text(&exports, "a.json"), exports_text(&exports, "b.json"));
	/* By the other id too: both records are one person's. */
	assert_int_equal(exports_record(&exports, "x.mira", athlete("Anna"), "fhir", "b.json"), 0);
	assert_string_equal(exports_text(&exports, "a.json"), exports_text(&exports, "b.json"));
}

static void test_the_page_is_one_file_and_nobodys_markup(void **state)
{
	(void)state;
	assert_int_equal(exports_record(&exports, "x.lead", athlete("<script>"), "html", "a.html"),
			 0);
	const char *page = exports_text(&exports, "a.html");
	assert_int_equal(system(arena_printf(
				 arena, "xmllint --noout %s && xmllint --html --noout %s 2>%s",
				 exports_path(&exports, "a.html"), exports_path(&exports, "a.html"),
				 exports_path(&exports, "a.complaints"))),
			 0);
	assert_non_null(strstr(page, "lang=\"en\""));
	assert_null(strstr(page, "<script"));
	assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
	assert_null(strstr(page, "<blue>"));
	assert_null(strstr(page, "src="));
	assert_non_null(strstr(page, "@media print"));
	/* The clinic's clock, the picture with its treatments, every version. */
	assert_non_null(strstr(page, "2026-03-02 11:30 +01:00, version 1"));
	assert_non_null(strstr(page, "2026-03-02 11:30 +01:00, version 2"));
	assert_non_null(strstr(page, "2026-03-04 10:00 +01:00, version 1"));
	assert_non_null(strstr(page, "<polyline points=\""));
	assert_non_null(strstr(page, "class=\"treatment\""));
	assert_non_null(strstr(page, "5 cm, &lt;blue&gt;"));
	assert_non_null(strstr(page, "Hill &lt;repeats&gt;"));
	assert_non_null(strstr(page, "<dt>kept until</dt><dd>2036-03-04</dd>"));
}

static void test_an_empty_record_is_one_too(void **state)
{
	(void)state;
	assert_int_equal(exports_record(&exports, "x.lead", athlete("Nobody"), "fhir", "e.json"),
			 0);
	assert_int_equal(exports_record(&exports, "x.lead", athlete("Nobody"), "html", "e.html"),
			 0);
	assert_int_equal(json_object_array_length(exports_entries(&exports, "e.json")), 1);
	assert_non_null(strstr(exports_text(&exports, "e.html"), "<p>None.</p>"));
}

static void test_who_may_not_gets_no_half_file(void **state)
{
	(void)state;
	assert_int_not_equal(
		exports_record(&exports, "x.desk", athlete("<script>"), "fhir", "d.json"), 0);
	assert_false(exports_has(&exports, "d.json"));
	assert_false(exports_has(&exports, "d.json.new"));
	assert_non_null(strstr(exports_text(&exports, "said"), "nothing was written"));
	assert_int_not_equal(exports_record(&exports, "x.lead",
					    "0195531a-0000-7000-8000-00000000dead", "fhir",
					    "d.json"),
			     0);
	assert_false(exports_has(&exports, "d.json"));
	/* A file that is there stays as it is. */
	const char *before = exports_text(&exports, "a.json");
	assert_int_not_equal(
		exports_record(&exports, "x.desk", athlete("<script>"), "fhir", "a.json"), 0);
	assert_string_equal(exports_text(&exports, "a.json"), before);
	assert_int_not_equal(
		exports_record(&exports, "x.lead", athlete("Nobody"), "fhir", "none/d.json"), 0);
	assert_non_null(strstr(exports_text(&exports, "said"), "cannot write"));
	assert_int_not_equal(exports_record(&exports, "x.lead", athlete("Nobody"), "pdf", "d.json"),
			     0);
}

/* More than a page of each, many of one instant: none is lost, none is told twice. */
static void test_long_lists(void **state)
{
	(void)state;
	const char *id = athlete("Nobody");
	static const char *const inserts[] = {
		"INSERT INTO analytics.measure SELECT organisation_id, gen_random_uuid(), "
		"athlete_id, NULL, 'desk', 'nprs', 1, 'calf', 'left', '', 1, t, t FROM "
		"directory.athlete, generate_series(1, 450), (VALUES (timestamptz "
		"'2026-03-02T08:00Z'), ('2026-03-02T09:00Z')) AS v (t) WHERE athlete_id = '%s'",
		"WITH planned AS (INSERT INTO reminders.planned_message (organisation_id, "
		"message_id, athlete_id, purpose, consent, rule, priority, planned_at, due_at, "
		"stale_at) SELECT organisation_id, gen_random_uuid(), athlete_id, 'confirmation', "
		"'reminders', '', n %% 4, t, t, t FROM directory.athlete, generate_series(1, 450) "
		"AS n, (VALUES (timestamptz '2026-03-02T08:00Z'), ('2026-03-02T09:00Z')) AS v (t) "
		"WHERE athlete_id = '%s' RETURNING *) INSERT INTO reminders.decision "
		"(organisation_id, message_id, state, why, channel, address, text, decided_at) "
		"SELECT organisation_id, message_id, 'suppressed', 'test', '', '', '', due_at FROM "
		"planned",
		"INSERT INTO reminders.inbound_text SELECT organisation_id, 'sms', n::text, "
		"gen_random_uuid(), '+1', athlete_id, 'x', timestamptz '2026-03-02T08:00Z', "
		"'unknown', '' FROM directory.athlete, generate_series(1, 450) AS n WHERE "
		"athlete_id = '%s'",
		"INSERT INTO notes.screening SELECT organisation_id, gen_random_uuid(), "
		"gen_random_uuid(), athlete_id, '{}', 'clear', timestamptz '2026-03-02T08:00Z', "
		"'x.lead', true, '{}', '' FROM directory.athlete, generate_series(1, 450) AS n "
		"WHERE athlete_id = '%s'",
		"INSERT INTO notes.encounter SELECT organisation_id, gen_random_uuid(), NULL, "
		"athlete_id, gen_random_uuid(), gen_random_uuid(), timestamptz "
		"'2026-03-02T08:00Z', 'x' FROM directory.athlete, generate_series(1, 450) AS n "
		"WHERE athlete_id = '%s'",
	};
	for (size_t i = 0; i < sizeof(inserts) / sizeof(inserts[0]); i++) {
		const char *sql = arena_strdup(arena, inserts[i]);
		char *words = arena_alloc(arena, strlen(sql) + 64);
		sprintf(words, sql, id);
		free(house_query(house, words));
	}
	assert_int_equal(exports_record(&exports, "x.lead", id, "fhir", "l.json"), 0);
	assert_int_equal(
		system(arena_printf(arena, SOLEUS_SOURCE "/tests/integration/read-record %s > %s",
				    exports_path(&exports, "l.json"),
				    exports_path(&exports, "l.kinds"))),
		0);
	static const char *const kinds[] = {"Communication 1350", "Encounter 450",
					    "Observation 900", "QuestionnaireResponse 450"};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strstr(exports_text(&exports, "l.kinds"), kinds[i]))
			fail_msg("no \"%s\" in:\n%s", kinds[i], exports_text(&exports, "l.kinds"));
}

/* Athletes export their own record, and nobody else's. */
static void test_an_athlete_has_the_own_record(void **state)
{
	(void)state;
	house_tells(house, arena_printf(arena,
					"{\"key\": \"x.own\", \"roles\": \"athlete\", "
					"\"organisation\": "
					"\"0195531a-0000-7000-8000-0000000000c1\", \"subject\": "
					"\"%s\"}\n",
					athlete("Nobody")));
	assert_int_equal(exports_record(&exports, "x.own", athlete("Nobody"), "html", "own.html"),
			 0);
	assert_int_not_equal(
		exports_record(&exports, "x.own", athlete("<script>"), "html", "d.html"), 0);
	assert_false(exports_has(&exports, "d.html"));
}

/* Every page that was read is in the trail of who gave it. */
static void test_the_reading_is_in_the_trail(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"SELECT method FROM notes.audit WHERE method LIKE '%ListRecord' LIMIT 1",
		"SELECT method FROM analytics.audit WHERE method LIKE '%ListMeasures' LIMIT 1",
		"SELECT method FROM reminders.audit WHERE method LIKE '%ListTexts' LIMIT 1",
		"SELECT method FROM scheduling.audit WHERE method LIKE '%GetAppointment' LIMIT 1",
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *method = house_query(house, rows[i]);
		assert_string_not_equal(method, "");
		free(method);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_reference_resolves),
		cmocka_unit_test(test_every_version_of_every_note),
		cmocka_unit_test(test_signatures_verify_from_the_file_alone),
		cmocka_unit_test(test_the_amended_treatment_is_no_procedure),
		cmocka_unit_test(test_the_same_record_gives_the_same_bytes),
		cmocka_unit_test(test_the_page_is_one_file_and_nobodys_markup),
		cmocka_unit_test(test_an_empty_record_is_one_too),
		cmocka_unit_test(test_who_may_not_gets_no_half_file),
		cmocka_unit_test(test_long_lists),
		cmocka_unit_test(test_an_athlete_has_the_own_record),
		cmocka_unit_test(test_the_reading_is_in_the_trail),
	};
	return cmocka_run_group_tests_name("export", tests, open_house, close_house);
}
