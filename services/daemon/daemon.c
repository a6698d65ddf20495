/* The life of a daemon: options, open, wait for the database, begin, drain, end. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_BYTES ((size_t)64 << 20)

extern char **environ;

static struct daemon the_daemon;

struct daemon *daemon_current(void)
{
	return the_daemon.spec ? &the_daemon : NULL;
}

struct db *daemon_db(const struct daemon *daemon)
{
	return daemon->db;
}

struct events *daemon_events(const struct daemon *daemon)
{
	return daemon->events;
}

struct loop *daemon_loop(const struct daemon *daemon)
{
	return daemon->loop;
}

struct arena *daemon_arena(const struct daemon *daemon)
{
	return daemon->arena;
}

void daemon_secret(const struct daemon *daemon, const char *purpose,
		   uint8_t ret_secret[DAEMON_SECRET_BYTES])
{
	const char *key = daemon->settings.secret_key;
	if (daemon->settings.plain) {
		random_bytes(ret_secret, DAEMON_SECRET_BYTES);
		return;
	}
	crypto_generichash(ret_secret, DAEMON_SECRET_BYTES, (const unsigned char *)purpose,
			   strlen(purpose), (const unsigned char *)key, strlen(key));
}

/* ---- Begin ---- */

struct bus_client *daemon_peer(const struct daemon *daemon, const char *service)
{
	for (unsigned i = 0; i < daemon->peer_count; i++)
		if (strcmp(daemon->peers[i].service, service) == 0)
			return daemon->peers[i].rpc;
	return NULL;
}

static struct status find_peer(struct daemon *daemon, const char *service, const char *key,
			       struct bus_client **ret_rpc)
{
	*ret_rpc = daemon_peer(daemon, service);
	if (*ret_rpc)
		return status_ok();
	if (daemon->peer_count == DAEMON_PEERS)
		return status_error(STATUS_INTERNAL, "too many daemons to ask");
	struct peer_line *peer = &daemon->peers[daemon->peer_count];
	struct status status = bus_connect(
		daemon->bus, settings_rpc_endpoint(&daemon->settings, service, daemon->arena), key,
		&peer->rpc);
	if (!status_is_ok(status))
		return status;
	peer->service = service;
	daemon->peer_count++;
	*ret_rpc = peer->rpc;
	return status;
}

static struct status consume(struct daemon *daemon, const struct daemon_consumer *consumer)
{
	const char *key;
	struct bus_client *rpc = NULL;
	struct status status =
		settings_server_key(&daemon->settings, consumer->source, daemon->arena, &key);
	if (status_is_ok(status))
		status = find_peer(daemon, consumer->source, key, &rpc);
	if (!status_is_ok(status))
		return status;
	return events_consume(
		daemon->events, consumer->source, rpc,
		settings_publish_endpoint(&daemon->settings, consumer->source, daemon->arena), key,
		consumer->handlers);
}

static struct status call(struct daemon *daemon, const char *service)
{
	const char *key;
	struct bus_client *rpc;
	struct status status = settings_server_key(&daemon->settings, service, daemon->arena, &key);
	return status_is_ok(status) ? find_peer(daemon, service, key, &rpc) : status;
}

static struct status begin_with_database(struct daemon *daemon)
{
	const struct daemon_consumer *consumer = daemon->spec->consumers;
	struct status status = events_publish(daemon->events);
	for (; status_is_ok(status) && consumer && consumer->source; consumer++)
		status = consume(daemon, consumer);
	if (status_is_ok(status))
		status = pulse_start(&daemon->pulse, daemon->db);
	return status;
}

static struct status begin_all(struct daemon *daemon)
{
	/* Of those that have a database. */
	static const struct daemon_worker *const all[] = {&daemon_upkeep, &daemon_sealer, NULL};
	static const struct daemon_worker *const none[] = {NULL};
	const struct daemon_spec *spec = daemon->spec;
	const char *const *called = spec->calls;
	struct status status = status_ok();
	for (; status_is_ok(status) && called && *called; called++)
		status = call(daemon, *called);
	if (status_is_ok(status) && !spec->without_database)
		status = begin_with_database(daemon);
	if (status_is_ok(status))
		status = daemon_start_workers(daemon, spec->without_database ? none : all);
	if (status_is_ok(status))
		status = daemon_serve(daemon);
	return status;
}

