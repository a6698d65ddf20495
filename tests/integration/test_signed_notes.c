/* What is signed: amended and added to by those who may (signed-notes.story), checked by anyone,
 * and changed by nobody, on any path. */
#include "house.h"

#include "ctl/command.h"
#include "ctl/methods.h"

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

#define ORGANISATION "0195531a-0000-7000-8000-0000000000e1"
#define FIRST                                                                                      \
	"SELECT note_id FROM notes.note WHERE organisation_id = '" ORGANISATION "' AND version = " \
	"1"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_a_note_is_amended_and_followed(void **state)
{
	house_plays(*state, "signed-notes.story");
	house_expects(
		*state,
		"SELECT string_agg(DISTINCT area || ' ' || side, ',') FROM analytics.treatment "
		"WHERE organisation_id = '" ORGANISATION "'",
		"calf right");
	house_expects(*state,
		      "SELECT string_agg(instrument || ' ' || side, ',') FROM analytics.measure "
		      "WHERE organisation_id = '" ORGANISATION "' AND source = 'note'",
		      "nprs right");
	house_expects(
		*state,
		"SELECT count(*) FROM reminders.message WHERE organisation_id = '" ORGANISATION
		"' AND step = 2 AND state = 'suppressed' AND why = 'the note was amended'",
		"1");
}

/* ---- Anyone can check ---- */

static int verified(const struct house *house, const char *note_id)
{
	char command[512];
	snprintf(command, sizeof(command),
		 "SOLEUS_RUN_DIR=%s " SOLEUS_BUILD "/soleusctl --as s.tom verify %s >/dev/null",
		 house->run_dir, note_id);
	return system(command); /* NOLINT(cert-env33-c): words of this test */
}

/* As whoever holds the disk could: no trigger and no right stands in the way. */
static void tamper(const struct house *house, const char *sql)
{
	char text[1024];
	snprintf(text, sizeof(text),
		 "BEGIN; SET LOCAL session_replication_role = replica; %s; COMMIT", sql);
	free(house_query(house, text));
}

static void test_a_flipped_byte_is_found(void **state)
{
	const struct house *house = *state;
	char *note_id = house_query(house, FIRST);
	static const char *const flips[][2] = {
		{"UPDATE notes.note SET content = set_byte(content, 5, get_byte(content, 5) # 1)",
		 "content"},
		{"UPDATE notes.note SET content_hash = set_byte(content_hash, 0, "
		 "get_byte(content_hash, 0) # 1)",
		 "hash"},
		{"UPDATE notes.note_signature SET seal = set_byte(seal, 70, get_byte(seal, 70) # "
		 "1) "
		 "WHERE number = 3",
		 "addendum"},
		{"UPDATE notes.note_signature SET signature = set_byte(signature, 9, "
		 "get_byte(signature, 9) # 1)",
		 "signature"},
	};
	assert_int_equal(verified(house, note_id), 0);
	for (size_t i = 0; i < sizeof(flips) / sizeof(flips[0]); i++) {
		tamper(house, flips[i][0]);
		if (verified(house, note_id) == 0)
			fail_msg("a changed %s is not found", flips[i][1]);
		tamper(house, flips[i][0]); /* the same again undoes it */
		assert_int_equal(verified(house, note_id), 0);
	}
	tamper(house, "UPDATE notes.note_signature SET number = 9 - number WHERE number > 1");
	assert_int_not_equal(verified(house, note_id), 0);
	tamper(house, "UPDATE notes.note_signature SET number = 9 - number WHERE number > 1");
	assert_int_equal(verified(house, note_id), 0);
	free(note_id);
}

/* A column of the note that a seal speaks of, changed alone, is told, and undone it is not. */
static void expect_found(const struct house *house, const char *note_id, const char *column,
			 const char *value, const char *what)
{
	char sql[512], says[512];
	snprintf(sql, sizeof(sql), "UPDATE notes.note SET %s = %s WHERE note_id = '%s'", column,
		 value, note_id);
	tamper(house, sql);
	snprintf(says, sizeof(says),
		 "SOLEUS_RUN_DIR=%s " SOLEUS_BUILD "/soleusctl --as s.lead verify %s | "
		 "grep -q 'NOT VALID: it is of another %s'",
		 house->run_dir, note_id, what);
	if (system(says) != 0) /* NOLINT(cert-env33-c): words of this test */
		fail_msg("another %s is not found", column);
	snprintf(sql, sizeof(sql),
		 "UPDATE notes.note AS n SET %s = t.%s FROM public.note_then AS t WHERE "
		 "n.note_id = t.note_id",
		 column, column);
	tamper(house, sql);
	assert_int_equal(verified(house, note_id), 0);
}

