#include "db/unit.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "base/random.h"
#include "db/pool.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRIES          6 /* the first and five more */
#define FIRST_PAUSE_US INT64_C(2000)

static struct metric units = METRIC_COUNTER_BY("soleus_db_units_total", "outcome",
					       "Transactions, by the code of their outcome.");
static struct metric tried_again =
	METRIC_COUNTER("soleus_db_tried_again_total", "Transactions repeated after a deadlock.");
static struct metric unit_seconds = METRIC_HISTOGRAM(
	"soleus_db_unit_seconds",
	"From the sending of a transaction to its outcome, or to the end of patience.");
METRICS_FROM_THE_START(&units, &tried_again, &unit_seconds)

/* For the caller whose arena has no room even for a unit: it says so when it is run. Values can be
 * made for it, so it has its arena. */
static struct db_unit *unit_without_room(struct arena *arena)
{
	struct db_unit *unit = calloc(1, sizeof(*unit));
	if (!unit)
		abort(); /* as arena_defer does */
	arena_defer(arena, free, unit);
	*unit = (struct db_unit){.arena = arena, .tenants = "", .overflowed = true};
	return unit;
}

struct db_unit *unit_new(struct arena *arena, const char *const *tenants, size_t count)
{
	struct db_unit *unit = ARENA_NEW(arena, struct db_unit);
	if (!unit)
		return unit_without_room(arena);
	unit->arena = arena;
	unit->tenants = count > 0 ? db_from_texts(arena, tenants, count) : "";
	unit->overflowed = !unit->tenants;
	return unit;
}

struct db_unit *db_unit_new(struct arena *arena, const char *tenant)
{
	const char *id = db_id(tenant);
	return unit_new(arena, &id, id ? 1 : 0);
}

static bool make_room(struct db_unit *unit)
{
	if (unit->count < unit->capacity)
		return true;
	unsigned capacity = unit->capacity ? 2 * unit->capacity : 4;
	struct unit_statement *more = ARENA_ARRAY(unit->arena, capacity, struct unit_statement);
	if (!more)
		return false;
	if (unit->count > 0)
		memcpy(more, unit->statements, unit->count * sizeof(*more));
	unit->statements = more;
	unit->capacity = capacity;
	return true;
}

static const char *const *copy_values(struct arena *arena, const char *const *values, size_t count)
{
	const char **copies = ARENA_ARRAY(arena, count + 1, const char *);
	for (size_t i = 0; copies && i < count; i++) {
		if (!values[i])
			continue;
		copies[i] = arena_strdup(arena, values[i]);
		if (!copies[i])
			return 0;
	}
	return copies;
}

size_t db_unit_add(struct db_unit *unit, const struct db_statement *statement,
		   const char *const *values, size_t count)
{
	assert(count == statement->parameters);
	assert(unit->state == UNIT_OPEN);
	if (unit->overflowed)
		return 0;
	const char *const *copies = make_room(unit) ? copy_values(unit->arena, values, count) : 0;
	if (!copies) {
		unit->overflowed = true;
		return 0;
	}
	unit->every_tenant |= statement->every_tenant;
	unit->bulk |= statement->bulk;
	unit->statements[unit->count] =
		(struct unit_statement){.statement = statement, .values = copies};
	return unit->count++;
}

struct arena *db_unit_arena(struct db_unit *unit)
{
	return unit->arena;
}

/* --- What the lane reports --- */

void unit_begin(struct db_unit *unit)
{
	unit->status = status_ok();
	unit->again = false;
	unit->outcome_unknown = false;
	unit->sqlstate[0] = '\0';
	unit->constraint[0] = '\0';
	for (unsigned i = 0; i < unit->count; i++)
		unit->statements[i].result = (struct db_result){0};
}

void unit_take_result(struct db_unit *unit, unsigned index, PGresult *pg)
{
	assert(index < unit->count && !unit->statements[index].pg);
	unit->statements[index].pg = pg;
}

static void copy_field(char *to, size_t size, const PGresult *error, int field)
{
	const char *text = PQresultErrorField(error, field);
	snprintf(to, size, "%s", text ? text : "");
}

void unit_take_error(struct db_unit *unit, const PGresult *error)
{
	if (unit->sqlstate[0])
		return;
	copy_field(unit->sqlstate, sizeof(unit->sqlstate), error, PG_DIAG_SQLSTATE);
	copy_field(unit->constraint, sizeof(unit->constraint), error, PG_DIAG_CONSTRAINT_NAME);
}

