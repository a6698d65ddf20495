/* PostgreSQL for fibers: pipelined lanes, units, coalesced statements.
 *
 * A lane is one libpq connection in pipeline mode, non-blocking, on the loop. A unit is what stands
 * between two Syncs: its statements are one implicit transaction, sent in one flush, answered in
 * one round trip. A coalesced statement serves many callers at once: while a lane is idle a call
 * goes alone and at once; calls that come while all are busy form the next batch (group commit in
 * the application), one array for each parameter, one result row for each caller.
 *
 * Every unit begins with the tenants it may see (set_config(…, true), so it holds behind a pooler
 * and is gone after the Sync); row-level security reads it. Parameters are text, and so are results
 * but of statements that pack much into a bytea.
 *
 * Costs: a unit is one flush for all units of a loop turn; a lane's memory is libpq's two buffers.
 *
 *     struct db_unit *unit = db_unit_new(call->arena, call->organisation_id);
 *     DB_ADD(unit, &SQL_ROOM_FIND, request->room_id);
 *     struct status status = db_run(db, unit);
 *     if (!status_is_ok(status)) return status;
 *     const struct db_result *room = db_unit_result(unit, 0);
 */
#ifndef SOLEUS_DB_DB_H
#define SOLEUS_DB_DB_H

#include "base/arena.h"
#include "base/status.h"
#include "loop/fiber.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_unit;
struct db_result;

/* One statement, from one .sql file (scripts/embed-sql). `every_tenant` comes from the header line
 * "-- tenants: every": such a statement sees all organisations (publisher, due queue, migration
 * checks); `bulk` (slow readers) from "-- lane: bulk"; `binary` from "-- results: binary": its
 * columns are bytea or text, read by db_bytes and db_text alone. */
struct db_statement {
	const char *name; /* the file's name without .sql; also the prepared statement's name */
	const char *text;
	unsigned parameters; /* the highest $n in the text */
	bool every_tenant;
	bool bulk;
	bool binary;
};

/* A coalesced statement: `one` takes scalars and serves a lone call; `many` takes an array of text
 * for each parameter and returns a row for each caller whose first column is its ordinality,
 * beginning with 1. The other columns are those of `one`. `one` NULL: `many` with arrays of one.
 * A conflict of one caller must be a result, not an error (ON CONFLICT DO NOTHING). */
struct db_coalesced {
	const struct db_statement *one;
	const struct db_statement *many;
};

struct db_options {
	const char *url;         /* libpq connection string; several hosts are allowed */
	const char *application; /* application_name */
	const struct db_statement *const *const
		*statements;          /* NULL-ended list of NULL-ended lists */
	unsigned lanes;               /* for units and batches; 2 to 16 make sense */
	unsigned bulk_lanes;          /* for slow statements; 0: they share */
	unsigned batch_limit;         /* callers in one batch at most; 64 measured best */
	int64_t statement_timeout_us; /* the client's own timer for each unit */
	bool refuse_privileged;       /* fail when the role is superuser, BYPASSRLS or owner */
};

/* Begins to connect; lanes reconnect for ever with back-off and jitter (100 ms to 5 s). Returns
 * NULL in `ret_db` only when out of memory. `options` is copied, what it points to is not. */
struct status db_open(struct loop *loop, const struct db_options *options, struct db **ret_db);

/* True when at least one lane has prepared every statement. `ret_why` (may be NULL) says in a
 * static or db-owned text why not: it is overwritten by the next failure. */
bool db_is_ready(const struct db *db, const char **ret_why);

/* FIBER. Waits until ready; DEADLINE_EXCEEDED with the last reason after `timeout_us`;
 * FAILED_PRECONDITION at once when waiting cannot help (a privileged role, a statement that does
 * not prepare because the schema is older or newer). */
FIBER struct status db_wait_ready(struct db *db, int64_t timeout_us);

/* Units and calls that are queued or sent. For the drain. */
size_t db_in_flight(const struct db *db);

/* Closes the lanes; waiting callers get CANCELLED. To be called in DRAIN_CLOSE; memory is freed
 * once libuv has closed the handles, then `done(argument)`. A name look-up that hangs is waited for
 * a second: `done` comes without it, and what it needs is freed when it returns. Until then
 * loop_free says false, and exit() waits for it. */
void db_close(struct db *db, void (*done)(void *), void *argument);

/* A unit for one organisation; `tenant` NULL: no organisation, RLS then shows nothing. */
struct db_unit *db_unit_new(struct arena *arena, const char *tenant);

