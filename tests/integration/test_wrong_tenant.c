/* Every statement run as the wrong tenant returns or changes nothing.
 *
 * The demo's story, and tenancy.story for what that one does not do, are played while PostgreSQL
 * logs every statement with its values. Then each statement that a tenant's unit used runs again,
 * with values that were really used,
 *   1. with the right organisation in its values and another one as the unit's tenant: row-level
 *      security alone must hold;
 *   2. with another organisation in its values, and the right one visible: the statement's own
 *      predicate alone must hold;
 * and must do exactly what it does in an empty database. So that this can fail, most statements
 * must do something else with the right organisation in both places. */
#include "house.h"

#include "ctl/command.h"

#include <libpq-fe.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RIGHT       "0195531a-0000-7000-8000-000000000001" /* the story's */
#define WRONG       "0195531a-0000-7000-8000-0000000000ee"
#define VALUES_MOST 80
#define USES_MOST   400

struct use {
	char *role;
	char *name;
	char *text;
	char *values[VALUES_MOST];
	int count;
	bool every_tenant;
};

struct tenancy {
	struct arena *arena;
	struct use uses[USES_MOST];
	size_t count;
};

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

/* ---- Reading the server's log ---- */

/* "$1 = 'it''s', $2 = NULL" */
static int read_values(struct arena *arena, const char *text, char *ret_values[VALUES_MOST])
{
	int count = 0;
	while ((text = strstr(text, " = ")) && count < VALUES_MOST) {
		text += 3;
		if (strncmp(text, "NULL", 4) == 0) {
			ret_values[count++] = NULL;
			continue;
		}
		char *value = arena_alloc(arena, strlen(text) + 1);
		size_t length = 0;
		for (text++; *text && (text[0] != '\'' || text[1] == '\''); text++) {
			if (text[0] == '\'')
				text++;
			value[length++] = *text;
		}
		ret_values[count++] = value;
	}
	return count;
}

static bool read_statement(struct arena *arena, struct use *use)
{
	const char *const folders[] = {"%s/services/%s/store/sql/%s.sql",
				       "%s/services/events/sql/%.0s%s.sql"};
	for (size_t i = 0; i < 2; i++) {
		char path[512];
		const char *text;
		snprintf(path, sizeof(path), folders[i], SOLEUS_SOURCE, use->role, use->name);
		if (!status_is_ok(command_read_file(arena, path, &text)))
			continue;
		use->text = (char *)text;
		use->every_tenant = strstr(text, "-- tenants: every") != NULL;
		return true;
	}
	return false;
}

static struct use *use_of(struct tenancy *tenancy, const char *role, const char *name)
{
	for (size_t i = 0; i < tenancy->count; i++) {
		if (strcmp(tenancy->uses[i].role, role) == 0 &&
		    strcmp(tenancy->uses[i].name, name) == 0)
			return &tenancy->uses[i];
	}
	assert_true(tenancy->count < USES_MOST);
	struct use use = {arena_strdup(tenancy->arena, role),
			  arena_strdup(tenancy->arena, name),
			  0,
			  {0},
			  0,
			  0};
	if (!read_statement(tenancy->arena, &use))
		return NULL;
	tenancy->uses[tenancy->count] = use;
	return &tenancy->uses[tenancy->count++];
}

/* Lines are "ROLE|LOG:  execute NAME: …" and, behind the statement's own lines, "ROLE|DETAIL:
 * parameters: …"; a role's backends interleave rarely, and a mix is caught by the count. */
static void read_log(struct tenancy *tenancy, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL, role[64], name[128];
	size_t size = 0;
	struct use *use = NULL;
	assert_non_null(file);
	while (getline(&line, &size, file) > 0) {
		if (sscanf(line, "%63[a-z]|LOG:  execute %127[a-z0-9_]:", role, name) == 2) {
			use = use_of(tenancy, role, name);
		} else if (use && strstr(line, "|DETAIL:  parameters: ")) {
			/* The last use that speaks of the story's organisation tells most. */
			if (use->count == 0 || strstr(line, RIGHT))
				use->count = read_values(tenancy->arena,
							 strstr(line, "parameters: "), use->values);
			use = NULL;
		}
	}
	free(line);
	fclose(file);
}

/* ---- Running ---- */

static PGconn *connect_as(const struct house *house, const char *role, const char *database)
{
	char url[192];
	snprintf(url, sizeof(url), "host=%s user=%s dbname=%s", house->socket, role, database);
	PGconn *connection = PQconnectdb(url);
	if (PQstatus(connection) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(connection));
	return connection;
}