static void test_what_is_beside_the_content_is_sealed(void **state)
{
	static const char *const flips[][3] = {
		{"encounter_id", "gen_random_uuid()", "encounter"},
		{"appointment_id", "NULL", "appointment"},
		{"practitioner_id", "gen_random_uuid()", "practitioner"},
		{"clinic_id", "gen_random_uuid()", "clinic"},
		{"screening_id", "gen_random_uuid()", "screening"},
		{"amends_note_id", "gen_random_uuid()", "amended note"},
		{"version", "5", "version"},
		{"reason", "reason || '!'", "reason"},
		{"signed_at", "signed_at + interval '1 us'", "instant"},
		{"treated_at", "treated_at - interval '1 us'", "treatment"},
		{"signed_by", "'s.sue'", "signer"},
		{"pack_code", "'other'", "rule pack"},
		{"pack_version", "pack_version + 1", "rule pack"},
		{"cosigner_id", "gen_random_uuid()", "co-signer"},
	};
	const struct house *house = *state;
	char *note_id = house_query(house, "SELECT note_id FROM notes.note WHERE organisation_id = "
					   "'" ORGANISATION "' AND version = 2");
	char *asks_nobody = house_query(
		house, "SELECT note_id FROM notes.note WHERE organisation_id = '" ORGANISATION
		       "' AND cosigner_id IS NULL LIMIT 1");
	tamper(house, "CREATE TABLE public.note_then AS SELECT * FROM notes.note");
	for (size_t i = 0; i < sizeof(flips) / sizeof(flips[0]); i++)
		expect_found(house, note_id, flips[i][0], flips[i][1], flips[i][2]);
	expect_found(house, asks_nobody, "cosigner_id", "gen_random_uuid()", "co-signer");
	tamper(house, "DROP TABLE public.note_then");
	free(asks_nobody);
	free(note_id);
}

/* ---- Nobody changes it ---- */

/* All that was signed, in one hash. */
static char *signed_content(const struct house *house)
{
	return house_query(
		house,
		"SELECT md5(string_agg(part, '|' ORDER BY part)) FROM ("
		"SELECT n::text AS part FROM notes.note n WHERE n.version <= 2 "
		"UNION ALL SELECT s::text FROM notes.note_site s JOIN notes.note n USING "
		"(organisation_id, note_id) WHERE n.version <= 2 "
		"UNION ALL SELECT a::text FROM notes.note_area a JOIN notes.note n USING "
		"(organisation_id, note_id) WHERE n.version <= 2 "
		"UNION ALL SELECT m::text FROM notes.note_measure m JOIN notes.note n USING "
		"(organisation_id, note_id) WHERE n.version <= 2 "
		"UNION ALL SELECT g::text FROM notes.note_signature g JOIN notes.note n USING "
		"(organisation_id, note_id) WHERE n.version = 2 AND g.number = 1 "
		"OR n.version = 1 AND g.number <= 3 "
		"UNION ALL SELECT t::text FROM notes.note_term t JOIN notes.note n USING "
		"(organisation_id, note_id) WHERE n.version <= 2 "
		"UNION ALL SELECT c::text FROM notes.screening c JOIN notes.note n USING "
		"(organisation_id, screening_id) WHERE n.version <= 2) AS parts");
}

struct attempt {
	char *ids[5]; /* note, encounter, appointment, athlete, practitioner */
	bool erases;  /* EraseAthlete alone, or all but it: nobody finds a note of who is erased */
	unsigned tried;
};

static const char *const id_fields[] = {"note_id", "encounter_id", "appointment_id", "athlete_id",
					"practitioner_id"};

/* A request that names the signed note wherever the method takes an id, and says something else
 * wherever it takes words. */
