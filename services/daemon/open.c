/* What a daemon opens before its database answers: health port, bus, lanes, events. */
#include "daemon/daemon_inside.h"

#include "events_sql.h"

#include <string.h>
#include <sys/stat.h>

/* As `mkdir -p`; a fault shows when the sockets are bound. */
static void make_folder(const char *path)
{
	char part[512];
	for (size_t i = 1; i < sizeof(part) && i <= strlen(path); i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		mkdir(part, 0750);
	}
}

/* Its faults name lines: which file they are of is said here. */
static struct status open_keyring(struct daemon *daemon)
{
	const char *path = daemon->settings.keyring;
	struct status status = keyring_open(path, &daemon->keyring);
	if (!status_is_ok(status))
		status.message =
			arena_printf(daemon->arena, "SOLEUS_KEYRING, %s: %s", path, status.message)
				?: status.message;
	return status;
}

static struct status open_bus(struct daemon *daemon)
{
	static const struct principal plain = {
		.kind = PRINCIPAL_SERVICE,
		.name = "plain",
		.roles = ROLE_ATHLETE | ROLE_FRONT_DESK | ROLE_PRACTITIONER | ROLE_CLINIC_LEAD |
			 ROLE_OPERATOR | ROLE_SERVICE,
	};
	const struct daemon_settings *settings = &daemon->settings;
	struct status status = status_ok();
	if (!settings->plain)
		status = open_keyring(daemon);
	if (!status_is_ok(status))
		return status;
	struct bus_options options = {
		.secret_key = settings->plain ? NULL : settings->secret_key,
		.keyring = daemon->keyring,
		.plain = settings->plain ? &plain : NULL,
		.message_limit_bytes = (size_t)settings->message_limit_bytes,
		.arena_limit_bytes = (size_t)settings->call_memory_bytes,
		.in_flight_per_principal = (unsigned)settings->in_flight_per_principal,
		.in_flight = (unsigned)settings->in_flight,
	};
	status = bus_open(daemon->loop, &options, &daemon->bus);
	if (status_is_ok(status) && !daemon->spec->without_database)
		status = bus_publish_on(daemon->bus, settings->bind_publish, &daemon->publisher);
	return status;
}

static struct status open_database(struct daemon *daemon)
{
	static const struct db_statement *const *lists[3];
	const struct daemon_settings *settings = &daemon->settings;
	lists[0] = events_statements;
	lists[1] = daemon->spec->statements;
	struct db_options options = {
		.url = settings->database_url,
		.application = arena_printf(daemon->arena, "soleus-%s", daemon->spec->name),
		.statements = lists,
		.lanes = (unsigned)settings->database_lanes,
		.bulk_lanes = (unsigned)settings->database_bulk_lanes,
		.batch_limit = (unsigned)settings->database_batch,
		.statement_timeout_us = settings->statement_timeout_ms * 1000,
		.refuse_privileged = true,
	};
	return db_open(daemon->loop, &options, &daemon->db);
}

static struct status open_events(struct daemon *daemon)
{
	struct events_options options = {
		.loop = daemon->loop,
		.bus = daemon->bus,
		.db = daemon->db,
		.service = daemon->spec->name,
		.publisher = daemon->publisher,
	};
	return events_open(&options, &daemon->events);
}

/* What a stranger may see: static words. */
static bool is_ready_in_words(void *argument, const char **ret_why)
{
	const struct daemon *daemon = argument;
	static const char *const words[] = {
		[DAEMON_WAITS] = "waits for the database",
		[DAEMON_SERVES] = "has lost the database",
		[DAEMON_DRAINS] = "is ending",
	};
	*ret_why = words[daemon->state];
	return daemon_is_ready(daemon, NULL);
}

static struct status open_health(struct daemon *daemon)
{
	const struct daemon_settings *settings = &daemon->settings;
	if (settings->health_port == 0)
		return status_ok();
	return health_open(daemon->loop, settings->health_address, (uint16_t)settings->health_port,
			   is_ready_in_words, daemon, &daemon->health);
}

struct status daemon_open(struct daemon *daemon)
{
	make_folder(daemon->settings.run_dir);
	struct status status = open_health(daemon);
	if (status_is_ok(status))
		status = open_bus(daemon);
	if (status_is_ok(status) && !daemon->spec->without_database)
		status = open_database(daemon);
	if (status_is_ok(status) && !daemon->spec->without_database)
		status = open_events(daemon);
	if (status_is_ok(status) && daemon->spec->start)
		status = daemon->spec->start(daemon);
	return status;
}