/* On the loop: binding and connecting go deeper than a fiber's stack may. */
static void begin(void *argument)
{
	struct daemon *daemon = argument;
	if (loop_is_stopping(daemon->loop))
		return;
	struct status status = begin_all(daemon);
	if (!status_is_ok(status)) {
		daemon_fail(daemon, "cannot serve", status);
		return;
	}
	daemon->state = DAEMON_SERVES;
	log_info("serves", LOG_STR("version", SOLEUS_VERSION),
		 LOG_STR("rpc", daemon->settings.bind_rpc),
		 LOG_STR("events", daemon->events ? daemon->settings.bind_publish : ""));
}

static FIBER void wait_for_database(void *argument)
{
	struct daemon *daemon = argument;
	struct status status = daemon_wait_for_database(daemon);
	daemon->waiting = false;
	if (status_is_ok(status))
		loop_defer(daemon->loop, begin, daemon);
	else if (status.code != STATUS_CANCELLED)
		daemon_fail(daemon,
			    "the database does not fit this program; `soleusctl migrate` may help",
			    status);
}

static void start(void *argument)
{
	struct daemon *daemon = argument;
	struct status status = daemon_open(daemon);
	if (!status_is_ok(status)) {
		daemon_fail(daemon, "cannot start", status);
		return;
	}
	if (daemon->spec->without_database) {
		begin(daemon);
		return;
	}
	daemon->waiting = true;
	status = fiber_start(wait_for_database, daemon);
	if (!status_is_ok(status)) {
		daemon->waiting = false;
		daemon_fail(daemon, "cannot start", status);
	}
}

bool daemon_is_ready(const struct daemon *daemon, const char **ret_why)
{
	static const char *const words[] = {
		[DAEMON_WAITS] = "waits for the database",
		[DAEMON_SERVES] = "",
		[DAEMON_DRAINS] = "is ending",
	};
	if (ret_why)
		*ret_why = words[daemon->state];
	if (daemon->state != DAEMON_SERVES || daemon->spec->without_database)
		return daemon->state == DAEMON_SERVES;
	if (!db_is_ready(daemon->db, ret_why))
		return false;
	if (!daemon->pulse.beats && ret_why)
		*ret_why = "the database does not answer";
	return daemon->pulse.beats;
}

/* ---- Drain ---- */

static void refuse_work(void *argument)
{
	struct daemon *daemon = argument;
	daemon->state = DAEMON_DRAINS;
	if (daemon->server)
		bus_server_stop_accepting(daemon->server);
	if (daemon->events)
		events_stop_consuming(daemon->events);
	daemon_stop_workers(daemon);
	pulse_stop(&daemon->pulse);
	log_info("drains");
}

static bool work_is_done(void *argument)
{
	const struct daemon *daemon = argument;
	return !daemon->waiting && !daemon->pulse.runs && !daemon_workers_run(daemon) &&
	       (!daemon->server || bus_server_in_flight(daemon->server) == 0);
}

/* Last of the work: what requests and workers have committed is published. */
static bool events_are_done(void *argument)
{
	struct daemon *daemon = argument;
	return work_is_done(daemon) && (!daemon->events || events_stop(daemon->events));
}

static bool units_are_done(void *argument)
{
	const struct daemon *daemon = argument;
	return events_are_done(argument) && (!daemon->db || db_in_flight(daemon->db) == 0);
}

/* ZeroMQ may still send last replies, or ask a name server: the loop goes on turning. */
static bool bus_is_closed(struct daemon *daemon)
{
	if (bus_try_close(daemon->bus))
		daemon->bus = NULL;
	return !daemon->bus;
}

static void on_database_closed(void *argument)
{
	((struct daemon *)argument)->db_closed = true;
}

static void close_all(void *argument)
{
	struct daemon *daemon = argument;
	if (daemon->server)
		bus_server_close(daemon->server);
	if (daemon->events)
		events_close(daemon->events);
	for (unsigned i = 0; i < daemon->peer_count; i++)
		bus_client_close(daemon->peers[i].rpc);
	if (daemon->publisher)
		bus_publisher_close(daemon->publisher);
	bus_is_closed(daemon);
	if (daemon->keyring)
		keyring_close(daemon->keyring);
	health_close(daemon->health);
	pulse_free(&daemon->pulse);
	if (daemon->db)
		db_close(daemon->db, on_database_closed, daemon);
	else
		daemon->db_closed = true;
}

