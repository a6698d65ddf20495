/* Units: one transaction, its tenant, its outcome. */
#include "db_fixture.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARENA_BYTES ((size_t)1 << 20)

static FIBER void clear(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	const char *const organisations[] = {ORGANISATION_A, ORGANISATION_B};
	for (int i = 0; i < 2; i++) {
		struct db_unit *unit = db_unit_new(arena, organisations[i]);
		DB_ADD0(unit, &SLOT_CLEAR);
		EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	}
	arena_free(arena);
}

/* --- values there and back --- */

static FIBER void echo(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	const unsigned char raw[] = {0, 1, 0x7f, 0x80, 0xff, '\\', '\''};
	const char *const texts[] = {"a,b", "q\"uo\\te {}", NULL, "NULL", ""};
	int64_t at = INT64_C(1795406733000001);
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &ECHO, "Grüße, 'x' \\ \"y\"\n",
			      db_from_bytes(arena, raw, sizeof(raw)), db_from_instant(arena, at),
			      db_from_double(arena, 0.1), db_from_texts(arena, texts, 5));
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	const struct db_result *row = db_unit_result(unit, index);
	size_t length = 0;
	const uint8_t *bytes = db_bytes(row, 0, db_result_column(row, "bytes"), arena, &length);
	EXPECT(db_result_rows(row) == 1);
	EXPECT(strcmp(db_text(row, 0, 0), "Grüße, 'x' \\ \"y\"\n") == 0);
	EXPECT(length == sizeof(raw) && memcmp(bytes, raw, length) == 0);
	EXPECT(db_instant(row, 0, 2) == at);
	EXPECT(db_double(row, 0, 3) == 0.1);
	EXPECT(strcmp(db_text(row, 0, 4), texts[1]) == 0);
	EXPECT(db_int(row, 0, 5) == 5);
	EXPECT(db_is_null(row, 0, 6) && strcmp(db_text(row, 0, 6), "") == 0);
	EXPECT(db_bool(row, 0, 7));
	arena_free(arena);
}

static FIBER void echo_binary(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	const unsigned char raw[] = {'\\', 'x', 0, 0xff};
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD(unit, &ECHO_BINARY, "Grüße", db_from_bytes(arena, raw, sizeof(raw)));
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	const struct db_result *row = db_unit_result(unit, index);
	size_t length = 9;
	EXPECT(strcmp(db_text(row, 0, 0), "Grüße") == 0);
	EXPECT(memcmp(db_bytes(row, 0, 1, arena, &length), raw, sizeof(raw)) == 0);
	EXPECT(length == sizeof(raw));
	EXPECT(db_is_null(row, 0, 2) && db_bytes(row, 0, 2, arena, &length) && length == 0);
	arena_free(arena);
}

static void test_values_come_back_as_they_went(void **state)
{
	fixture_runs(*state, fixture_options(*state), echo);
	fixture_runs(*state, fixture_options(*state), echo_binary);
}

/* --- two side by side --- */

static FIBER bool on_two_lanes(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *one = db_unit_new(arena, ORGANISATION_A);
	struct db_unit *other = db_unit_new(arena, ORGANISATION_A);
	DB_ADD0(one, &BACKEND);
	DB_ADD0(other, &BACKEND);
	EXPECT_CODE(STATUS_OK, db_run_two(fixture->db, one, other));
	bool two = strcmp(db_text(db_unit_result(one, 0), 0, 0),
			  db_text(db_unit_result(other, 0), 0, 0)) != 0;
	arena_free(arena);
	return two;
}

/* As soon as the second lane is up. */
static FIBER void run_two(struct fixture *fixture)
{
	bool two = false;
	for (int tries = 0; !two && tries < 5000; tries++) {
		two = on_two_lanes(fixture);
		fiber_sleep_us(1000);
	}
	EXPECT(two);
}

