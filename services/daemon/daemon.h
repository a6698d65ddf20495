/* What every main shares: from the environment to a served, drained and ended daemon.
 *
 * A main is a struct and a call. daemon_main reads the configuration (all faults at once), opens
 * database, bus and events, checks that the schema is the one it was built with, serves, becomes
 * ready, and on SIGTERM drains in order within 10 s: stop accepting, finish what is in flight,
 * close. Health: GET /healthz, /readyz and /metrics on SOLEUS_HEALTH_PORT of the loopback (or the
 * address that SOLEUS_HEALTH_ADDRESS names).
 */
#ifndef SOLEUS_DAEMON_DAEMON_H
#define SOLEUS_DAEMON_DAEMON_H

#include "base/config.h"
#include "db/db.h"
#include "db/migrate.h"
#include "events/command.h"
#include "events/events.h"

struct daemon;
struct worker;

struct daemon_consumer {
	const char *source; /* "notes"; NULL ends the list */
	const struct event_handler *handlers;
};

/* A loop of background work on a fiber of its own, such as the dispatcher of reminders. */
struct daemon_worker {
	const char *name; /* NULL ends the list */
	FIBER void (*run)(struct daemon *daemon, struct worker *worker);
};

struct daemon_spec {
	const char *name;
	ProtobufCService *service;                    /* SOLEUS__V1__…__INIT(name__) */
	const char *serves;                           /* for people, when there is no service */
	const char *access;                           /* NAME_access */
	const struct db_statement *const *statements; /* NAME_statements */
	const struct db_migration *const *migrations; /* NAME_migrations */
	const struct daemon_consumer *consumers;      /* may be NULL */
	const struct daemon_worker *workers;          /* may be NULL */
	const char *const *calls;                     /* daemons it asks, NULL-ended; may be NULL */
	const struct config_entry *config;            /* the daemon's own; may be NULL */
	/* It owns no data: no database, no events, no service but Daemon. */
	bool without_database;
	/* After the configuration, before the database is there; on the loop; may be NULL. What it
	 * fails with ends the daemon. */
	struct status (*start)(struct daemon *daemon);
};

/* Serves `spec`, and Daemon beside it. `--help` and `--version` print and end. A configuration with
 * faults, a schema that does not fit or a privileged role ends with exit status 1 and a line that
 * says what to do; a database that is not there is waited for, for ever.
 *
 *     int main(int argc, char **argv)
 *     {
 *             static Soleus__V1__Notes_Service service = SOLEUS__V1__NOTES__INIT(notes__);
 *             return daemon_main(argc, argv, &(struct daemon_spec){.name = "notes", …});
 *     }
 *
 * Returns when the daemon has ended, the exit status: 0 after a clean drain. A drain that is
 * abandoned ends the process here, with 1. */
int daemon_main(int argc, char **argv, const struct daemon_spec *spec);

/* The line to one of spec->calls, once it serves. */
struct bus_client *daemon_peer(const struct daemon *daemon, const char *service);

struct db *daemon_db(const struct daemon *daemon);
struct events *daemon_events(const struct daemon *daemon);
struct loop *daemon_loop(const struct daemon *daemon);
struct arena *daemon_arena(const struct daemon *daemon); /* lives as long as the daemon */

#define DAEMON_SECRET_BYTES 32

/* A secret for one `purpose` (static, such as "signing notes"), which follows from the daemon's own
 * key by BLAKE2b and is the same for all that run with that key; whoever has it learns neither the
 * key nor another purpose's secret. With plain links there is no key: it is random, and ends with
 * the process.
 */
void daemon_secret(const struct daemon *daemon, const char *purpose,
		   uint8_t ret_secret[DAEMON_SECRET_BYTES]);

/* ---- Workers ---------------------------------------------------------------------------- */

/* FIBER. Waits until the domain's clock reaches `at_us`, or worker_wake, or at most 1 s of real
 * time (another instance may have made work). False when the daemon drains: the worker returns. */
FIBER bool worker_wait_until(struct worker *worker, int64_t at_us);

/* True once the daemon drains: long work ends between two of its steps. */
bool worker_is_stopping(const struct worker *worker);

/* Work may have come; from a handler or an event. By name; no worker of that name: nothing. */
void daemon_wake_worker(const char *name);

/* Says that everything due up to `at_us` is done; shown by DaemonStatus, waited for by the demo. */
void worker_settled(struct worker *worker, int64_t at_us);

#endif
