#include "db_fixture.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- schema and statements --- */

static const struct db_migration base = {
	"0001_base",
	"CREATE FUNCTION tenants() RETURNS uuid[] LANGUAGE sql STABLE AS\n"
	"$$ SELECT nullif(current_setting('soleus.tenants', true), '')::uuid[] $$;\n"
	"CREATE FUNCTION every_tenant() RETURNS boolean LANGUAGE sql STABLE AS\n"
	"$$ SELECT coalesce(current_setting('soleus.every_tenant', true), '') = 'on' $$;\n"
	"CREATE FUNCTION within_limit(owner text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN\n"
	"	IF owner = 'one too many' THEN\n"
	"		RAISE EXCEPTION USING ERRCODE = 'SL007', MESSAGE = 'limit';\n"
	"	END IF;\n"
	"	RETURN true;\n"
	"END $$;\n"
	"CREATE TABLE slot (organisation_id uuid NOT NULL, place int NOT NULL,\n"
	"	owner text NOT NULL CONSTRAINT slot_not_poison CHECK (owner <> 'poison'),\n"
	"	CHECK (within_limit(owner)),\n"
	"	CONSTRAINT slot_taken PRIMARY KEY (organisation_id, place));\n"
	"ALTER TABLE slot ENABLE ROW LEVEL SECURITY;\n"
	"ALTER TABLE slot FORCE ROW LEVEL SECURITY;\n"
	"CREATE POLICY tenant ON slot\n"
	"	USING (organisation_id = ANY ((SELECT tenants())::uuid[]) OR (SELECT "
	"every_tenant()))\n"
	"	WITH CHECK (organisation_id = ANY ((SELECT tenants())::uuid[]));\n"
	"CREATE TABLE pair (id int PRIMARY KEY, other int NOT NULL,\n"
	"	CONSTRAINT pair_other FOREIGN KEY (other) REFERENCES pair\n"
	"	DEFERRABLE INITIALLY DEFERRED);\n"
	"CREATE TABLE wide (number int NOT NULL);\n"
	"CREATE TABLE seen (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);\n"
	"GRANT SELECT, INSERT, UPDATE, DELETE ON slot, pair, wide, seen TO {{service}};\n",
};

const struct db_migration *const fixture_migrations[] = {&base, NULL};

#define STATEMENT(constant, name_, count, text_, ...) \
	const struct db_statement constant = {        \
		.name = (name_), .text = (text_), .parameters = (count), __VA_ARGS__}

STATEMENT(SLOT_TAKE, "slot_take", 3, "INSERT INTO slot VALUES ($1, $2, $3) RETURNING place");
STATEMENT(SLOT_LIST, "slot_list", 0, "SELECT place, owner FROM slot ORDER BY place");
STATEMENT(SLOT_ALL, "slot_all", 0, "SELECT place, owner FROM slot ORDER BY place",
	  .every_tenant = true);
STATEMENT(SLOT_PUT, "slot_put", 2, "UPDATE slot SET owner = $2 WHERE place = $1");
STATEMENT(SLOT_CLEAR, "slot_clear", 0, "DELETE FROM slot");
STATEMENT(SLEEP, "sleep", 1, "SELECT pg_sleep($1)");
STATEMENT(SLEEP_BULK, "sleep_bulk", 1, "SELECT pg_sleep($1)", .bulk = true);
STATEMENT(PAIR_ADD, "pair_add", 2, "INSERT INTO pair VALUES ($1, $2)");
STATEMENT(WIDE_READ, "wide_read", 0, "SELECT * FROM wide");
STATEMENT(ECHO, "echo", 5,
	  "SELECT $1::text AS words, $2::bytea AS bytes, $3::timestamptz AS at,\n"
	  "	$4::float8 AS number, ($5::text[])[2] AS second, array_length($5::text[], 1) AS "
	  "many,\n"
	  "	NULL::text AS nothing, true AS yes");
STATEMENT(ECHO_BINARY, "echo_binary", 2,
	  "SELECT $1::text AS words, $2::bytea AS bytes, NULL::bytea", .binary = true);
STATEMENT(BACKEND, "backend", 0, "SELECT pg_backend_pid()");
STATEMENT(slot_call_one, "slot_call_one", 3,
	  "WITH taken AS (INSERT INTO slot VALUES ($1::uuid, $2::int, $3::text)\n"
	  "	ON CONFLICT DO NOTHING RETURNING owner)\n"
	  "SELECT $2::int AS place, EXISTS (SELECT FROM taken) AS got, $3::text AS owner");
STATEMENT(slot_call_many, "slot_call_many", 3,
	  "WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[])\n"
	  "	WITH ORDINALITY AS a (organisation_id, place, owner, n)),\n"
	  "taken AS (INSERT INTO slot SELECT organisation_id, place, owner FROM asked\n"
	  "	ORDER BY organisation_id, place, n ON CONFLICT DO NOTHING RETURNING *)\n"
	  "SELECT n, place, EXISTS (SELECT FROM taken WHERE taken.organisation_id =\n"
	  "	asked.organisation_id AND taken.place = asked.place AND\n"
	  "	taken.owner = asked.owner) AS got, owner FROM asked ORDER BY n DESC");

