#include "world.h"

#include "events/audit.h"

#include "base/text.h"
#include "db/migrate.h"
#include "events_schema.h"
#include "events_sql.h"
#include "soleus/v1/directory.pb-c.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- The two services ---- */

static const struct db_migration alpha_0001 = {
	"0001_room",
	"CREATE TABLE room (organisation_id uuid NOT NULL, room_id uuid NOT NULL,"
	" name text NOT NULL, CONSTRAINT room_name PRIMARY KEY (organisation_id, name));"
	"ALTER TABLE room ENABLE ROW LEVEL SECURITY; ALTER TABLE room FORCE ROW LEVEL SECURITY;"
	"CREATE POLICY tenant ON room USING (organisation_id = ANY ((SELECT tenants())::uuid[]));"
	"GRANT SELECT, INSERT ON room TO {{service}};"};
static const struct db_migration beta_0001 = {
	"0001_effect",
	"CREATE TABLE effect (organisation_id uuid NOT NULL, room_id uuid NOT NULL,"
	" name text NOT NULL, n bigint GENERATED ALWAYS AS IDENTITY);"
	"ALTER TABLE effect ENABLE ROW LEVEL SECURITY;"
	"ALTER TABLE effect FORCE ROW LEVEL SECURITY;"
	"CREATE POLICY tenant ON effect USING (organisation_id = ANY ((SELECT tenants())::uuid[]));"
	"GRANT SELECT, INSERT ON effect TO {{service}};"};
static const struct db_migration *const alpha_migrations[] = {&alpha_0001, NULL};
static const struct db_migration *const beta_migrations[] = {&beta_0001, NULL};

static const struct db_statement ROOM_ADD = {
	.name = "room_add",
	.text = "INSERT INTO room (organisation_id, room_id, name) VALUES ($1, $2, $3)",
	.parameters = 3};
static const struct db_statement EFFECT_ADD = {
	.name = "effect_add",
	.text = "INSERT INTO effect (organisation_id, room_id, name) VALUES ($1, $2, $3)",
	.parameters = 3};
static const struct db_statement *const alpha_statements[] = {&ROOM_ADD, NULL};
static const struct db_statement *const beta_statements[] = {&EFFECT_ADD, NULL};

/* ---- The database, past the services ---- */

#define URL_BYTES 192

static const char *url_of(const struct house *house, const char *user, char ret_url[URL_BYTES])
{
	snprintf(ret_url, URL_BYTES, "host=%s user=%s dbname=soleus", house->socket, user);
	return ret_url;
}

PGconn *connect_as(const struct world *world, const char *user)
{
	char url[URL_BYTES];
	PGconn *connection = PQconnectdb(url_of(world->house, user, url));
	if (PQstatus(connection) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(connection));
	return connection;
}

void execute(PGconn *connection, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	PGresult *result = PQexec(connection, text);
	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", text, PQerrorMessage(connection));
	PQclear(result);
}

int64_t ask_number(PGconn *connection, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	PGresult *result = PQexec(connection, text);
	if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
		fail_msg("%s: %s", text, PQerrorMessage(connection));
	int64_t number = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	return number;
}

/* ---- Its life ---- */

static struct world *world_of_handlers;

RPC(Daemon, alpha, DaemonStatus, daemon_status)
{
	(void)request;
	return events_status(call->context, call->arena, reply);
}

RPC(Daemon, alpha, ListAudit, list_audit)
{
	return audit_list(call, request, reply);
}

RPC(Daemon, alpha, Replay, replay)
{
	return events_replay(call, request, reply);
}

static struct db *open_database(struct world *world, const char *name,
				const struct db_statement *const *statements)
{
	struct db *db = NULL;
	char url[URL_BYTES];
	const struct db_statement *const **lists =
		ARENA_ARRAY(world->arena, 3, const struct db_statement *const *);
	lists[0] = events_statements;
	lists[1] = statements;
	struct db_options options = {
		.url = arena_strdup(world->arena, url_of(world->house, name, url)),
		.application = name,
		.statements = (const struct db_statement *const *const *)lists,
		.lanes = 4,
		.batch_limit = 64,
		.statement_timeout_us = 5 * CLOCK_SECOND_US,
		.refuse_privileged = true,
	};
	assert_int_equal(db_open(world->loop, &options, &db).code, STATUS_OK);
	return db;
}

