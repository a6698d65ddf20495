/* What goes wrong between us and the server: killed, frozen, stopped, replaced, not ours. */
#include "db_fixture.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ARENA_BYTES ((size_t)1 << 20)

static FIBER struct status run(struct fixture *fixture, const struct db_statement *statement,
			       const char *value, bool *ret_unknown)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
	db_unit_add(unit, statement, &value, value ? 1 : 0);
	struct status status = db_run(fixture->db, unit);
	if (ret_unknown)
		*ret_unknown = db_unit_outcome_unknown(unit);
	arena_free(arena);
	return status;
}

#define TERMINATE                                                              \
	"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity " \
	"WHERE application_name = 'db_test'"

/* --- a session is ended --- */

static FIBER void sleep_and_lose(struct fixture *fixture, unsigned number)
{
	bool unknown = false;
	if (number == 0) {
		EXPECT_CODE(STATUS_UNAVAILABLE, run(fixture, &SLEEP, "3", &unknown));
		EXPECT(!unknown); /* the server said that it undid it */
		return;
	}
	fiber_sleep_us(200000);
	cluster_query(fixture->cluster, fixture->database, TERMINATE);
}

static FIBER void terminate(struct fixture *fixture)
{
	fixture_crowd(fixture, 2, sleep_and_lose);
	EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
	for (int i = 0; i < 3; i++) {
		cluster_query(fixture->cluster, fixture->database, TERMINATE);
		fiber_sleep_us(100000);
		/* Waits for a new connection instead of failing. */
		EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
	}
}

static void test_an_ended_session_is_replaced(void **state)
{
	fixture_runs(*state, fixture_options(*state), terminate);
}

/* --- the server dies --- */

static FIBER void sleep_and_die(struct fixture *fixture, unsigned number)
{
	bool unknown = false;
	if (number < 3) {
		EXPECT_CODE(STATUS_UNAVAILABLE, run(fixture, &SLEEP, "3", &unknown));
		EXPECT(unknown);
		return;
	}
	fiber_sleep_us(200000);
	cluster_kill(fixture->cluster);
}

static FIBER void die(struct fixture *fixture)
{
	const char *why = NULL;
	fixture_crowd(fixture, 4, sleep_and_die);
	fiber_sleep_us(1500000);
	EXPECT(!db_is_ready(fixture->db, &why) && why && *why);
	int64_t begun_us = clock_monotonic_us();
	EXPECT_CODE(STATUS_UNAVAILABLE, run(fixture, &SLOT_LIST, NULL, NULL));
	EXPECT(clock_monotonic_us() - begun_us < 100000); /* at once */
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED, db_wait_ready(fixture->db, 100000));
	cluster_start(fixture->cluster);
	EXPECT_CODE(STATUS_OK, db_wait_ready(fixture->db, 10000000));
	EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
}

static void test_a_killed_server_comes_back(void **state)
{
	fixture_runs(*state, fixture_options(*state), die);
}

/* --- the server is silent --- */

static FIBER void freeze(struct fixture *fixture)
{
	bool unknown = false;
	cluster_freeze(fixture->cluster);
	int64_t begun_us = clock_monotonic_us();
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED, run(fixture, &SLOT_LIST, NULL, &unknown));
	int64_t took_us = clock_monotonic_us() - begun_us;
	EXPECT(unknown && took_us >= 500000 && took_us < 800000);
	fiber_sleep_us(300000);
	EXPECT(!db_is_ready(fixture->db, NULL)); /* the lane's own timer has seen it */
	cluster_thaw(fixture->cluster);
	EXPECT_CODE(STATUS_OK, db_wait_ready(fixture->db, 10000000));
	EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
}

static void test_a_frozen_server_is_noticed(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1;
	options.statement_timeout_us = 500000;
	fixture_runs(*state, options, freeze);
}

/* --- a commit that no standby has confirmed --- */

static FIBER void commit_or_cancel(struct fixture *fixture, unsigned number)
{
	struct cluster *cluster = fixture->cluster;
	if (number == 0) {
		struct arena *arena = arena_new(ARENA_BYTES);
		struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
		DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "7", "x");
		EXPECT_CODE(STATUS_UNAVAILABLE, db_run(fixture->db, unit));
		EXPECT(db_unit_outcome_unknown(unit));
		arena_free(arena);
		return;
	}
	for (int i = 0; i < 50; i++) {
		fiber_sleep_us(20000);
		if (strcmp(cluster_query(cluster, "postgres",
					 "SELECT count(pg_cancel_backend(pid)) FROM "
					 "pg_stat_activity WHERE wait_event = 'SyncRep'"),
			   "0") != 0)
			return;
	}
	EXPECT(!"a commit waits for its standby");
}

static FIBER void unconfirmed(struct fixture *fixture)
{
	struct cluster *cluster = fixture->cluster;
	cluster_query(cluster, "postgres", "ALTER SYSTEM SET synchronous_standby_names = 'none'");
	cluster_query(cluster, "postgres", "SELECT pg_reload_conf()");
	fiber_sleep_us(100000);
	fixture_crowd(fixture, 2, commit_or_cancel);
	cluster_query(cluster, "postgres", "ALTER SYSTEM RESET synchronous_standby_names");
	cluster_query(cluster, "postgres", "SELECT pg_reload_conf()");
	EXPECT(strcmp(cluster_query(cluster, fixture->database,
				    "SELECT count(*) FROM db_test.slot WHERE place = 7"),
		      "1") == 0);
	EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
}

