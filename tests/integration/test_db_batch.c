/* Coalesced statements: many callers, one commit, each its own row. */
#include "db_fixture.h"

#include "base/clock.h"

#include "base/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARENA_BYTES ((size_t)1 << 20)
#define CROWD       1000
#define PLACES      100

static const struct db_coalesced *statement; /* of the test that runs */
static unsigned got;
static unsigned refused;

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
	got = refused = 0;
}

static FIBER size_t taken(struct fixture *fixture, const char *tenant)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct db_unit *unit = db_unit_new(arena, tenant);
	DB_ADD0(unit, &SLOT_LIST);
	EXPECT_CODE(STATUS_OK, db_run(fixture->db, unit));
	size_t rows = db_result_rows(db_unit_result(unit, 0));
	arena_free(arena);
	return rows;
}

/* The value of a counter, from what Prometheus would read. */
static long counter(const char *name)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	char line[128];
	snprintf(line, sizeof(line), "\n%s ", name);
	const char *at = strstr(metrics_text(arena), line);
	long value = at ? strtol(at + strlen(line), NULL, 10) : 0;
	arena_free(arena);
	return value;
}

static FIBER struct status call(struct fixture *fixture, const char *tenant,
				const char *organisation, const char *place, const char *owner,
				bool *ret_got)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	const char *const values[] = {organisation, place, owner};
	const struct db_result *row = NULL;
	struct status status = db_call(fixture->db, statement, tenant, values, 3, arena, &row);
	if (status_is_ok(status)) {
		EXPECT(db_result_rows(row) == 1);
		EXPECT(strcmp(db_text(row, 0, db_result_column(row, "owner")), owner) == 0);
		EXPECT(strcmp(db_text(row, 0, 0), place) == 0);
		*ret_got = db_bool(row, 0, db_result_column(row, "got"));
	}
	arena_free(arena);
	return status;
}

/* Ten callers want each place, in an order that shifts from batch to batch. */
static FIBER void want(struct fixture *fixture, unsigned number)
{
	char place[16], owner[40];
	bool mine = false;
	const char *organisation = number % 2 ? ORGANISATION_A : ORGANISATION_B;
	snprintf(place, sizeof(place), "%u", number * 7 % PLACES);
	snprintf(owner, sizeof(owner), "caller {%u}, \"quoted\\\"", number);
	EXPECT_CODE(STATUS_OK, call(fixture, organisation, organisation, place, owner, &mine));
	got += mine;
}

static FIBER void crowd(struct fixture *fixture)
{
	clear(fixture);
	long batches = counter("soleus_db_batches_total");
	fixture_crowd(fixture, CROWD, want);
	batches = counter("soleus_db_batches_total") - batches;
	EXPECT(got == PLACES);
	EXPECT(taken(fixture, ORGANISATION_A) + taken(fixture, ORGANISATION_B) == PLACES);
	EXPECT(batches >= CROWD / 64 && batches <= CROWD / 16);
	EXPECT(db_in_flight(fixture->db) == 0);
}

static void test_a_thousand_callers_each_get_their_row(void **state)
{
	statement = &SLOT_CALL;
	fixture_runs(*state, fixture_options(*state), crowd);
	statement = &SLOT_CALL_MANY;
	fixture_runs(*state, fixture_options(*state), crowd);
}

static FIBER void alone(struct fixture *fixture)
{
	bool mine = false;
	clear(fixture);
	EXPECT_CODE(STATUS_OK, call(fixture, ORGANISATION_A, ORGANISATION_A, "1", "x", &mine));
	EXPECT(mine);
	EXPECT_CODE(STATUS_OK, call(fixture, ORGANISATION_A, ORGANISATION_A, "1", "y", &mine));
	EXPECT(!mine);
	EXPECT_CODE(STATUS_INVALID_ARGUMENT,
		    call(fixture, ORGANISATION_A, ORGANISATION_A, "2", "poison", &mine));
	EXPECT_CODE(STATUS_PERMISSION_DENIED,
		    call(fixture, ORGANISATION_A, ORGANISATION_B, "2", "stranger", &mine));
}