static void open_alpha(struct world *world)
{
	static Soleus__V1__Daemon_Service service = SOLEUS__V1__DAEMON__INIT(alpha__);
	static ProtobufCService *services[] = {&service.base, NULL};
	const struct access_rule *rules;
	const char *rpc = arena_printf(world->arena, "ipc://%s/alpha.rpc", world->folder);
	assert_int_equal(access_parse(world->arena,
				      "soleus.v1.Daemon.DaemonStatus query service\n"
				      "soleus.v1.Daemon.Replay query service\n"
				      "soleus.v1.Daemon.ListAudit query operator\n",
				      services, &rules)
				 .code,
			 STATUS_OK);
	assert_int_equal(
		bus_publish_on(world->bus,
			       arena_printf(world->arena, "ipc://%s/alpha.pub", world->folder),
			       &world->publisher)
			.code,
		STATUS_OK);
	struct events_options options = {.loop = world->loop,
					 .bus = world->bus,
					 .db = world->alpha,
					 .service = "alpha",
					 .publisher = world->publisher};
	assert_int_equal(events_open(&options, &world->source).code, STATUS_OK);
	assert_int_equal(
		bus_serve(world->bus, rpc, services, rules, world->source, &world->server).code,
		STATUS_OK);
	assert_int_equal(bus_connect(world->bus, rpc, NULL, &world->client).code, STATUS_OK);
}

static FIBER void live(void *argument)
{
	struct world *world = argument;
	assert_int_equal(db_wait_ready(world->alpha, WORLD_PATIENCE_US).code, STATUS_OK);
	assert_int_equal(db_wait_ready(world->beta, WORLD_PATIENCE_US).code, STATUS_OK);
	assert_int_equal(events_publish(world->source).code, STATUS_OK);
	world->body(world);
	loop_stop_begin(world->loop);
}

static bool source_has_stopped(void *argument)
{
	return events_stop(((struct world *)argument)->source);
}

static void on_closed(void *argument)
{
	((struct world *)argument)->closing--;
}

static void close_world(void *argument)
{
	struct world *world = argument;
	bus_server_close(world->server);
	events_close(world->source);
	bus_client_close(world->client);
	bus_publisher_close(world->publisher);
	bus_close(world->bus);
	world->closing = 2;
	db_close(world->alpha, on_closed, world);
	db_close(world->beta, on_closed, world);
}

static bool world_is_closed(void *argument)
{
	return ((struct world *)argument)->closing == 0;
}

void world_play(const struct house *house, FIBER void (*body)(struct world *))
{
	static const struct principal everyone = {
		.kind = PRINCIPAL_SERVICE, .name = "test", .roles = ROLE_SERVICE};
	struct world world = {.house = house, .folder = "/tmp/soleus-events-XXXXXX", .body = body};
	struct bus_options options = {
		.plain = &everyone,
		.message_limit_bytes = (size_t)1 << 20,
		.arena_limit_bytes = (size_t)16 << 20,
		.in_flight_per_principal = 256,
		.in_flight = 4096,
	};
	assert_non_null(mkdtemp(world.folder));
	world.arena = arena_new((size_t)64 << 20);
	world.loop = loop_new();
	world.admin = connect_as(&world, "postgres");
	world.organisation_id = text_uuid7_new(world.arena);
	world_of_handlers = &world;
	assert_int_equal(bus_open(world.loop, &options, &world.bus).code, STATUS_OK);
	world.alpha = open_database(&world, "alpha", alpha_statements);
	world.beta = open_database(&world, "beta", beta_statements);
	open_alpha(&world);
	loop_on_drain(world.loop, DRAIN_WORK, "events", NULL, source_has_stopped, &world);
	loop_on_drain(world.loop, DRAIN_CLOSE, "world", close_world, world_is_closed, &world);
	assert_int_equal(fiber_start(live, &world).code, STATUS_OK);
	assert_int_equal(loop_run(world.loop).code, STATUS_OK);
	loop_free(world.loop);
	fiber_trim();
	PQfinish(world.admin);
	arena_free(world.arena);
	char command[128];
	snprintf(command, sizeof(command), "rm -r %s", world.folder);
	assert_int_equal(system(command), 0);
}

