/* The work of a lane: units out, results in, in order. */
#include "db/lane.h"

#include "base/clock.h"
#include "db/pool.h"
#include "db/sqlstate.h"
#include "db_sql.h"

#include <assert.h>
#include <string.h>

static struct flight *oldest(struct lane *lane)
{
	return lane->count > 0 ? &lane->flights[lane->first] : 0;
}

/* The oldest unit's time runs from when it became the oldest: those before it have been answered.
 */
static void time_oldest(struct lane *lane)
{
	lane_limit(lane, lane->count > 0 ? lane->db->options.statement_timeout_us : -1);
}

/* --- Out --- */

static bool send_statement(struct lane *lane, const struct db_statement *statement,
			   const char *const *values)
{
	return PQsendQueryPrepared(lane->conn, statement->name, (int)statement->parameters, values,
				   0, 0, statement->binary);
}

static bool send_statements(struct lane *lane, const struct db_unit *unit)
{
	const char *const begin[] = {unit->tenants, unit->every_tenant ? "on" : ""};
	if (!send_statement(lane, &SQL_DB_UNIT_BEGIN, begin))
		return false;
	for (unsigned i = 0; i < unit->count; i++)
		if (!send_statement(lane, unit->statements[i].statement,
				    unit->statements[i].values))
			return false;
	return true;
}

/* Before libpq 17 a Sync is flushed with what stands before it. */
static bool send_sync(struct lane *lane)
{
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
	return PQsendPipelineSync(lane->conn);
#else
	return PQpipelineSync(lane->conn);
#endif
}

static void take_off(struct lane *lane, struct db_unit *unit)
{
	assert(lane_has_room(lane));
	lane->flights[(lane->first + lane->count++) % LANE_DEPTH] =
		(struct flight){.unit = unit, .expected = 1 + unit->count};
	unit->state = UNIT_SENT;
	unit->lane = lane;
	unit->sent_us = clock_monotonic_us();
	if (lane->state == LANE_IDLE) {
		lane_enter(lane, LANE_BUSY);
		time_oldest(lane);
	}
	lane->unflushed = true;
}

void pipeline_send(struct lane *lane, struct db_unit *unit)
{
	if (!send_statements(lane, unit)) {
		/* Without its Sync nothing of it is ever committed. */
		unit_fail(unit, status_error(STATUS_UNAVAILABLE, "the database was not reached"),
			  false);
		lane_lose(lane, PQerrorMessage(lane->conn), false);
		return;
	}
	take_off(lane, unit);
	if (!send_sync(lane))
		lane_lose(lane, PQerrorMessage(lane->conn), false);
}

void pipeline_flush(struct lane *lane)
{
	lane->unflushed = false;
	int left = PQflush(lane->conn);
	if (left < 0)
		lane_lose(lane, PQerrorMessage(lane->conn), false);
	else
		lane_watch(lane, UV_READABLE | (left ? UV_WRITABLE : 0));
}

/* --- In --- */

static void land(struct lane *lane)
{
	struct flight flight = *oldest(lane);
	lane->first = (lane->first + 1) % LANE_DEPTH;
	if (--lane->count == 0)
		lane_enter(lane, LANE_IDLE);
	time_oldest(lane);
	pool_wake(lane->db);
	if (!flight.unit)
		return;
	if (flight.unsynchronised)
		unit_fail(flight.unit,
			  status_error(STATUS_UNAVAILABLE,
				       "no standby has confirmed the change: outcome unknown"),
			  true);
	else if (flight.refused)
		unit_fail(flight.unit, sqlstate_status(flight.unit->sqlstate), false);
	else
		unit_succeed(flight.unit);
}

/* True when `error` says that the transaction was undone. The end of the session tells nothing of a
 * commit that stood only before its confirmation, a fault that libpq found itself nothing at all.
 */
static bool is_refusal(const struct flight *flight, const PGresult *error)
{
	const char *severity = PQresultErrorField(error, PG_DIAG_SEVERITY_NONLOCALIZED);
	if (!severity)
		return false;
	return strcmp(severity, "ERROR") == 0 || flight->answered < flight->expected;
}

static void take_error(struct lane *lane, struct flight *flight, const PGresult *error)
{
	const char *sqlstate = PQresultErrorField(error, PG_DIAG_SQLSTATE);
	/* The name in the source is the same in every language. */
	const char *function = PQresultErrorField(error, PG_DIAG_SOURCE_FUNCTION);
	bool stale_plan = function && strcmp(function, "RevalidateCachedQuery") == 0;
	if (stale_plan || (sqlstate && sqlstate_spoils_lane(sqlstate)))
		lane->spoiled = true;
	/* libpq adds an error of its own when the server hangs up after its last words. */
	flight->refused = flight->refused || is_refusal(flight, error);
	if (!flight->unit)
		return;
	unit_take_error(flight->unit, error);
	flight->unit->again = stale_plan || (sqlstate && sqlstate_heals(sqlstate));
}