/* All that a caller could see of a result. */
static const char *seen(struct arena *arena, const PGresult *result)
{
	if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
		return arena_printf(arena, "error %s",
				    PQresultErrorField(result, PG_DIAG_SQLSTATE));
	const char *text = arena_printf(arena, "%s;", PQcmdTuples((PGresult *)result));
	for (int row = 0; row < PQntuples(result); row++)
		for (int column = 0; column < PQnfields(result); column++)
			text = arena_printf(arena, "%s %s", text, PQgetvalue(result, row, column));
	return text;
}

static const char *run(struct arena *arena, const struct house *house, const char *database,
		       const struct use *use, const char *tenants, const char *organisation)
{
	PGconn *connection = connect_as(house, use->role, database);
	const char *values[VALUES_MOST];
	for (int i = 0; i < use->count; i++) {
		values[i] = use->values[i];
		/* Alone or within an array. */
		char *at = values[i] ? strstr(values[i], RIGHT) : NULL;
		if (at && strcmp(organisation, RIGHT) != 0) {
			char *other = arena_strdup(arena, values[i]);
			memcpy(other + (at - values[i]), organisation, strlen(organisation));
			values[i] = other;
		}
	}
	PQclear(PQexec(connection, "BEGIN"));
	PQclear(PQexecParams(connection, "SELECT set_config('soleus.tenants', $1, true)", 1, NULL,
			     &tenants, NULL, NULL, 0));
	PGresult *result =
		PQexecParams(connection, use->text, use->count, NULL, values, NULL, NULL, 0);
	const char *text = seen(arena, result);
	PQclear(result);
	PQclear(PQexec(connection, "ROLLBACK"));
	PQfinish(connection);
	return text;
}

static void make_empty_database(const struct house *house)
{
	char command[512];
	free(house_query(house, "CREATE DATABASE empty"));
	snprintf(command, sizeof(command),
		 "SOLEUS_ADMIN_DATABASE_URL='host=%s user=postgres dbname=empty' " SOLEUS_BUILD
		 "/soleusctl migrate >/dev/null",
		 house->socket);
	assert_int_equal(system(command), 0);
}

static void play(struct tenancy *tenancy, struct house *house, const char *path)
{
	const char *story;
	assert_true(status_is_ok(command_read_file(tenancy->arena, path, &story)));
	house_tells(house, story);
}

static void test_every_statement(void **state)
{
	const struct house *house = *state;
	static struct tenancy tenancy;
	char path[128];
	unsigned tried = 0, telling = 0, faults = 0;
	tenancy.arena = arena_new((size_t)1 << 30);
	free(house_query(house, "ALTER SYSTEM SET log_statement = 'all'"));
	free(house_query(house, "ALTER SYSTEM SET log_line_prefix = '%u|'"));
	free(house_query(house, "SELECT pg_reload_conf()"));
	play(&tenancy, *state, SOLEUS_SOURCE "/services/ctl/demo/three-clinics.story");
	play(&tenancy, *state, SOLEUS_SOURCE "/tests/integration/tenancy.story");
	free(house_query(house, "ALTER SYSTEM SET log_statement = 'none'"));
	free(house_query(house, "SELECT pg_reload_conf()"));
	make_empty_database(house);
	snprintf(path, sizeof(path), "%s/log/postgres.log", house->folder);
	read_log(&tenancy, path);

	for (size_t i = 0; i < tenancy.count; i++) {
		const struct use *use = &tenancy.uses[i];
		if (use->every_tenant || use->count == 0)
			continue;
		const char *empty = run(tenancy.arena, house, "empty", use, "{" WRONG "}", RIGHT);
		const char *hidden = run(tenancy.arena, house, "soleus", use, "{" WRONG "}", RIGHT);
		const char *nothing =
			run(tenancy.arena, house, "empty", use, "{" RIGHT "," WRONG "}", WRONG);
		const char *foreign =
			run(tenancy.arena, house, "soleus", use, "{" RIGHT "," WRONG "}", WRONG);
		const char *right = run(tenancy.arena, house, "soleus", use, "{" RIGHT "}", RIGHT);
		tried++;
		telling += strcmp(right, empty) != 0;
		if (strcmp(hidden, empty) != 0) {
			print_error("%s.%s: row-level security lets through: %s\n", use->role,
				    use->name, hidden);
			faults++;
		}
		if (strcmp(foreign, nothing) != 0) {
			print_error("%s.%s: its own predicate lets through: %s (%s)\n", use->role,
				    use->name, foreign, nothing);
			faults++;
		}
	}
	print_message("%u statements tried, %u of them tell the right tenant from the wrong\n",
		      tried, telling);
	arena_free(tenancy.arena);
	assert_int_equal(faults, 0);
	assert_true(tried > 40);
	assert_true(telling * 10 > tried * 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_statement),
	};
	return cmocka_run_group_tests_name("wrong tenant", tests, open_house, close_house);
}