/* Whichever of the two fails. */
static FIBER void fail_of_two(struct fixture *fixture)
{
	for (int bad = 0; bad < 2; bad++) {
		struct arena *arena = arena_new(ARENA_BYTES);
		struct db_unit *units[] = {db_unit_new(arena, ORGANISATION_A),
					   db_unit_new(arena, ORGANISATION_A)};
		DB_ADD(units[bad], &SLEEP, "no number");
		DB_ADD0(units[!bad], &SLOT_LIST);
		EXPECT_CODE(STATUS_INVALID_ARGUMENT, db_run_two(fixture->db, units[0], units[1]));
		EXPECT(strcmp(db_unit_sqlstate(units[bad]), "22P02") == 0);
		EXPECT(db_result_rows(db_unit_result(units[!bad], 0)) == 0);
		arena_free(arena);
	}
}

static void test_two_units_run_side_by_side(void **state)
{
	fixture_runs(*state, fixture_options(*state), run_two);
	fixture_runs(*state, fixture_options(*state), clear);
	fixture_runs(*state, fixture_options(*state), fail_of_two);
}

/* --- tenants --- */

static FIBER size_t rows_seen(struct fixture *fixture, const char *tenant,
			      const struct db_statement *statement)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, tenant);
	DB_ADD0(unit, statement);
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	size_t rows = db_result_rows(db_unit_result(unit, 0));
	arena_free(arena);
	return rows;
}

static FIBER struct status take(struct fixture *fixture, const char *tenant, const char *owner)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, tenant);
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "1", owner);
	struct status status = db_run(fixture->db, unit);
	arena_free(arena);
	return status;
}

static FIBER void see(struct fixture *fixture)
{
	clear(fixture);
	EXPECT_CODE(STATUS_OK, take(fixture, ORGANISATION_A, "first"));
	EXPECT(rows_seen(fixture, ORGANISATION_A, &SLOT_LIST) == 1);
	EXPECT(rows_seen(fixture, NULL, &SLOT_LIST) == 0);
	EXPECT(rows_seen(fixture, "", &SLOT_LIST) == 0);
	EXPECT(rows_seen(fixture, ORGANISATION_B, &SLOT_LIST) == 0);
	EXPECT(rows_seen(fixture, NULL, &SLOT_ALL) == 1);
	EXPECT(rows_seen(fixture, NULL, &SLOT_LIST) == 0);
	EXPECT_CODE(STATUS_PERMISSION_DENIED, take(fixture, ORGANISATION_B, "stranger"));
	EXPECT_CODE(STATUS_PERMISSION_DENIED, take(fixture, NULL, "nobody"));
	/* Two ids in one text are no id: they must not become two organisations. */
	EXPECT_CODE(STATUS_INVALID_ARGUMENT,
		    take(fixture, ORGANISATION_A "," ORGANISATION_B, "forger"));
}

static void test_a_unit_sees_its_tenant_and_nothing_stays(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1; /* the same connection for all */
	fixture_runs(*state, options, see);
}

/* --- outcomes --- */

static FIBER void refuse(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	clear(fixture);
	struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "1", "first");
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "1", "second");
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "2", "third");
	EXPECT_CODE(STATUS_ALREADY_EXISTS, db_run(fixture->db, unit));
	EXPECT(strcmp(db_unit_sqlstate(unit), "23505") == 0);
	EXPECT(strcmp(db_unit_constraint(unit), "slot_taken") == 0);
	EXPECT(!db_unit_outcome_unknown(unit));
	EXPECT(rows_seen(fixture, ORGANISATION_A, &SLOT_LIST) == 0);

	unit = db_unit_new(arena, ORGANISATION_A);
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "no number", "x");
	EXPECT_CODE(STATUS_INVALID_ARGUMENT, db_run(fixture->db, unit));
	unit = db_unit_new(arena, ORGANISATION_A);
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "1", NULL);
	EXPECT_CODE(STATUS_INVALID_ARGUMENT, db_run(fixture->db, unit));
	arena_free(arena);
}

