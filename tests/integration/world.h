/* Two services in one process, for tests of events and commands on a real PostgreSQL: `alpha` has
 * rooms and an outbox, `beta` keeps an effect for each event of it. A test is a body on a fiber:
 *
 *     static FIBER void same_key(struct world *world) { …add_room(world, "a", "Blue")… }
 *     static void the_same_key(void **state) { world_play(*state, same_key); }
 */
#ifndef SOLEUS_TESTS_WORLD_H
#define SOLEUS_TESTS_WORLD_H

#include "house.h"

#include "base/clock.h"
#include "events/command.h"
#include "events/events.h"

#include <libpq-fe.h>

#define WORLD_PATIENCE_US (20 * CLOCK_SECOND_US)

#define WORLD_CLIENTS 8
#define WORLD_EACH    25

struct world {
	struct loop *loop;
	struct arena *arena;
	struct bus *bus;
	struct db *alpha;
	struct db *beta;
	unsigned closing;
	const struct house *house;
	struct bus_publisher *publisher;
	struct bus_server *server;
	struct bus_client *client;
	struct events *source;
	PGconn *admin;
	char folder[64];
	const char *organisation_id; /* of this test alone */
	FIBER void (*body)(struct world *);
	unsigned trouble; /* tries of on_room_created that are to fail */
	unsigned running; /* fibers of the test */
};

/* A house whose database has both schemas; fit cmocka's group setup and teardown. */
int world_open(void **state);
int world_close(void **state);

/* Opens alpha and beta, plays `body` with an organisation of its own, closes them. */
void world_play(const struct house *house, FIBER void (*body)(struct world *));

/* ---- The database, past the daemons; a failure fails the test ---- */

PGconn *connect_as(const struct world *world, const char *user);
void execute(PGconn *connection, const char *format, ...) __attribute__((format(printf, 2, 3)));
int64_t ask_number(PGconn *connection, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Ends all connections of a role, as an administrator or a crash does. */
void cut_connections(struct world *world, const char *user);

/* Of the world's organisation. */
int64_t rooms(struct world *world);
int64_t told(struct world *world);
int64_t effects(struct world *world);

/* ---- Alpha: commands ---- */

struct asked {
	struct arena *arena;
	struct call call;
	const char *room_id; /* of the reply, stored or new */
	const char *constraint;
	struct status status;
};

/* A client's command: add a room. The arena is the caller's to free. */
FIBER struct asked add_room(struct world *world, const char *key, const char *name);

/* As a client does: until there is an answer, with the same key. */
FIBER void add_room_surely(struct world *world, const char *name);

/* Starts WORLD_CLIENTS fibers that add WORLD_EACH rooms each; world->running counts them. */
void start_clients(struct world *world);

/* ---- Beta: effects ---- */

FIBER struct events *begin_reader(struct world *world);
FIBER void end_reader(struct events *events);

/* Why the reader does not go on. */
const char *last_error(struct world *world, struct events *reader);
FIBER void wait_for_error(struct world *world, struct events *reader, const char *words);

FIBER void wait_for_effects(struct world *world, int64_t count);

/* Each event had one effect, and in the order of the outbox. */
void assert_once_and_in_order(struct world *world);

#endif
