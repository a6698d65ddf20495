/* The audit trail: `soleusctl audit verify` finds whatever whoever holds the disk does to it. */
#include "house.h"

#include "ctl/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000e1"
#define THE_ROWS     "organisation_id = '" ORGANISATION "'"

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* What `audit verify notes` says to the key, and its exit status. The text ends with free(). */
static char *verified(const struct house *house, const char *key, const char *words, int *ret_code)
{
	char command[1024], said[4096];
	snprintf(command, sizeof(command),
		 "SOLEUS_RUN_DIR=%s " SOLEUS_BUILD "/soleusctl --as %s audit verify %s 2>&1",
		 house->run_dir, key, words);
	FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c): words of this test */
	assert_non_null(pipe);
	size_t length = fread(said, 1, sizeof(said) - 1, pipe);
	said[length] = '\0';
	*ret_code = pclose(pipe);
	return strdup(said);
}

static void expect(const struct house *house, const char *words, const char *said)
{
	int code;
	char *found = verified(house, "s.lead", words, &code);
	if (!strstr(found, said) || (code == 0) != (strcmp(said, "unbroken") == 0))
		fail_msg("audit verify %s ended with %d and said:\n%s\nnot: %s", words, code, found,
			 said);
	free(found);
}

static void wait_until_sealed(const struct house *house)
{
	for (int tries = 0; tries < 300; tries++) {
		char *open = house_query(house, "SELECT count(*) FROM notes.audit AS a WHERE NOT "
						"EXISTS (SELECT FROM notes.audit_seal WHERE "
						"audit_at = a.at AND audit_id = a.id)");
		bool sealed = strcmp(open, "0") == 0;
		free(open);
		if (sealed)
			return;
		usleep(100000); /* of another process: there is nothing to be woken by */
	}
	fail_msg("the trail is not sealed within 30 s");
}

static void test_a_clinic_works(void **state)
{
	house_plays(*state, "signed-notes.story");
	wait_until_sealed(*state);
	expect(*state, "notes", "unbroken");
	expect(*state, "", "unbroken");
}

/* Who may not read the trail is not told that somebody broke it. */
static void test_who_may_not_read_it_is_told_so(void **state)
{
	int code;
	char *said = verified(*state, "s.tom", "notes", &code);
	assert_int_not_equal(code, 0);
	assert_non_null(strstr(said, "PERMISSION_DENIED"));
	assert_null(strstr(said, "superuser"));
	free(said);
}

/* As whoever holds the disk could: no trigger and no right stands in the way. */
static void tamper(const struct house *house, const char *sql)
{
	char text[2048];
	snprintf(text, sizeof(text),
		 "BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL search_path = "
		 "notes; %s; COMMIT",
		 sql);
	free(house_query(house, text));
}

/* The row whose seal has the number. */
#define ROW(number)                                                             \
	"(at, id) = (SELECT audit_at, audit_id FROM audit_seal WHERE " THE_ROWS \
	" AND number = " #number ")"

static const struct {
	const char *what;
	const char *done;
	const char *said;
} crimes[] = {
	{"one byte of a row",
	 "UPDATE audit SET actor = overlay(actor placing 'z' from 3 for 1) "
	 "WHERE " THE_ROWS " AND " ROW(4),
	 "row 4: it was changed"},
	{"an instant", "UPDATE audit SET actor_id = NULL WHERE " THE_ROWS " AND " ROW(3),
	 "row 3: it was changed"},
	{"one row", "DELETE FROM audit WHERE " THE_ROWS " AND " ROW(5), "row 5: it was taken out"},
	{"a row and its seal",
	 "DELETE FROM audit WHERE " THE_ROWS
	 " AND " ROW(5) "; DELETE FROM audit_seal WHERE " THE_ROWS " AND number = 5",
	 "row 5: its seal was taken out"},
	{"a row, its seal, and the numbers behind them",
	 "DELETE FROM audit WHERE " THE_ROWS " AND " ROW(
		 5) "; DELETE FROM audit_seal WHERE " THE_ROWS
		    " AND number = 5; UPDATE audit_seal SET number = -number WHERE " THE_ROWS
		    " AND number > 5; UPDATE audit_seal SET number = -number - 1 WHERE " THE_ROWS
		    " AND number < 0",
	 "row 5: it was changed, or another stands in its place"},
	{"a swapped pair of rows",
	 "UPDATE audit_seal AS a SET audit_at = b.audit_at, audit_id = b.audit_id FROM audit_seal "
	 "AS b WHERE a." THE_ROWS " AND b." THE_ROWS
	 " AND (a.number, b.number) IN ((3, 6), (6, 3))",
	 "row 6: it was changed, or another stands in its place"},
	{"a row put in behind the sealer's back",
	 "INSERT INTO audit (xid, organisation_id, at, actor, method, traceparent) VALUES ('3', "
	 "'" ORGANISATION "', '2026-03-02T07:00:00Z', 'nobody', 'Nothing', '')",
	 "is not in the chain"},
};

