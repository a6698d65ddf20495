/* A new connection's first exchange: who are we, and does every statement fit the schema? */
#include "db/lane.h"

#include "db/pool.h"
#include "db/sqlstate.h"
#include "db_sql.h"

#include <stdio.h>
#include <string.h>

/* The statement that the `index`th result answers; the role check comes first. NULL at the end. */
static const struct db_statement *statement_at(const struct db *db, unsigned index)
{
	if (index == 0)
		return &SQL_DB_ROLE_PRIVILEGE;
	if (index == 1)
		return &SQL_DB_UNIT_BEGIN;
	index -= 2;
	for (const struct db_statement *const *const *list = db->options.statements; list && *list;
	     list++)
		for (const struct db_statement *const *at = *list; *at; at++)
			if (index-- == 0)
				return *at;
	return 0;
}

bool prepare_send(struct lane *lane)
{
	const struct db_statement *statement = &SQL_DB_ROLE_PRIVILEGE;
	if (!PQsendQueryParams(lane->conn, statement->text, 0, 0, 0, 0, 0, 0))
		return false;
	for (unsigned i = 1; (statement = statement_at(lane->db, i)); i++)
		if (!PQsendPrepare(lane->conn, statement->name, statement->text, 0, 0))
			return false;
	return PQpipelineSync(lane->conn);
}

static bool is_allowed(struct lane *lane, const PGresult *result)
{
	if (!lane->db->options.refuse_privileged)
		return true;
	const char *privilege = PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "is not known";
	if (!*privilege)
		return true;
	lane->refused = true;
	snprintf(lane->why, sizeof(lane->why),
		 "the database role %s: one that row-level security holds for was expected",
		 privilege);
	return false;
}

static void refuse(struct lane *lane, const PGresult *error)
{
	const char *sqlstate = PQresultErrorField(error, PG_DIAG_SQLSTATE);
	const char *words = PQresultErrorField(error, PG_DIAG_MESSAGE_PRIMARY);
	const struct db_statement *statement = statement_at(lane->db, lane->prepared);
	lane->refused = sqlstate && sqlstate_is_lasting(sqlstate);
	snprintf(lane->why, sizeof(lane->why), "statement %s does not fit the schema: %s (%s)",
		 statement ? statement->name : "?", words ? words : "no reason given",
		 sqlstate ? sqlstate : "?");
}

/* libpq gives a NULL after each statement's result, none after the Sync's. */
bool prepare_take(struct lane *lane, PGresult *result, bool *ret_over)
{
	if (!result) {
		lane->prepared++;
		return true;
	}
	bool good = true;
	switch (PQresultStatus(result)) {
	case PGRES_TUPLES_OK:
		good = is_allowed(lane, result);
		break;
	case PGRES_COMMAND_OK:
		break;
	case PGRES_PIPELINE_SYNC:
		*ret_over = true;
		break;
	case PGRES_FATAL_ERROR:
		refuse(lane, result);
		good = false;
		break;
	default:
		good = false;
		break;
	}
	PQclear(result);
	return good;
}