static struct json_object *request_for(const struct attempt *attempt,
				       const ProtobufCMessageDescriptor *type)
{
	struct json_object *request = json_object_new_object();
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		if (field->type == PROTOBUF_C_TYPE_MESSAGE && strcmp(field->name, "note") == 0)
			json_object_object_add(
				request, field->name,
				json_tokener_parse("{\"complaint\": \"changed\", \"modalities\": "
						   "[{\"kind\": \"coaching\", \"minutes\": 5}], "
						   "\"tissue_to_calm\": \"x\", "
						   "\"why_overloaded\": \"x\"}"));
		if (field->type != PROTOBUF_C_TYPE_STRING ||
		    field->label == PROTOBUF_C_LABEL_REPEATED)
			continue;
		const char *value = strstr(field->name, "_id") ? NULL : "changed";
		for (size_t id = 0; id < 5; id++)
			if (strcmp(field->name, id_fields[id]) == 0)
				value = attempt->ids[id];
		if (value)
			json_object_object_add(request, field->name, json_object_new_string(value));
	}
	return request;
}

static FIBER int try_everything(struct session *session, void *argument)
{
	static const char *const callers[] = {"s.tom", "s.sue",   "s.lead",
					      "s.ana", "s.other", "operator"};
	struct attempt *attempt = argument;
	const size_t callers_count = sizeof(callers) / sizeof(callers[0]);
	for (size_t s = 0; method_services[s]; s++)
		for (unsigned m = 0; m < method_services[s]->n_methods * callers_count; m++) {
			const ProtobufCMethodDescriptor *descriptor =
				&method_services[s]->methods[m / callers_count];
			const char *name = arena_printf(session->arena, "%s.%s",
							method_services[s]->name, descriptor->name);
			if ((strcmp(descriptor->name, "EraseAthlete") == 0) != attempt->erases)
				continue;
			struct session_call call = {.who = callers[m % callers_count],
						    .organisation_id = ORGANISATION};
			struct json_object *request = request_for(attempt, descriptor->input);
			struct json_object *reply = NULL;
			struct method method;
			if (!status_is_ok(method_find(session->arena, name, &method)))
				return 1;
			session_call_json(session, &method, &call,
					  json_object_to_json_string(request), &reply);
			json_object_put(reply);
			json_object_put(request);
			attempt->tried++;
		}
	return 0;
}

static void test_no_call_changes_a_signed_note(void **state)
{
	struct house *house = *state;
	/* The amended version, the newest, and when all is tried the athlete goes. */
	static const struct {
		int version;
		bool erases;
	} rounds[] = {{1, false}, {2, false}, {2, true}};
	struct attempt attempt = {0};
	char *before = signed_content(house);
	for (size_t round = 0; round < sizeof(rounds) / sizeof(rounds[0]); round++) {
		attempt.erases = rounds[round].erases;
		for (size_t id = 0; id < 5; id++) {
			char sql[256];
			snprintf(sql, sizeof(sql),
				 "SELECT %s FROM notes.note WHERE organisation_id = "
				 "'" ORGANISATION "' AND version = %d ORDER BY note_id LIMIT 1",
				 id_fields[id], rounds[round].version);
			attempt.ids[id] = house_query(house, sql);
		}
		house_runs(house, try_everything, &attempt);
		char *after = signed_content(house);
		assert_string_equal(before, after);
		free(after);
		for (size_t id = 0; id < 5; id++)
			free(attempt.ids[id]);
	}
	house_expects(house,
		      "SELECT count(*) FROM notes.note WHERE organisation_id = '" ORGANISATION
		      "' AND version = 3",
		      "1"); /* the calls did reach the note: who may amend it has */
	printf("%u calls left both versions as they were signed\n", attempt.tried);
	free(before);
}

/* ---- Not even the service's own role, nor who owns the tables ---- */

static const char *const parts[] = {"note",           "note_site", "note_area", "note_measure",
				    "note_signature", "screening", "note_term"};

#define NO_PRIVILEGE "42501"
#define SIGNED       "SL002" /* the schema's own word for it */
#define NOT_A_ROW    "23514" /* a check */

/* Fails unless PostgreSQL refuses for this reason: a typo in `sql` is another. Each attempt is a
 * transaction of its own that sees the tenant. */
static void refused(PGconn *service, const char *sqlstate, const char *sql)
{
	PGresult *begun = PQexec(service, "BEGIN");
	PQclear(begun);
	PQclear(PQexec(service, "SELECT set_config('soleus.tenants', '{" ORGANISATION "}', true)"));
	PGresult *result = PQexec(service, sql);
	if (PQresultStatus(result) != PGRES_FATAL_ERROR)
		fail_msg("not refused: %s (%s)", sql, PQcmdStatus(result));
	if (strcmp(PQresultErrorField(result, PG_DIAG_SQLSTATE), sqlstate) != 0)
		fail_msg("refused, but not with %s: %s (%s)", sqlstate, sql,
			 PQresultErrorMessage(result));
	PQclear(result);
	PQclear(PQexec(service, "ROLLBACK"));
}