static void test_an_unconfirmed_commit_is_not_acknowledged(void **state)
{
	fixture_runs(*state, fixture_options(*state), unconfirmed);
}

/* --- the schema moves on below us --- */

static FIBER void change(struct fixture *fixture)
{
	EXPECT_CODE(STATUS_OK, run(fixture, &WIDE_READ, NULL, NULL));
	cluster_query(fixture->cluster, fixture->database,
		      "ALTER TABLE db_test.wide ADD COLUMN more text");
	EXPECT_CODE(STATUS_OK, run(fixture, &WIDE_READ, NULL, NULL));
	cluster_query(fixture->cluster, fixture->database,
		      "ALTER TABLE db_test.wide DROP COLUMN more");
	EXPECT_CODE(STATUS_OK, run(fixture, &WIDE_READ, NULL, NULL));
}

static void test_a_stale_plan_is_prepared_anew(void **state)
{
	fixture_runs(*state, fixture_options(*state), change);
}

/* --- who may not start --- */

static const char *expected_words;

static FIBER void be_refused(struct fixture *fixture)
{
	const char *why = "";
	struct status status = db_wait_ready(fixture->db, 10000000);
	EXPECT_CODE(STATUS_FAILED_PRECONDITION, status);
	EXPECT(status.message && strstr(status.message, expected_words));
	EXPECT(!db_is_ready(fixture->db, &why) && strstr(why, expected_words));
	EXPECT_CODE(STATUS_UNAVAILABLE, run(fixture, &SLOT_LIST, NULL, NULL));
}

static void test_privileged_roles_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct db_options options = fixture_options(fixture);
	cluster_query(
		fixture->cluster, fixture->database,
		"CREATE ROLE over LOGIN BYPASSRLS; CREATE ROLE heir LOGIN IN ROLE soleus_owner;"
		"ALTER ROLE over SET search_path = db_test; ALTER ROLE heir SET search_path = "
		"db_test; GRANT USAGE ON SCHEMA db_test TO over, heir");
	const char *const refused[][2] = {
		{"postgres", "is a superuser"},
		{"over", "has BYPASSRLS"},
		{"heir", "owns tables"},
	};
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		options.url = cluster_url(fixture->cluster, refused[i][0], fixture->database);
		expected_words = refused[i][1];
		fixture_runs_at_once(fixture, options, be_refused);
	}
}

static void test_a_wrong_schema_is_named(void **state)
{
	static const struct db_statement missing = {.name = "ghost_find",
						    .text = "SELECT name FROM ghost"};
	static const struct db_statement *const list[] = {&missing, NULL};
	static const struct db_statement *const *const lists[] = {list, NULL};
	struct db_options options = fixture_options(*state);
	options.statements = lists;
	expected_words = "ghost_find does not fit the schema";
	fixture_runs_at_once(*state, options, be_refused);
}

static void test_a_url_that_is_none_is_refused(void **state)
{
	struct db_options options = fixture_options(*state);
	struct db *db = NULL;
	options.url = "host==secret password";
	struct status status = db_open(NULL, &options, &db);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_null(strstr(status.message, "secret"));
}

/* The first host does not answer, the second does: the list is turned. */
static FIBER void be_ready(struct fixture *fixture)
{
	EXPECT_CODE(STATUS_OK, run(fixture, &SLOT_LIST, NULL, NULL));
}

static void test_the_next_host_is_tried(void **state)
{
	struct fixture *fixture = *state;
	struct db_options options = fixture_options(fixture);
	char url[256];
	const char *socket = strchr(options.url, '=') + 1;
	snprintf(url, sizeof(url), "host=/tmp/no-such-folder,%s", socket);
	options.url = url;
	fixture_runs(fixture, options, be_ready);
}

/* --- the end while calls wait --- */

static FIBER void sleep_through_the_end(struct fixture *fixture, unsigned number)
{
	(void)number;
	EXPECT_CODE(STATUS_CANCELLED, run(fixture, &SLEEP, "3", NULL));
	EXPECT_CODE(STATUS_CANCELLED, run(fixture, &SLEEP, "3", NULL));
	EXPECT_CODE(STATUS_CANCELLED, db_wait_ready(fixture->db, 1000000));
}

static FIBER void leave(struct fixture *fixture)
{
	loop_stop_begin(fixture->loop);
	fixture_crowd(fixture, 40, sleep_through_the_end);
}

static void test_waiting_callers_are_cancelled_at_the_end(void **state)
{
	fixture_runs(*state, fixture_options(*state), leave);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_ended_session_is_replaced),
		cmocka_unit_test(test_a_killed_server_comes_back),
		cmocka_unit_test(test_a_frozen_server_is_noticed),
		cmocka_unit_test(test_an_unconfirmed_commit_is_not_acknowledged),
		cmocka_unit_test(test_a_stale_plan_is_prepared_anew),
		cmocka_unit_test(test_privileged_roles_are_refused),
		cmocka_unit_test(test_a_wrong_schema_is_named),
		cmocka_unit_test(test_a_url_that_is_none_is_refused),
		cmocka_unit_test(test_the_next_host_is_tried),
		cmocka_unit_test(test_waiting_callers_are_cancelled_at_the_end),
	};
	return cmocka_run_group_tests_name("losses", tests, fixture_open, fixture_close);
}