static void drop_results(struct db_unit *unit)
{
	for (unsigned i = 0; i < unit->count; i++) {
		PQclear(unit->statements[i].pg);
		unit->statements[i].pg = 0;
	}
}

static void finish(struct db_unit *unit, struct status status)
{
	unit->status = status;
	metric_add(metric_with(&units, status_code_name(status.code)), 1);
	if (unit->state == UNIT_SENT)
		metric_observe_us(&unit_seconds, clock_monotonic_us() - unit->sent_us);
	unit->state = UNIT_OPEN;
	unit->lane = 0;
	unit->done(unit);
}

void unit_succeed(struct db_unit *unit)
{
	finish(unit, status_ok());
}

void unit_fail(struct db_unit *unit, struct status status, bool outcome_unknown)
{
	drop_results(unit);
	unit->outcome_unknown = outcome_unknown;
	finish(unit, status);
}

/* --- Running --- */

static void answered_caller(struct db_unit *unit)
{
	for (unsigned i = 0; status_is_ok(unit->status) && i < unit->count; i++) {
		struct unit_statement *statement = &unit->statements[i];
		statement->result = result_own(statement->pg, unit->arena);
		statement->pg = 0;
	}
	fiber_wake_all(unit->owner);
}

/* The caller's time is over. What was sent goes on without it. */
static struct status leave(struct db *db, struct db_unit *unit)
{
	bool sent = unit->state == UNIT_SENT;
	if (sent) {
		pipeline_forget(unit->lane, unit);
		metric_observe_us(&unit_seconds, clock_monotonic_us() - unit->sent_us);
	} else {
		pool_unqueue(db, unit);
	}
	drop_results(unit);
	unit->state = UNIT_OPEN;
	unit->lane = 0;
	unit->outcome_unknown = sent;
	unit->again = false;
	metric_add(metric_with(&units, status_code_name(STATUS_DEADLINE_EXCEEDED)), 1);
	return status_error(STATUS_DEADLINE_EXCEEDED,
			    sent ? "the database did not answer in time: outcome unknown"
				 : "the database was too busy to begin in time");
}

struct status unit_out_of_time(void)
{
	return status_error(STATUS_DEADLINE_EXCEEDED, "no time was left for the database");
}

FIBER struct status unit_run_once(struct db *db, struct db_unit *unit, int64_t limit_us)
{
	struct fiber_queue answered = {0};
	int64_t left_us = limit_us - clock_monotonic_us();
	unit_begin(unit);
	unit->status = left_us > 0 ? pool_refuses(db, unit->bulk) : unit_out_of_time();
	if (!status_is_ok(unit->status))
		return unit->status;
	unit->done = answered_caller;
	unit->owner = &answered;
	pool_queue(db, unit);
	if (!fiber_wait(&answered, left_us))
		unit->status = leave(db, unit);
	unit->done = 0;
	unit->owner = 0;
	return unit->status;
}

static int64_t pause_us(int tries)
{
	int64_t pause = FIRST_PAUSE_US << tries;
	return pause / 2 + (int64_t)random_below((uint64_t)pause);
}

FIBER struct status db_run(struct db *db, struct db_unit *unit)
{
	/* A value that found no room is NULL, as if that were meant. */
	if (unit->overflowed || arena_has_refused(unit->arena))
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the request needs too much memory");
	assert(unit->count > 0 && unit->state == UNIT_OPEN);
	int64_t limit_us = pool_limit_us(db);
	pool_enter(db);
	struct status status = unit_run_once(db, unit, limit_us);
	for (int tries = 1; unit->again && tries < TRIES; tries++) {
		int64_t pause = pause_us(tries);
		if (clock_monotonic_us() + pause >= limit_us)
			break;
		fiber_sleep_us(pause);
		metric_add(&tried_again, 1);
		status = unit_run_once(db, unit, limit_us);
	}
	pool_leave(db);
	return status;
}

const char *db_unit_sqlstate(const struct db_unit *unit)
{
	return unit->sqlstate;
}

const char *db_unit_constraint(const struct db_unit *unit)
{
	return unit->constraint;
}

bool db_unit_outcome_unknown(const struct db_unit *unit)
{
	return unit->outcome_unknown;
}

const struct db_result *db_unit_result(const struct db_unit *unit, size_t index)
{
	assert(index < unit->count && unit->statements[index].result.pg);
	return &unit->statements[index].result;
}