/* One result of the oldest unit, which is cleared or handed on. False for a surprise. */
static bool take_result(struct lane *lane, PGresult *result)
{
	struct flight *flight = oldest(lane);
	if (!result) {
		/* A commit that is refused (a deferred constraint) has a NULL of its own. */
		if (flight->answered < flight->expected)
			flight->answered++;
		else if (!flight->refused || flight->ended)
			return false;
		else
			flight->ended = true;
		return true;
	}
	switch (PQresultStatus(result)) {
	case PGRES_TUPLES_OK:
	case PGRES_COMMAND_OK:
		if (flight->answered == flight->expected)
			break;
		if (flight->unit && flight->answered > 0)
			unit_take_result(flight->unit, flight->answered - 1, result);
		else
			PQclear(result);
		return true;
	case PGRES_FATAL_ERROR:
		take_error(lane, flight, result);
		PQclear(result);
		return true;
	case PGRES_PIPELINE_ABORTED:
		PQclear(result);
		return flight->refused;
	case PGRES_PIPELINE_SYNC:
		PQclear(result);
		if (flight->answered != flight->expected)
			return false;
		land(lane);
		return true;
	default:
		break;
	}
	PQclear(result);
	return false;
}

/* Whatever has come whole. False for a surprise. */
static bool take_all(struct lane *lane)
{
	bool over = false;
	while (!PQisBusy(lane->conn)) {
		if (lane->state == LANE_IDLE)
			return true;
		if (lane->state == LANE_BUSY) {
			if (!take_result(lane, PQgetResult(lane->conn)))
				return false;
			continue;
		}
		if (!prepare_take(lane, PQgetResult(lane->conn), &over))
			return false;
		if (over)
			lane_up(lane);
	}
	return true;
}

void pipeline_turn(struct lane *lane, int events)
{
	/* What came before the end of a connection still counts: a commit may be among it. */
	bool alive = !(events & UV_READABLE) || PQconsumeInput(lane->conn);
	bool expected = take_all(lane);
	if (!alive || PQstatus(lane->conn) == CONNECTION_BAD)
		lane_lose(lane, PQerrorMessage(lane->conn), false);
	else if (!expected)
		lane_lose(lane, "the database answered what nobody asked", false);
	else if (lane->spoiled && lane->count == 0)
		lane_lose(lane, "the connection no longer fits the database", false);
	else
		pipeline_flush(lane);
}

/* A cancelled wait for the standby comes as a warning of a transaction that says it succeeded. It
 * stands between the last result and the Sync, so it is the oldest unit's. */
void pipeline_notice(void *argument, const PGresult *notice)
{
	struct lane *lane = argument;
	const char *function = PQresultErrorField(notice, PG_DIAG_SOURCE_FUNCTION);
	const char *words = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
	bool unsynchronised = (function && strcmp(function, "SyncRepWaitForLSN") == 0) ||
			      (words && strstr(words, "wait for synchronous replication"));
	if (unsynchronised && oldest(lane))
		oldest(lane)->unsynchronised = true;
}

/* --- Leaving --- */

void pipeline_forget(struct lane *lane, const struct db_unit *unit)
{
	for (unsigned i = 0; i < lane->count; i++) {
		struct flight *flight = &lane->flights[(lane->first + i) % LANE_DEPTH];
		if (flight->unit == unit)
			flight->unit = 0;
	}
}

static struct status lost(const struct lane *lane, const struct flight *flight, bool late)
{
	if (lane->state == LANE_CLOSED)
		return status_error(STATUS_CANCELLED, "the service is stopping: outcome unknown");
	if (flight->refused)
		return sqlstate_status(flight->unit->sqlstate);
	if (late)
		return status_error(STATUS_DEADLINE_EXCEEDED,
				    "the database did not answer in time: outcome unknown");
	return status_error(STATUS_UNAVAILABLE,
			    "the connection to the database was lost: outcome unknown");
}

void pipeline_fail_all(struct lane *lane, bool late)
{
	for (; lane->count > 0; lane->count--) {
		struct flight flight = *oldest(lane);
		lane->first = (lane->first + 1) % LANE_DEPTH;
		if (flight.unit)
			unit_fail(flight.unit, lost(lane, &flight, late), !flight.refused);
		late = false; /* only the oldest was waited for */
	}
	lane->unflushed = false;
}