static void test_each_crime_is_found(void **state)
{
	const struct house *house = *state;
	tamper(house, "ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_row; "
		      "ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_number_check; "
		      "CREATE TABLE audit_then AS SELECT * FROM audit; CREATE TABLE seal_then AS "
		      "SELECT * FROM audit_seal");
	for (size_t i = 0; i < sizeof(crimes) / sizeof(crimes[0]); i++) {
		print_message("%s\n", crimes[i].what);
		tamper(house, crimes[i].done);
		expect(house, "notes", crimes[i].said);
		tamper(house, "DELETE FROM audit; DELETE FROM audit_seal; INSERT INTO audit "
			      "OVERRIDING SYSTEM VALUE SELECT * FROM audit_then; INSERT INTO "
			      "audit_seal SELECT * FROM seal_then");
		expect(house, "notes", "unbroken");
	}
}

/* The end of a chain can be cut off without a trace in it: who remembered it outside sees that. */
static void test_the_newest_rows_are_remembered(void **state)
{
	const struct house *house = *state;
	int code;
	char *said = verified(house, "s.lead", "notes", &code), head[128] = "", other[128];
	const char *at = strstr(said, "notes@");
	assert_non_null(at);
	snprintf(head, sizeof(head), "%.*s", (int)strcspn(at, "\n"), at);
	expect(house, head, "unbroken");
	snprintf(other, sizeof(other), "%s", head);
	other[strlen(other) - 1] = other[strlen(other) - 1] == '0' ? '1' : '0';
	expect(house, other, "it is not the one that was remembered");
	tamper(house, "DELETE FROM audit WHERE (at, id) IN (SELECT audit_at, audit_id FROM "
		      "audit_seal WHERE " THE_ROWS " AND number >= (SELECT max(number) FROM "
		      "audit_seal WHERE " THE_ROWS ")); DELETE FROM audit_seal WHERE " THE_ROWS
		      " AND number >= (SELECT max(number) FROM audit_seal WHERE " THE_ROWS ")");
	expect(house, "notes", "unbroken");
	expect(house, head, "the newest rows were taken out");
	free(said);
}

/* The generic plan of a statement of the events room, as notes and its sessions (db/target.c) have
 * it. */
static char *plan_of(const struct house *house, const char *name, const char *values)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *text;
	const char *path =
		arena_printf(arena, "%s/services/events/sql/%s.sql", SOLEUS_SOURCE, name);
	assert_true(status_is_ok(command_read_file(arena, path, &text)));
	char *plan = house_query(
		house,
		arena_printf(
			arena,
			"SET ROLE notes; SET search_path = notes; SET plan_cache_mode = "
			"force_generic_plan; SET enable_seqscan = off; SET jit = off; PREPARE "
			"asked AS %s; CREATE FUNCTION pg_temp.plan() RETURNS text LANGUAGE "
			"plpgsql AS $f$ DECLARE line text; plan text := ''; BEGIN FOR line IN "
			"EXECUTE $e$EXPLAIN EXECUTE asked (%s)$e$ LOOP plan := plan || line || "
			"E'\\n'; END LOOP; RETURN plan; END $f$; SELECT pg_temp.plan()",
			text, values));
	arena_free(arena);
	return plan;
}

/* At a hundred million rows a page costs what a page of ten does. */
static void test_the_trail_is_read_by_indexes(void **state)
{
	static const struct {
		const char *name, *values, *needs;
	} statements[] = {
		{"audit_page", "NULL, NULL, NULL",
		 "Index Cond: ((organisation_id = $1) AND (at = audit_seal.audit_at) AND (id = "
		 "audit_seal.audit_id))"},
		{"audit_of_athlete", "NULL, NULL, NULL, 'infinity'", "AND (at < $4))\n"},
		{"audit_left_out", "NULL, 'infinity', '-infinity', 0, 10",
		 "Index Cond: ((organisation_id = $1) AND (at < $2) AND (ROW(at, id) > ROW($3, "
		 "$4)))"},
		{"audit_unsealed", "'0', 0, 10", "Index Cond: ((ROW(xid, id) > ROW($1, $2)) AND"},
	};
	tamper(*state,
	       "INSERT INTO audit (organisation_id, at, actor, method, athlete_id, traceparent) "
	       "SELECT md5((n % 40)::text)::uuid, date_trunc('month', now()) + n * interval '1 "
	       "minute', 'a', 'm', md5((n % 4000)::text)::uuid, '' FROM generate_series(1, 100000) "
	       "AS n; INSERT INTO audit_seal SELECT organisation_id, row_number() OVER (PARTITION "
	       "BY organisation_id ORDER BY id), at, id, decode(repeat('00', 32), 'hex') FROM "
	       "audit WHERE actor = 'a'; ANALYZE audit; ANALYZE audit_seal");
	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
		char *plan = plan_of(*state, statements[i].name, statements[i].values);
		if (strstr(plan, "Seq Scan") || !strstr(plan, statements[i].needs))
			fail_msg("%s: %s", statements[i].name, plan);
		free(plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_works),
		cmocka_unit_test(test_who_may_not_read_it_is_told_so),
		cmocka_unit_test(test_the_trail_is_read_by_indexes),
		cmocka_unit_test(test_each_crime_is_found),
		cmocka_unit_test(test_the_newest_rows_are_remembered),
	};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