static void refused_for_each_column(PGconn *service, const char *table)
{
	char sql[512];
	snprintf(sql, sizeof(sql),
		 "SELECT column_name FROM information_schema.columns WHERE table_schema = 'notes' "
		 "AND table_name = '%s'",
		 table);
	PGresult *columns = PQexec(service, sql);
	assert_true(PQntuples(columns) > 3);
	for (int i = 0; i < PQntuples(columns); i++) {
		snprintf(sql, sizeof(sql), "UPDATE notes.%s SET %s = %s", table,
			 PQgetvalue(columns, i, 0), PQgetvalue(columns, i, 0));
		refused(service, NO_PRIVILEGE, sql);
		snprintf(sql, sizeof(sql), "UPDATE notes.%s SET %s = NULL", table,
			 PQgetvalue(columns, i, 0));
		refused(service, NO_PRIVILEGE, sql);
	}
	PQclear(columns);
}

static void test_the_service_role_cannot_change_it(void **state)
{
	struct house *house = *state;
	static const char *const whole[] = {
		"DELETE FROM notes.%s",
		"TRUNCATE notes.%s CASCADE",
		"ALTER TABLE notes.%s DISABLE TRIGGER ALL",
		"ALTER TABLE notes.%s DISABLE ROW LEVEL SECURITY",
		"DROP TABLE notes.%s CASCADE",
		"CREATE RULE gone AS ON INSERT TO notes.%s DO INSTEAD NOTHING",
		"INSERT INTO notes.%1$s SELECT * FROM notes.%1$s ON CONFLICT ON CONSTRAINT "
		"%1$s_key "
		"DO UPDATE SET organisation_id = excluded.organisation_id",
	};
	static const struct {
		const char *sqlstate;
		const char *sql;
	} more[] = {
		{NO_PRIVILEGE, "SET session_replication_role = replica"},
		{NO_PRIVILEGE, "ALTER FUNCTION notes.append_only() RENAME TO other"},
		{NO_PRIVILEGE,
		 "CREATE OR REPLACE FUNCTION notes.append_only() RETURNS trigger LANGUAGE plpgsql "
		 "AS $$ BEGIN RETURN NEW; END $$"},
		{NO_PRIVILEGE, "SET ROLE soleus_owner"},
		/* A part more for a note that is signed. */
		{SIGNED,
		 "INSERT INTO notes.note_area (organisation_id, note_id, position, area, side) "
		 "SELECT organisation_id, note_id, 99, 'calf', 'left' FROM notes.note"},
		{SIGNED,
		 "INSERT INTO notes.note_term (organisation_id, term, signed_at, note_id) SELECT "
		 "organisation_id, 'w:more', signed_at, note_id FROM notes.note"},
		/* A version that nobody signed, and a second author. */
		{SIGNED,
		 "INSERT INTO notes.note SELECT (jsonb_populate_record(n, jsonb_build_object("
		 "'note_id', gen_random_uuid(), 'version', 9, 'amends_note_id', note_id, 'reason', "
		 "'changed'))).* FROM notes.note AS n WHERE version = 2; SET CONSTRAINTS ALL "
		 "IMMEDIATE"},
		{SIGNED,
		 "WITH added AS (INSERT INTO notes.note SELECT (jsonb_populate_record(n, "
		 "jsonb_build_object('note_id', gen_random_uuid(), 'version', 9, "
		 "'amends_note_id', note_id, 'reason', 'changed', 'draft_version', NULL))).* FROM "
		 "notes.note AS n WHERE version = 2 RETURNING note_id, signed_at) INSERT INTO "
		 "notes.note_signature SELECT (jsonb_populate_record(s, jsonb_build_object("
		 "'note_id', added.note_id))).* FROM added CROSS JOIN notes.note_signature AS s "
		 "JOIN notes.note AS n ON n.note_id = s.note_id WHERE n.version = 2 AND number = "
		 "1; SET "
		 "CONSTRAINTS ALL IMMEDIATE"},
		{NOT_A_ROW,
		 "INSERT INTO notes.note_signature SELECT (jsonb_populate_record(s, "
		 "jsonb_build_object('number', 2))).* FROM notes.note_signature AS s WHERE "
		 "meaning = 'author' AND note_id NOT IN (SELECT amends_note_id FROM notes.note "
		 "WHERE amends_note_id IS NOT NULL)"},
		/* What was amended takes no signature any more. */
		{SIGNED, "INSERT INTO notes.note_signature SELECT (jsonb_populate_record(s, "
			 "jsonb_build_object('number', (SELECT max(number) + 1 FROM "
			 "notes.note_signature AS last WHERE last.note_id = s.note_id), 'meaning', "
			 "'addendum'))).* FROM notes.note_signature AS s WHERE meaning = 'author' "
			 "AND note_id IN (SELECT note_id FROM notes.note WHERE version = 1)"},
		{SIGNED, "INSERT INTO notes.note_signature SELECT (jsonb_populate_record(s, "
			 "jsonb_build_object('number', 50, 'meaning', 'addendum'))).* FROM "
			 "notes.note_signature AS s WHERE meaning = 'author'"},
		/* A signed visit stays with whom it was. */
		{SIGNED, "UPDATE notes.encounter SET practitioner_id = gen_random_uuid() WHERE "
			 "encounter_id IN (SELECT encounter_id FROM notes.note)"},
		{SIGNED,
		 "UPDATE notes.encounter SET opened_by = 'changed' WHERE encounter_id IN (SELECT "
		 "encounter_id FROM notes.note)"},
		{SIGNED,
		 "INSERT INTO notes.note_measure (organisation_id, note_id, position, instrument, "
		 "area, side, moment, value) SELECT organisation_id, note_id, 99, 'nprs', 'calf', "
		 "'left', 'after', 0 FROM notes.note"},
		{SIGNED,
		 "INSERT INTO notes.note_site (organisation_id, note_id, position, muscle, side, "
		 "approach, gauge_um, length_mm, depth_mm, insertions, retention_s, "
		 "local_twitch_response, referral, needles_in, needles_out, finding_keys) SELECT "
		 "organisation_id, note_id, 99, 'soleus', 'left', 'deep', 300, 40, 20, 1, 0, "
		 "false, false, 1, 1, '{f1}' FROM notes.note"},
	};
	char url[256], sql[512];
	snprintf(url, sizeof(url), "host=%s user=notes dbname=soleus", house->socket);
	PGconn *service = PQconnectdb(url);
	assert_int_equal(PQstatus(service), CONNECTION_OK);
	char *before = signed_content(house);
	for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++) {
		refused_for_each_column(service, parts[part]);
		for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
			snprintf(sql, sizeof(sql), whole[i], parts[part]);
			refused(service, NO_PRIVILEGE, sql);
		}
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		refused(service, more[i].sqlstate, more[i].sql);
	char *after = signed_content(house);
	assert_string_equal(before, after);
	free(before);
	free(after);
	PQfinish(service);
}

