#include "db/unit.h"

#include "base/clock.h"
#include "base/random.h"
#include "db/pool.h"
#include "db/sqlstate.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ATTEMPTS       5
#define FIRST_PAUSE_US 2000 /* after a deadlock; doubled, half of it chance */

/* ---- Building ---- */

struct db_unit *unit_new(struct arena *arena, const char *const *tenants, size_t count)
{
	struct db_unit *unit = ARENA_NEW(arena, struct db_unit);
	if (!unit)
		abort(); /* less than a page: a budget that small is our mistake */
	unit->arena = arena;
	unit->tenants = count > 0 ? db_from_texts(arena, tenants, count) : "";
	unit->overflowed = !unit->tenants;
	unit->status = status_ok();
	return unit;
}

struct db_unit *db_unit_new(struct arena *arena, const char *tenant)
{
	return unit_new(arena, &tenant, tenant && *tenant ? 1 : 0);
}

struct arena *db_unit_arena(struct db_unit *unit)
{
	return unit->arena;
}

static bool grow(struct db_unit *unit)
{
	unsigned capacity = unit->capacity ? unit->capacity * 2 : 4;
	struct unit_statement *more = ARENA_ARRAY(unit->arena, capacity, struct unit_statement);
	if (!more)
		return false;
	if (unit->count > 0)
		memcpy(more, unit->statements, unit->count * sizeof(*more));
	unit->statements = more;
	unit->capacity = capacity;
	return true;
}

size_t db_unit_add(struct db_unit *unit, const struct db_statement *statement,
		   const char *const *values, size_t count)
{
	assert(unit->state == UNIT_OPEN);
	assert(count == statement->parameters);
	if (unit->count == unit->capacity && !grow(unit)) {
		unit->overflowed = true;
		return 0;
	}
	const char **copies = ARENA_ARRAY(unit->arena, count + 1, const char *);
	for (size_t i = 0; copies && i < count; i++) {
		copies[i] = values[i] ? arena_strdup(unit->arena, values[i]) : NULL;
		unit->overflowed = unit->overflowed || (values[i] && !copies[i]);
	}
	unit->overflowed = unit->overflowed || !copies;
	unit->every_tenant = unit->every_tenant || statement->every_tenant;
	unit->bulk = unit->bulk || statement->bulk;
	unit->statements[unit->count] =
		(struct unit_statement){.statement = statement, .values = copies};
	return unit->count++;
}

/* ---- The outcome ---- */

void unit_begin(struct db_unit *unit)
{
	assert(unit->state == UNIT_OPEN);
	unit->status = status_ok();
	unit->again = false;
	unit->outcome_unknown = false;
	unit->sqlstate[0] = '\0';
	unit->constraint[0] = '\0';
}

void unit_take_result(struct db_unit *unit, unsigned index, PGresult *pg)
{
	PQclear(unit->statements[index].pg);
	unit->statements[index].pg = pg;
}

void unit_take_error(struct db_unit *unit, const PGresult *error)
{
	const char *sqlstate = PQresultErrorField(error, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(error, PG_DIAG_CONSTRAINT_NAME);
	if (unit->sqlstate[0])
		return; /* the first failure counts */
	snprintf(unit->sqlstate, sizeof(unit->sqlstate), "%s", sqlstate ? sqlstate : "");
	snprintf(unit->constraint, sizeof(unit->constraint), "%s", constraint ? constraint : "");
}

static void end(struct db_unit *unit, struct status status)
{
	unit->status = status;
	unit->state = UNIT_OPEN;
	unit->lane = NULL;
	unit->done(unit);
}

void unit_succeed(struct db_unit *unit)
{
	for (unsigned i = 0; i < unit->count; i++) {
		unit->statements[i].result = result_own(unit->statements[i].pg, unit->arena);
		unit->statements[i].pg = NULL;
	}
	end(unit, status_ok());
}

void unit_fail(struct db_unit *unit, struct status status, bool outcome_unknown)
{
	for (unsigned i = 0; i < unit->count; i++) {
		PQclear(unit->statements[i].pg);
		unit->statements[i].pg = NULL;
	}
	unit->outcome_unknown = outcome_unknown;
	end(unit, status);
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
	assert(index < unit->count);
	return &unit->statements[index].result;
}

/* ---- Running ---- */

/* A fiber and the unit that it waits for. Lives on the fiber's stack. */
struct unit_waiter {
	struct db *db;
	struct db_unit *unit;
	struct fiber *fiber;
	struct loop_timer timer;
};

static void resume(void *argument)
{
	struct unit_waiter *waiter = argument;
	fiber_resume(waiter->fiber);
}

static void waiter_done(struct db_unit *unit)
{
	struct unit_waiter *waiter = unit->owner;
	loop_timer_stop(waiter->db->loop, &waiter->timer);
	/* Later: whoever answers is in the middle of a lane. */
	loop_defer(waiter->db->loop, resume, waiter);
}

static void waiter_late(void *argument)
{
	struct unit_waiter *waiter = argument;
	struct db_unit *unit = waiter->unit;
	bool sent = unit->state == UNIT_SENT;
	if (sent)
		pipeline_forget(unit->lane, unit);
	else
		pool_unqueue(waiter->db, unit);
	unit_fail(unit,
		  status_error(STATUS_DEADLINE_EXCEEDED,
			       sent ? "the database did not answer in time: outcome unknown"
				    : "the database was busy; nothing was sent"),
		  sent);
}

FIBER struct status unit_run_once(struct db *db, struct db_unit *unit, int64_t limit_us)
{
	struct unit_waiter waiter = {.db = db, .unit = unit, .fiber = fiber_current()};
	int64_t left_us = limit_us - clock_monotonic_us();
	unit_begin(unit);
	if (unit->overflowed)
		return unit->status =
			       status_error(STATUS_RESOURCE_EXHAUSTED,
					    "the request needs more memory than it may have");
	if (left_us <= 0)
		return unit->status = status_error(STATUS_DEADLINE_EXCEEDED,
						   "no time is left for the database");
	unit->done = waiter_done;
	unit->owner = &waiter;
	loop_timer_start(db->loop, &waiter.timer, left_us, 0, waiter_late, &waiter);
	pool_queue(db, unit);
	fiber_suspend();
	return unit->status;
}

FIBER struct status db_run_by(struct db *db, struct db_unit *unit, int64_t deadline_us)
{
	int64_t limit_us = clock_monotonic_us() + db->options.statement_timeout_us;
	int64_t pause_us = FIRST_PAUSE_US;
	struct status status;
	if (deadline_us > 0 && deadline_us < limit_us)
		limit_us = deadline_us;
	pool_enter(db);
	for (int attempt = 1;; attempt++, pause_us *= 2) {
		status = unit_run_once(db, unit, limit_us);
		if (status_is_ok(status) || !unit->again || attempt == ATTEMPTS || db->closing)
			break;
		fiber_sleep_us(pause_us / 2 + (int64_t)random_below((uint64_t)pause_us));
	}
	pool_leave(db);
	return status;
}

FIBER struct status db_run(struct db *db, struct db_unit *unit)
{
	return db_run_by(db, unit, 0);
}
