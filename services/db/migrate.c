#include "db/migrate.h"

#include "base/clock.h"
#include "base/text.h"
#include "db/sqlstate.h"
#include "db_ledger_sql.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct migration_run {
	PGconn *connection;
	struct arena *arena;
	const struct db_schema *schema;
	const char *service;     /* quoted name */
	const char *literal;     /* quoted text */
	const char *literal_now; /* quoted instant */
	void (*progress)(const char *schema, const char *file);
};

/* The server's own words: an operator reads them, and no row of a clinic is in them. */
static struct status failed(struct migration_run *run, const char *what, PGresult *result)
{
	const char *words = result ? PQresultErrorMessage(result) : PQerrorMessage(run->connection);
	struct status status = status_errorf(run->arena, STATUS_FAILED_PRECONDITION, "%s: %s", what,
					     words && *words ? words : "no connection");
	PQclear(result);
	return status;
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static struct status execute(struct migration_run *run, const char *what, const char *text)
{
	PGresult *result = PQexec(run->connection, text);
	if (!is_good(result))
		return failed(run, what, result);
	PQclear(result);
	return status_ok();
}

/* `text` with each {{token}} replaced. */
static const char *fill(struct migration_run *run, const char *text)
{
	const struct {
		const char *token;
		const char *value;
	} tokens[] = {
		{"{{service}}", run->service},
		{"{{literal}}", run->literal},
		{"{{literal_now}}", run->literal_now},
	};
	const char *filled = "";
	while (*text) {
		const char *brace = strstr(text, "{{");
		size_t length = brace ? (size_t)(brace - text) : strlen(text);
		const char *value = "";
		size_t skipped = 0;
		for (size_t i = 0; brace && i < sizeof(tokens) / sizeof(tokens[0]); i++) {
			size_t token = strlen(tokens[i].token);
			if (strncmp(brace, tokens[i].token, token) == 0) {
				value = tokens[i].value;
				skipped = token;
			}
		}
		if (brace && skipped == 0) { /* braces of the text's own */
			value = "{{";
			skipped = 2;
		}
		filled = arena_printf(run->arena, "%s%.*s%s", filled, (int)length, text, value);
		text += length + skipped;
	}
	return filled;
}

static const char *quoted(struct migration_run *run, char *made)
{
	const char *copy = arena_strdup(run->arena, made ? made : "");
	PQfreemem(made);
	return copy;
}

/* FNV-1a over the file: tells an edited file from the applied one, nothing more. */
static const char *hash_of(struct arena *arena, const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return arena_printf(arena, "%016llx", (unsigned long long)hash);
}

static struct status set_password(struct migration_run *run)
{
	const char *password = run->schema->password;
	if (!password)
		return status_ok();
	const char *literal =
		quoted(run, PQescapeLiteral(run->connection, password, strlen(password)));
	return execute(
		run, "password",
		arena_printf(run->arena, "ALTER ROLE %s PASSWORD %s", run->service, literal));
}

/* Files are one history: those of the events room, then the service's. Their names in the ledger
 * say which: "events/0001_events", "notes/0001_notes". */
static const char *ledger_name(struct migration_run *run, bool common, const char *file)
{
	return arena_printf(run->arena, "%s/%s", common ? "events" : run->schema->name, file);
}

static const char *applied_hash(const PGresult *applied, const char *name)
{
	for (int row = 0; row < PQntuples(applied); row++) {
		if (strcmp(PQgetvalue(applied, row, 0), name) == 0)
			return PQgetvalue(applied, row, 1);
	}
	return NULL;
}

static struct status apply(struct migration_run *run, const char *name, const char *text)
{
	char now[TEXT_INSTANT_BYTES];
	text_from_instant(clock_now_us(), now);
	const char *const values[] = {name, hash_of(run->arena, text), now};
	struct status status = execute(run, name, "BEGIN");
	if (status_is_ok(status))
		status = execute(run, name, fill(run, SQL_LEDGER_ENTER.text));
	if (status_is_ok(status))
		status = execute(run, name, fill(run, text));
	if (status_is_ok(status)) {
		PGresult *result = PQexecParams(run->connection, fill(run, SQL_LEDGER_RECORD.text),
						3, NULL, values, NULL, NULL, 0);
		if (!is_good(result))
			status = failed(run, name, result);
		else
			PQclear(result);
	}
	if (status_is_ok(status))
		return execute(run, name, "COMMIT");
	execute(run, name, "ROLLBACK");
	return status;
}

static struct status apply_list(struct migration_run *run, const PGresult *applied, bool common,
				const struct db_migration *const *list, int *ret_known)
{
	struct status status = status_ok();
	for (size_t i = 0; list && list[i] && status_is_ok(status); i++) {
		const char *name = ledger_name(run, common, list[i]->name);
		const char *hash = applied_hash(applied, name);
		if (!hash) {
			status = apply(run, name, list[i]->text);
			if (status_is_ok(status) && run->progress)
				run->progress(run->schema->name, list[i]->name);
			continue;
		}
		++*ret_known;
		if (strcmp(hash, hash_of(run->arena, list[i]->text)) != 0)
			status = status_errorf(
				run->arena, STATUS_FAILED_PRECONDITION,
				"%s: the file was changed after it was applied; a change "
				"belongs in a new migration",
				name);
	}
	return status;
}

static struct status migrate_schema(struct migration_run *run)
{
	int known = 0;
	const char *name = run->schema->name;
	run->service = quoted(run, PQescapeIdentifier(run->connection, name, strlen(name)));
	run->literal = quoted(run, PQescapeLiteral(run->connection, name, strlen(name)));
	struct status status = execute(run, name, fill(run, SQL_LEDGER_PREPARE.text));
	if (status_is_ok(status))
		status = set_password(run);
	if (!status_is_ok(status))
		return status;
	PGresult *applied = PQexec(run->connection, fill(run, SQL_LEDGER_APPLIED.text));
	if (!is_good(applied))
		return failed(run, name, applied);
	status = apply_list(run, applied, true, run->schema->common, &known);
	if (status_is_ok(status))
		status = apply_list(run, applied, false, run->schema->migrations, &known);
	if (status_is_ok(status) && known < PQntuples(applied))
		status = status_errorf(
			run->arena, STATUS_FAILED_PRECONDITION,
			"%s: the database has migrations that this version does not know; "
			"run the newer version",
			name);
	PQclear(applied);
	if (status_is_ok(status))
		status = execute(run, name, fill(run, SQL_LEDGER_MIGRATED.text));
	return status;
}

struct status db_migrate(const char *url, const struct db_schema *schemas, unsigned count,
			 int64_t now_us, void (*progress)(const char *schema, const char *file),
			 struct arena *arena)
{
	char now[TEXT_INSTANT_BYTES];
	text_from_instant(now_us, now);
	struct migration_run run = {
		.connection = PQconnectdb(url),
		.arena = arena,
		.literal_now = arena_printf(arena, "'%s'", now),
		.progress = progress,
	};
	struct status status = status_ok();
	if (PQstatus(run.connection) != CONNECTION_OK)
		status = status_errorf(arena, STATUS_UNAVAILABLE, "%s",
				       PQerrorMessage(run.connection));
	if (status_is_ok(status))
		status = execute(&run, "messages", "SET client_min_messages = warning");
	if (status_is_ok(status))
		status = execute(&run, "lock", SQL_LEDGER_LOCK.text);
	for (unsigned i = 0; i < count && status_is_ok(status); i++) {
		run.schema = &schemas[i];
		status = migrate_schema(&run);
	}
	PQfinish(run.connection);
	return status;
}