static void test_a_unit_is_one_transaction(void **state)
{
	fixture_runs(*state, fixture_options(*state), refuse);
}

static FIBER void commit_refused(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD(unit, &PAIR_ADD, "1", "2");
	EXPECT_CODE(STATUS_FAILED_PRECONDITION, db_run(fixture->db, unit));
	EXPECT(strcmp(db_unit_constraint(unit), "pair_other") == 0);
	EXPECT(!db_unit_outcome_unknown(unit));
	unit = db_unit_new(arena, NULL);
	DB_ADD(unit, &PAIR_ADD, "1", "2");
	DB_ADD(unit, &PAIR_ADD, "2", "1");
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	EXPECT(db_result_affected(db_unit_result(unit, 1)) == 1);
	arena_free(arena);
}

static void test_what_the_commit_refuses_is_refused(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1;
	fixture_runs(*state, options, commit_refused);
}

static FIBER void cross(struct fixture *fixture, unsigned number)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
	const char *own = number ? "second" : "first";
	DB_ADD(unit, &SLOT_PUT, number ? "2" : "1", own);
	DB_ADD(unit, &SLEEP, "0.2");
	DB_ADD(unit, &SLOT_PUT, number ? "1" : "2", own);
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	arena_free(arena);
}

static FIBER void deadlock(struct fixture *fixture)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	clear(fixture);
	struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "1", "x");
	DB_ADD(unit, &SLOT_TAKE, ORGANISATION_A, "2", "x");
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	fixture_crowd(fixture, 2, cross);
	arena_free(arena);
}

static void test_a_deadlock_is_tried_again(void **state)
{
	fixture_runs(*state, fixture_options(*state), deadlock);
}

/* The value has no room, all that comes after it has: NULL is not what was meant. */
static FIBER void lose_a_value(struct fixture *fixture)
{
	static const uint8_t photograph[3000];
	struct arena *arena = arena_new(4096);
	struct db_unit *unit = db_unit_new(arena, ORGANISATION_A);
	const char *value = db_from_bytes(arena, photograph, sizeof(photograph));
	EXPECT(!value);
	DB_ADD(unit, &ECHO, "words", value, NULL, NULL, NULL);
	EXPECT_CODE(STATUS_RESOURCE_EXHAUSTED, db_run(fixture->db, unit));
	const struct db_result *row;
	EXPECT_CODE(STATUS_RESOURCE_EXHAUSTED,
		    db_call(fixture->db, &SLOT_CALL, ORGANISATION_A,
			    (const char *const[]){ORGANISATION_A, "1", value}, 3, arena, &row));
	arena_free(arena);
}

static FIBER void outgrow(struct fixture *fixture)
{
	struct arena *tiny = arena_new(64);
	struct db_unit *unit = db_unit_new(tiny, ORGANISATION_A);
	DB_ADD0(unit, &SLOT_LIST);
	EXPECT_CODE(STATUS_RESOURCE_EXHAUSTED, db_run(fixture->db, unit));
	EXPECT(db_unit_arena(unit) == tiny); /* where its next values would be made */
	struct db_unit *other = db_unit_new(tiny, ORGANISATION_B);
	EXPECT(other != unit);
	struct arena *small = arena_new(1000);
	unit = db_unit_new(small, ORGANISATION_A);
	for (int i = 0; i < 100; i++)
		DB_ADD0(unit, &SLOT_LIST);
	EXPECT_CODE(STATUS_RESOURCE_EXHAUSTED, db_run(fixture->db, unit));
	arena_free(tiny);
	arena_free(small);
	lose_a_value(fixture);
}

static void test_memory_runs_out_before_anything_is_sent(void **state)
{
	fixture_runs(*state, fixture_options(*state), outgrow);
}

/* --- time --- */