/* ---- Alpha: commands ---- */

/* A client's command: add a room. The arena is the caller's to free. */
FIBER struct asked add_room(struct world *world, const char *key, const char *name)
{
	struct asked asked = {.arena = arena_new((size_t)4 << 20)};
	asked.call = (struct call){
		.arena = asked.arena,
		.method = "soleus.test.AddRoom",
		.organisation_id = world->organisation_id,
		.clinic_id = "",
		.idempotency_key = key,
		.traceparent = "",
		.request_bytes = (const uint8_t *)name,
		.request_length = strlen(name),
		.deadline_us = clock_monotonic_us() + WORLD_PATIENCE_US,
		.context = world->source,
	};
	struct call *call = arena_memdup(asked.arena, &asked.call, sizeof(asked.call));
	const char *room_id = text_uuid7_new(asked.arena);
	struct command *command = command_begin(call);
	DB_ADD(command->unit, &ROOM_ADD, call->organisation_id, room_id, name);
	Soleus__V1__RoomCreated event = SOLEUS__V1__ROOM_CREATED__INIT;
	event.room_id = (char *)room_id;
	event.name = (char *)name;
	command_event(command, room_id, &event.base);
	Soleus__V1__CreateRoomReply reply = SOLEUS__V1__CREATE_ROOM_REPLY__INIT;
	reply.room_id = (char *)room_id;
	asked.status = command_commit(command, &reply.base);
	asked.constraint = db_unit_constraint(command->unit);
	asked.room_id = room_id;
	if (call->stored_reply) {
		ProtobufCMessage *stored;
		assert_int_equal(message_decode(&soleus__v1__create_room_reply__descriptor,
						asked.arena, call->stored_reply,
						call->stored_reply_length, &stored)
					 .code,
				 STATUS_OK);
		asked.room_id = ((Soleus__V1__CreateRoomReply *)stored)->room_id;
	}
	asked.call = *call;
	return asked;
}

/* As a client does: until there is an answer, with the same key. */
FIBER void add_room_surely(struct world *world, const char *name)
{
	char key[64];
	snprintf(key, sizeof(key), "key of %s", name);
	for (enum status_code code = STATUS_UNAVAILABLE; code != STATUS_OK;) {
		struct asked asked = add_room(world, key, name);
		code = asked.status.code;
		if (code != STATUS_OK && code != STATUS_UNAVAILABLE &&
		    code != STATUS_DEADLINE_EXCEEDED)
			fail_msg("%s: %s", status_code_name(code), asked.status.message);
		arena_free(asked.arena);
		if (code != STATUS_OK)
			fiber_sleep_us(5000);
	}
}

int64_t rooms(struct world *world)
{
	return ask_number(world->admin,
			  "SELECT count(*) FROM alpha.room WHERE organisation_id = '%s'",
			  world->organisation_id);
}

int64_t told(struct world *world)
{
	return ask_number(world->admin,
			  "SELECT count(*) FROM alpha.outbox WHERE organisation_id = '%s'",
			  world->organisation_id);
}

int64_t effects(struct world *world)
{
	return ask_number(world->admin,
			  "SELECT count(*) FROM beta.effect WHERE organisation_id = '%s'",
			  world->organisation_id);
}

FIBER void wait_for_effects(struct world *world, int64_t count)
{
	int64_t until_us = clock_monotonic_us() + WORLD_PATIENCE_US;
	while (effects(world) < count) {
		if (clock_monotonic_us() > until_us)
			fail_msg("%lld effects, expected %lld", (long long)effects(world),
				 (long long)count);
		fiber_sleep_us(2000);
	}
}