static void test_a_lone_call_goes_alone(void **state)
{
	statement = &SLOT_CALL;
	fixture_runs(*state, fixture_options(*state), alone);
	statement = &SLOT_CALL_MANY;
	fixture_runs(*state, fixture_options(*state), alone);
}

/* The database never sees the call of somebody who has gone. */
static FIBER void too_late(struct fixture *fixture)
{
	bool mine = false;
	clear(fixture);
	fiber_deadline_set(clock_monotonic_us());
	EXPECT_CODE(STATUS_DEADLINE_EXCEEDED,
		    call(fixture, ORGANISATION_A, ORGANISATION_A, "1", "x", &mine));
	fiber_deadline_set(INT64_MAX);
	EXPECT(taken(fixture, ORGANISATION_A) == 0);
}

static void test_a_call_ends_by_its_fibers_deadline(void **state)
{
	statement = &SLOT_CALL;
	fixture_runs(*state, fixture_options(*state), too_late);
}

static const char *poison_word;
static enum status_code poison_code;

static FIBER void want_with_poison(struct fixture *fixture, unsigned number)
{
	char place[16], owner[16];
	bool mine = false;
	snprintf(place, sizeof(place), "%u", number);
	snprintf(owner, sizeof(owner), number == 30 ? poison_word : "n%u", number);
	struct status status = call(fixture, ORGANISATION_A, ORGANISATION_A, place, owner, &mine);
	EXPECT_CODE(number == 30 ? poison_code : STATUS_OK, status);
	got += mine;
	refused += !status_is_ok(status);
}

static FIBER void poison(struct fixture *fixture)
{
	clear(fixture);
	fixture_crowd(fixture, 60, want_with_poison);
	EXPECT(got == 59 && refused == 1);
	EXPECT(taken(fixture, ORGANISATION_A) == 59);
}

static void test_a_poison_member_fails_alone(void **state)
{
	poison_word = "poison";
	poison_code = STATUS_INVALID_ARGUMENT;
	statement = &SLOT_CALL;
	fixture_runs(*state, fixture_options(*state), poison);
	statement = &SLOT_CALL_MANY;
	fixture_runs(*state, fixture_options(*state), poison);
}

/* A limit is one organisation's, and not the server's. */
static void test_a_member_at_its_limit_fails_alone(void **state)
{
	poison_word = "one too many";
	poison_code = STATUS_RESOURCE_EXHAUSTED;
	statement = &SLOT_CALL;
	fixture_runs(*state, fixture_options(*state), poison);
}

/* Units keep coming on the only lane: the batch must not starve, nor they. */
static unsigned units_left;

static FIBER void mix(struct fixture *fixture, unsigned number)
{
	if (number < 40) {
		for (int i = 0; i < 50; i++)
			taken(fixture, ORGANISATION_B);
		units_left--;
		return;
	}
	want_with_poison(fixture, number);
	EXPECT(units_left > 0);
}

static FIBER void compete(struct fixture *fixture)
{
	clear(fixture);
	units_left = 40;
	fixture_crowd(fixture, 80, mix);
	EXPECT(got == 40);
}

static void test_batches_and_units_share_a_lane(void **state)
{
	struct db_options options = fixture_options(*state);
	options.lanes = 1;
	statement = &SLOT_CALL;
	fixture_runs(*state, options, compete);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_thousand_callers_each_get_their_row),
		cmocka_unit_test(test_a_lone_call_goes_alone),
		cmocka_unit_test(test_a_poison_member_fails_alone),
		cmocka_unit_test(test_a_member_at_its_limit_fails_alone),
		cmocka_unit_test(test_batches_and_units_share_a_lane),
		cmocka_unit_test(test_a_call_ends_by_its_fibers_deadline),
	};
	return cmocka_run_group_tests_name("coalesced statements", tests, fixture_open,
					   fixture_close);
}