static FIBER struct status sleep_by(struct fixture *fixture, const struct db_statement *statement,
				    const char *seconds, int64_t limit_us, bool *ret_unknown)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD(unit, statement, seconds);
	fiber_deadline_set(limit_us ? clock_monotonic_us() + limit_us : INT64_MAX);
	struct status status = db_run(fixture->db, unit);
	fiber_deadline_set(INT64_MAX);
	*ret_unknown = db_unit_outcome_unknown(unit);
	arena_free(arena);
	return status;
}

static FIBER void run_late(struct fixture *fixture)
{
	bool unknown;
	int64_t begun_us = clock_monotonic_us();
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED, sleep_by(fixture, &SLEEP, "0.5", 100000, &unknown));
	EXPECT(unknown && clock_monotonic_us() - begun_us < 300000);
	/* The lane goes on; this waits behind what is left of the first. */
	EXPECT_CODE(STATUS_OK, sleep_by(fixture, &SLEEP, "0", 0, &unknown));
	/* The server ends a slow statement itself, so the outcome is known. */
	begun_us = clock_monotonic_us();
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED, sleep_by(fixture, &SLEEP, "5", 0, &unknown));
	EXPECT(!unknown && clock_monotonic_us() - begun_us < 1000000);
	EXPECT(db_is_ready(fixture->db, NULL));
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED, sleep_by(fixture, &SLEEP, "0", -1, &unknown));
	EXPECT(!unknown);
}

static void test_every_unit_has_its_time(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1;
	options.statement_timeout_us = 1000000;
	fixture_runs(*state, options, run_late);
}

static FIBER void sleep_in_bulk(struct fixture *fixture, unsigned number)
{
	bool unknown;
	EXPECT_CODE(STATUS_OK, sleep_by(fixture, &SLEEP_BULK, number ? "0.3" : "0.2", 0, &unknown));
}

static FIBER void sleep_beside(struct fixture *fixture, unsigned number)
{
	bool unknown;
	if (number == 0) {
		fixture_crowd(fixture, 2, sleep_in_bulk);
		return;
	}
	int64_t begun_us = clock_monotonic_us();
	EXPECT_CODE(STATUS_OK, sleep_by(fixture, &SLEEP, "0", 0, &unknown));
	EXPECT(clock_monotonic_us() - begun_us < 150000);
}

static FIBER void keep_apart(struct fixture *fixture)
{
	fiber_sleep_us(100000); /* the bulk lane, too, is up */
	fixture_crowd(fixture, 4, sleep_beside);
}

static void test_slow_statements_have_lanes_of_their_own(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1;
	options.bulk_lanes = 1;
	fixture_runs(*state, options, keep_apart);
}

static FIBER void pass_through(struct fixture *fixture, unsigned number)
{
	(void)number;
	for (int i = 0; i < 20; i++)
		EXPECT(rows_seen(fixture, ORGANISATION_B, &SLOT_LIST) == 0);
}

static FIBER void crowd(struct fixture *fixture)
{
	fixture_crowd(fixture, 200, pass_through);
	EXPECT(db_in_flight(fixture->db) == 0);
}

static void test_many_units_share_two_lanes(void **state)
{
	fixture_runs(*state, fixture_options(*state), crowd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values_come_back_as_they_went),
		cmocka_unit_test(test_a_unit_sees_its_tenant_and_nothing_stays),
		cmocka_unit_test(test_a_unit_is_one_transaction),
		cmocka_unit_test(test_what_the_commit_refuses_is_refused),
		cmocka_unit_test(test_a_deadlock_is_tried_again),
		cmocka_unit_test(test_memory_runs_out_before_anything_is_sent),
		cmocka_unit_test(test_every_unit_has_its_time),
		cmocka_unit_test(test_slow_statements_have_lanes_of_their_own),
		cmocka_unit_test(test_many_units_share_two_lanes),
		cmocka_unit_test(test_two_units_run_side_by_side),
	};
	return cmocka_run_group_tests_name("units", tests, fixture_open, fixture_close);
}