/* Each event had one effect, and in the order of the outbox. */
void assert_once_and_in_order(struct world *world)
{
	assert_int_equal(effects(world), told(world));
	assert_int_equal(
		ask_number(world->admin,
			   "SELECT count(*) FROM "
			   "(SELECT subject_id, row_number() OVER (ORDER BY xid, id) AS place"
			   " FROM alpha.outbox WHERE organisation_id = '%s') AS told FULL JOIN "
			   "(SELECT room_id, row_number() OVER (ORDER BY n) AS place"
			   " FROM beta.effect WHERE organisation_id = '%s') AS done USING (place) "
			   "WHERE subject_id IS DISTINCT FROM room_id",
			   world->organisation_id, world->organisation_id),
		0);
}

void cut_connections(struct world *world, const char *user)
{
	ask_number(world->admin,
		   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
		   "WHERE usename = '%s'",
		   user);
}

static FIBER void be_client(void *argument)
{
	struct world *world = argument;
	unsigned client = world->running++;
	for (int i = 0; i < WORLD_EACH; i++) {
		char name[32];
		snprintf(name, sizeof(name), "Room %u.%d", client, i);
		add_room_surely(world, name);
	}
	world->running--;
}

void start_clients(struct world *world)
{
	for (int i = 0; i < WORLD_CLIENTS; i++)
		assert_int_equal(fiber_start(be_client, world).code, STATUS_OK);
}

/* ---- Beta: effects ---- */

static FIBER struct status on_room_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__RoomCreated *room = (const Soleus__V1__RoomCreated *)message;
	if (world_of_handlers->trouble > 0) {
		world_of_handlers->trouble--;
		return status_error(STATUS_UNAVAILABLE, "trouble");
	}
	DB_ADD(event->unit, &EFFECT_ADD, event->envelope->organisation_id, room->room_id,
	       room->name);
	return status_ok();
}

static const struct event_handler from_alpha[] = {
	{&soleus__v1__room_created__descriptor, on_room_created},
	{NULL, NULL},
};

FIBER struct events *begin_reader(struct world *world)
{
	struct events *events;
	struct events_options options = {
		.loop = world->loop, .bus = world->bus, .db = world->beta, .service = "beta"};
	assert_int_equal(events_open(&options, &events).code, STATUS_OK);
	assert_int_equal(
		events_consume(events, "alpha", world->client,
			       arena_printf(world->arena, "ipc://%s/alpha.pub", world->folder),
			       NULL, from_alpha)
			.code,
		STATUS_OK);
	return events;
}

FIBER void end_reader(struct events *events)
{
	while (!events_stop(events))
		fiber_sleep_us(1000);
	events_close(events);
}

const char *last_error(struct world *world, struct events *events)
{
	Soleus__V1__DaemonStatusReply reply = SOLEUS__V1__DAEMON_STATUS_REPLY__INIT;
	assert_int_equal(events_status(events, world->arena, &reply).code, STATUS_OK);
	assert_int_equal(reply.n_consumers, 1);
	assert_string_equal(reply.consumers[0]->source, "alpha");
	return reply.consumers[0]->last_error;
}

FIBER void wait_for_error(struct world *world, struct events *events, const char *words)
{
	int64_t until_us = clock_monotonic_us() + WORLD_PATIENCE_US;
	while (!strstr(last_error(world, events), words)) {
		if (clock_monotonic_us() > until_us)
			fail_msg("expected an error about %s, got \"%s\"", words,
				 last_error(world, events));
		fiber_sleep_us(2000);
	}
}

/* ---- The house ---- */

int world_open(void **state)
{
	struct db_schema schemas[] = {
		{"alpha", alpha_migrations, events_migrations, NULL},
		{"beta", beta_migrations, events_migrations, NULL},
	};
	struct house *house;
	char url[URL_BYTES];
	if (sodium_init() < 0 || house_open(&house) != 0)
		return 1;
	*state = house;
	struct arena *arena = arena_new((size_t)16 << 20);
	struct status status =
		db_migrate(url_of(house, "postgres", url), schemas, 2, clock_now_us(), NULL, arena);
	if (!status_is_ok(status))
		print_error("migrate: %s\n", status.message);
	arena_free(arena);
	return !status_is_ok(status);
}

int world_close(void **state)
{
	return house_close((struct house **)state);
}