/* Adds a statement and remembers its values (copied into the arena; NULL is SQL NULL).
 * Returns the statement's index for db_unit_result. Asserts that `count` fits. */
size_t db_unit_add(struct db_unit *unit, const struct db_statement *statement,
		   const char *const *values, size_t count);

#define DB_ADD(unit, statement, ...)                                         \
	db_unit_add((unit), (statement), (const char *const[]){__VA_ARGS__}, \
		    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
#define DB_ADD0(unit, statement) db_unit_add((unit), (statement), NULL, 0)

/* The arena of a unit: for what its values are made of. */
struct arena *db_unit_arena(struct db_unit *unit);

/* FIBER. Sends the unit and waits for its Sync, for the statement timeout or until the fiber's
 * deadline (fiber_deadline), whichever comes first. Deadlocks and serialization failures are tried
 * again (up to 5 times, with jitter). OK: committed, results are there until the arena ends.
 * RESOURCE_EXHAUSTED, unsent: the unit's arena has refused something, perhaps one of its values.
 * UNAVAILABLE "…": no lane, or the connection was lost with the outcome unknown (db_was_sent);
 * other codes by SQLSTATE (see sqlstate.h); the message names no value of any row. */
FIBER struct status db_run(struct db *db, struct db_unit *unit);

/* FIBER. Runs two units that only read, on two lanes where there are: each is a transaction with a
 * snapshot of its own, so a row that moves between them may be in both or in neither. Waits for
 * both; the status of `one` when it failed, else that of `other`, as db_run has it. For work that
 * costs the database more than a transaction does (0.1 ms). */
FIBER struct status db_run_two(struct db *db, struct db_unit *one, struct db_unit *other);

/* After a failed db_run: SQLSTATE of the first error ("" when there was none) and the name of the
 * constraint that failed ("" when none). Rules the words of a refusal, never shown. */
const char *db_unit_sqlstate(const struct db_unit *unit);
const char *db_unit_constraint(const struct db_unit *unit);

/* After UNAVAILABLE or DEADLINE_EXCEEDED: true when the unit may have been committed. */
bool db_unit_outcome_unknown(const struct db_unit *unit);

const struct db_result *db_unit_result(const struct db_unit *unit, size_t index);

/* FIBER. One call of a coalesced statement for `tenant`. On OK `*ret_row` holds this caller's row
 * alone (row 0; columns as in `one`); it lives as long as `arena`. `values` must stay valid while
 * the fiber waits. A batch that fails is tried again caller by caller. */
FIBER struct status db_call(struct db *db, const struct db_coalesced *statement, const char *tenant,
			    const char *const *values, size_t count, struct arena *arena,
			    const struct db_result **ret_row);

/* Reading results. Columns count from 0; `db_result_column` finds one by name, asserting it. */
size_t db_result_rows(const struct db_result *result);
size_t db_result_affected(const struct db_result *result); /* of INSERT, UPDATE, DELETE */
unsigned db_result_column(const struct db_result *result, const char *name);
bool db_is_null(const struct db_result *result, size_t row, unsigned column);
const char *db_text(const struct db_result *result, size_t row, unsigned column); /* NULL: "" */
int64_t db_int(const struct db_result *result, size_t row, unsigned column);      /* NULL: 0 */
double db_double(const struct db_result *result, size_t row, unsigned column);
bool db_bool(const struct db_result *result, size_t row, unsigned column);
int64_t db_instant(const struct db_result *result, size_t row, unsigned column); /* timestamptz */
/* bytea: in place when the statement's results are binary, else decoded into `arena`; NULL when
 * that has no room. Lives as long as the result or the arena, whichever ends first. */
const uint8_t *db_bytes(const struct db_result *result, size_t row, unsigned column,
			struct arena *arena, size_t *ret_length);

/* Making values. All in the arena. db_id gives NULL for "" (an id that is not there). */
const char *db_from_int(struct arena *arena, int64_t number);
const char *db_from_double(struct arena *arena, double number);
const char *db_from_bool(bool value);
const char *db_from_instant(struct arena *arena, int64_t instant_us);
const char *db_from_bytes(struct arena *arena, const void *bytes, size_t length);
const char *db_from_texts(struct arena *arena, const char *const *texts, size_t count); /* array */
const char *db_id(const char *id);
/* The id before all ids: a page that begins at an instant begins behind it. */
#define DB_ID_LEAST "00000000-0000-0000-0000-000000000000"

#endif