const struct db_coalesced SLOT_CALL = {&slot_call_one, &slot_call_many};
const struct db_coalesced SLOT_CALL_MANY = {NULL, &slot_call_many};

static const struct db_statement *const statements[] = {
	&SLOT_TAKE,   &SLOT_LIST,  &SLOT_ALL,      &SLOT_PUT,       &SLOT_CLEAR,
	&SLEEP,       &SLEEP_BULK, &PAIR_ADD,      &WIDE_READ,      &ECHO,
	&ECHO_BINARY, &BACKEND,    &slot_call_one, &slot_call_many, NULL,
};
static const struct db_statement *const *const statement_lists[] = {statements, NULL};

/* --- cluster and database --- */

int fixture_open(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct arena *arena = arena_new(1 << 20);
	fixture->cluster = cluster_open(true);
	fixture->database = cluster_database(fixture->cluster);
	struct db_schema schema = {.name = "db_test", .migrations = fixture_migrations};
	struct status status =
		db_migrate(cluster_url(fixture->cluster, "postgres", fixture->database), &schema, 1,
			   clock_now_us(), NULL, arena);
	if (!status_is_ok(status))
		fprintf(stderr, "migrate: %s\n", status.message);
	arena_free(arena);
	*state = fixture;
	return status_is_ok(status) ? 0 : -1;
}

int fixture_close(void **state)
{
	struct fixture *fixture = *state;
	cluster_close(fixture->cluster);
	free(fixture);
	fiber_trim();
	return 0;
}

struct db_options fixture_options(struct fixture *fixture)
{
	return (struct db_options){
		.url = cluster_url(fixture->cluster, "db_test", fixture->database),
		.application = "db_test",
		.statements = statement_lists,
		.lanes = 2,
		.batch_limit = 64,
		.statement_timeout_us = 5000000,
		.refuse_privileged = true,
	};
}

/* --- running --- */

static unsigned failures;

void fixture_expect(bool condition, const char *file, int line, const char *words)
{
	if (condition)
		return;
	failures++;
	fprintf(stderr, "%s:%d: expected %s\n", file, line, words);
}

void fixture_expect_code(enum status_code wanted, struct status status, const char *file, int line)
{
	if (status.code == wanted)
		return;
	failures++;
	fprintf(stderr, "%s:%d: expected %s, got %s: %s\n", file, line, status_code_name(wanted),
		status_code_name(status.code), status.message ? status.message : "");
}

struct run {
	struct fixture *fixture;
	fixture_body *body;
	bool wait;
	bool closed;
};

static void run_body(void *argument)
{
	struct run *run = argument;
	struct status status = run->wait ? db_wait_ready(run->fixture->db, 10000000) : status_ok();
	EXPECT_CODE(STATUS_OK, status);
	if (status_is_ok(status))
		run->body(run->fixture);
	loop_stop_begin(run->fixture->loop);
}

static void closed(void *argument)
{
	((struct run *)argument)->closed = true;
}

static void begin_close(void *argument)
{
	struct run *run = argument;
	db_close(run->fixture->db, closed, run);
}

static bool is_closed(void *argument)
{
	return ((struct run *)argument)->closed;
}

static void runs(struct fixture *fixture, struct db_options options, fixture_body *body, bool wait)
{
	struct run run = {fixture, body, wait, false};
	failures = 0;
	fixture->options = options;
	fixture->loop = loop_new();
	assert_non_null(fixture->loop);
	assert_true(status_is_ok(db_open(fixture->loop, &fixture->options, &fixture->db)));
	loop_on_drain(fixture->loop, DRAIN_CLOSE, "db", begin_close, is_closed, &run);
	assert_true(status_is_ok(fiber_start(run_body, &run)));
	struct status drained = loop_run(fixture->loop);
	if (!status_is_ok(drained))
		fprintf(stderr, "drain: %s\n", drained.message);
	assert_true(status_is_ok(drained));
	assert_true(loop_free(fixture->loop));
	assert_int_equal(fiber_count(), 0);
	assert_int_equal(failures, 0);
}

void fixture_runs(struct fixture *fixture, struct db_options options, fixture_body *body)
{
	runs(fixture, options, body, true);
}

void fixture_runs_at_once(struct fixture *fixture, struct db_options options, fixture_body *body)
{
	runs(fixture, options, body, false);
}

struct member {
	struct fixture *fixture;
	FIBER void (*one)(struct fixture *fixture, unsigned number);
	unsigned number;
	unsigned *left;
	struct fiber_queue *all;
};

static void run_one(void *argument)
{
	struct member *member = argument;
	member->one(member->fixture, member->number);
	if (--*member->left == 0)
		fiber_wake_all(member->all);
}

FIBER void fixture_crowd(struct fixture *fixture, unsigned count,
			 FIBER void (*one)(struct fixture *fixture, unsigned number))
{
	struct fiber_queue all = {0};
	unsigned left = count;
	struct member *members = calloc(count, sizeof(*members));
	for (unsigned i = 0; i < count; i++) {
		members[i] = (struct member){fixture, one, i, &left, &all};
		EXPECT_CODE(STATUS_OK, fiber_start(run_one, &members[i]));
	}
	while (left > 0)
		fiber_wait(&all, -1);
	free(members);
}