/* Rights do not keep the owner from it: the triggers do. */
static void test_the_owner_of_the_tables_cannot_change_it(void **state)
{
	static const char *const changes[] = {"UPDATE notes.%s SET organisation_id = "
					      "organisation_id",
					      "DELETE FROM notes.%s", "TRUNCATE notes.%s CASCADE"};
	struct house *house = *state;
	char url[256], sql[256];
	snprintf(url, sizeof(url),
		 "host=%s user=postgres dbname=soleus options='-c role=soleus_owner'",
		 house->socket);
	PGconn *owner = PQconnectdb(url);
	assert_int_equal(PQstatus(owner), CONNECTION_OK);
	char *before = signed_content(house);
	for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++)
		for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
			snprintf(sql, sizeof(sql), changes[i], parts[part]);
			refused(owner, SIGNED, sql);
		}
	char *after = signed_content(house);
	assert_string_equal(before, after);
	free(before);
	free(after);
	PQfinish(owner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_note_is_amended_and_followed),
		cmocka_unit_test(test_a_flipped_byte_is_found),
		cmocka_unit_test(test_what_is_beside_the_content_is_sealed),
		cmocka_unit_test(test_no_call_changes_a_signed_note),
		cmocka_unit_test(test_the_service_role_cannot_change_it),
		cmocka_unit_test(test_the_owner_of_the_tables_cannot_change_it),
	};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
