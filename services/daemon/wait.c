/* The way from a started process to a database that fits. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "base/log.h"
#include "events/upkeep.h"
#include "events_schema.h"
#include "events_sql.h"

#include <string.h>

#define LOOK_US INT64_C(500000)  /* how soon a drain is noticed */
#define SAY_US  INT64_C(5000000) /* between two lines of the log */

#define ARENA_BYTES ((size_t)4 << 20) /* the ledger of migrations */

static FIBER struct status wait_ready(struct daemon *daemon)
{
	int64_t say_at_us = clock_monotonic_us() + SAY_US;
	while (!loop_is_stopping(daemon->loop)) {
		struct status status = db_wait_ready(daemon->db, LOOK_US);
		if (status_is_ok(status) || status.code == STATUS_FAILED_PRECONDITION)
			return status;
		if (clock_monotonic_us() < say_at_us)
			continue;
		log_warn("waits for the database", LOG_STR("why", status.message));
		say_at_us = clock_monotonic_us() + SAY_US;
	}
	return status_error(STATUS_CANCELLED, "stopped while it waited");
}

/* In the ledger a migration has the name of its list before its own: "notes/0001_notes". */
static bool is_applied(const struct db_result *rows, const char *list, const char *name)
{
	size_t length = strlen(list);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const char *applied = db_text(rows, row, 0);
		if (strncmp(applied, list, length) == 0 && applied[length] == '/' &&
		    strcmp(applied + length + 1, name) == 0)
			return true;
	}
	return false;
}

/* How many migrations there are; `*ret_missing` is the first that the schema lacks. */
static size_t compare(const struct db_result *rows, const char *list,
		      const struct db_migration *const *migrations, const char **ret_missing)
{
	size_t count = 0;
	for (; migrations && migrations[count]; count++)
		if (!*ret_missing && !is_applied(rows, list, migrations[count]->name))
			*ret_missing = migrations[count]->name;
	return count;
}

static FIBER struct status check_schema(struct daemon *daemon, struct arena *arena)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, &SQL_MIGRATIONS_APPLIED);
	struct status status = db_run(daemon->db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, 0);
	const char *missing = NULL;
	size_t known = compare(rows, "events", events_migrations, &missing);
	known += compare(rows, daemon->spec->name, daemon->spec->migrations, &missing);
	if (missing)
		return status_errorf(daemon->arena, STATUS_FAILED_PRECONDITION, /* outlives us */
				     "the schema lacks %s: run `soleusctl migrate`", missing);
	if (db_result_rows(rows) != known)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "the schema is newer than this program: install the newer one");
	return status;
}

static FIBER struct status check_outbox(struct daemon *daemon, struct arena *arena)
{
	bool ahead = false;
	struct status status = upkeep_outbox_is_ahead(daemon->db, arena, &ahead);
	if (status_is_ok(status) && ahead)
		return status_error(STATUS_FAILED_PRECONDITION,
				    "a dump was restored, and its events are ahead of this server: "
				    "run `soleusctl migrate`");
	return status;
}

static bool may_heal(struct status status)
{
	return status.code == STATUS_UNAVAILABLE || status.code == STATUS_DEADLINE_EXCEEDED;
}

struct status daemon_wait_for_database(struct daemon *daemon)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct status status = status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the schema");
	while (arena) {
		status = wait_ready(daemon);
		if (status_is_ok(status))
			status = check_schema(daemon, arena);
		if (status_is_ok(status))
			status = check_outbox(daemon, arena);
		if (!may_heal(status))
			break;
		fiber_sleep_us(LOOK_US); /* lost again between the two */
		arena_reset(arena);
	}
	arena_free(arena);
	return status;
}