static bool all_is_closed(void *argument)
{
	struct daemon *daemon = argument;
	return bus_is_closed(daemon) && daemon->db_closed;
}

void daemon_fail(struct daemon *daemon, const char *event, struct status status)
{
	daemon->exit_code = 1;
	log_error(event, LOG_STR("code", status_code_name(status.code)),
		  LOG_STR("message", status.message));
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		log_error(event, LOG_STR("field", fault->field),
			  LOG_STR("expected", fault->expected));
	loop_stop_begin(daemon->loop);
}

/* ---- Main ---- */

static int print_help(const struct daemon_spec *spec)
{
	printf("soleus-%s: serves %s; `soleusctl` talks to it.\n"
	       "usage: soleus-%s [--help | --version]\n"
	       "It is told by its environment, logs JSON lines on standard error and ends in order "
	       "on SIGTERM.\n",
	       spec->name, spec->service ? spec->service->descriptor->name : spec->serves,
	       spec->name);
	settings_print(spec, stdout);
	return 0;
}

static int refuse_configuration(struct status status)
{
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		log_error(status.message, LOG_STR("field", fault->field),
			  LOG_STR("expected", fault->expected));
	if (!status.faults)
		log_error("cannot start", LOG_STR("message", status.message));
	return 1;
}

static int run(struct daemon *daemon)
{
	daemon->loop = loop_new();
	if (!daemon->loop)
		return refuse_configuration(
			status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the loop"));
	loop_on_drain(daemon->loop, DRAIN_ACCEPT, "refusing work", refuse_work, NULL, daemon);
	loop_on_drain(daemon->loop, DRAIN_WORK, "requests and workers", NULL, work_is_done, daemon);
	loop_on_drain(daemon->loop, DRAIN_WORK, "events", NULL, events_are_done, daemon);
	loop_on_drain(daemon->loop, DRAIN_WORK, "database units", NULL, units_are_done, daemon);
	loop_on_drain(daemon->loop, DRAIN_CLOSE, "connections", close_all, all_is_closed, daemon);
	loop_defer(daemon->loop, start, daemon);
	struct status status = loop_run(daemon->loop);
	if (!status_is_ok(status)) {
		log_error("the drain was abandoned", LOG_STR("message", status.message));
		_exit(1); /* an orderly exit would wait for what hangs: libuv joins its threads */
	}
	log_info("ended");
	if (!loop_free(daemon->loop))
		_exit(daemon->exit_code); /* a name look-up hangs: see db_close */
	fiber_trim();
	return daemon->exit_code;
}

static struct status follow_clock(const struct daemon *daemon)
{
	const char *path = daemon->settings.clock_file;
	struct status status = path[0] ? clock_follow_file(path) : status_ok();
	if (status_is_ok(status))
		return status;
	return status_errorf(daemon->arena, status.code, "SOLEUS_CLOCK_FILE, %s: %s", path,
			     status.message);
}

int daemon_main(int argc, char **argv, const struct daemon_spec *spec)
{
	struct daemon *daemon = &the_daemon;
	daemon->spec = spec;
	log_setup(spec->name, LOG_INFO);
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return print_help(spec);
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return printf("soleus-%s %s\n", spec->name, SOLEUS_VERSION) < 0;
	if (argc > 1) {
		fprintf(stderr, "soleus-%s takes its settings from the environment: --help\n",
			spec->name);
		return 2;
	}
	daemon->arena = arena_new(ARENA_BYTES);
	if (!daemon->arena || sodium_init() < 0)
		return refuse_configuration(
			status_error(STATUS_INTERNAL, "no memory or no libsodium"));
	struct status status = settings_load(spec, environ, daemon->arena, &daemon->settings);
	if (status_is_ok(status)) {
		log_setup(spec->name, daemon->settings.log_level);
		status = follow_clock(daemon);
	}
	int code = status_is_ok(status) ? run(daemon) : refuse_configuration(status);
	if (code == 0 || !daemon->loop || daemon->db_closed)
		arena_free(daemon->arena);
	return code;
}
