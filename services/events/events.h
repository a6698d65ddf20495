/* Events: the outbox of this service goes out, the outboxes of others come in, each effect once.
 *
 * Order is (transaction id, id), read only below the snapshot's horizon, so no event can appear
 * behind a cursor that has passed. Each published envelope names the one before it: a reader that
 * sees a gap, or starts, reads on with Daemon.Replay from its own cursor. Effect and cursor are one
 * transaction; two instances that race for the same event are settled by the cursor's row.
 *
 *     static const struct event_handler from_notes[] = {
 *             {&soleus__v1__note_signed__descriptor, on_note_signed},
 *             {NULL, NULL},
 *     };
 */
#ifndef SOLEUS_EVENTS_EVENTS_H
#define SOLEUS_EVENTS_EVENTS_H

#include "bus/bus.h"
#include "db/db.h"

#include "soleus/v1/daemon.pb-c.h"

struct events;

/* One event being applied. The handler reads with db_run(event->db, …) what it needs, and adds what
 * is to be written to `unit`, which commits with the cursor. */
struct event {
	struct arena *arena;
	struct db *db;
	struct db_unit *unit; /* tenant: the event's organisation */
	const Soleus__V1__EventEnvelope *envelope;
	struct events *events;
};

/* A failure other than OK: the event is tried again with back-off (50 ms to 2 s), in order; nothing
 * behind it is applied before it, and DaemonStatus says why. Refuse only what may heal. A handler
 * may run more often than its effect is committed: it does nothing but read, and add to the unit.
 */
typedef FIBER struct status event_apply(struct event *event, const ProtobufCMessage *message);

struct event_handler {
	const ProtobufCMessageDescriptor *type;
	event_apply *apply;
};

struct events_options {
	struct loop *loop;
	struct bus *bus;
	struct db *db;
	const char *service; /* whose outbox this is */
	struct bus_publisher *publisher;
};

struct status events_open(const struct events_options *options, struct events **ret_events);
struct db *events_db(const struct events *events);
const char *events_service(const struct events *events);

/* Begins to publish what is committed from now on, by other instances too; events_kick, after a
 * commit of one's own, saves waiting for the next look (100 ms). */
struct status events_publish(struct events *events);
void events_kick(struct events *events);

/* Begins to consume the outbox of `source` with `handlers` (ended by a NULL type; types without a
 * handler move the cursor alone, many at once). `rpc` is for Replay; it, `source` and `handlers`
 * live as long as events. */
struct status events_consume(struct events *events, const char *source, struct bus_client *rpc,
			     const char *publish_endpoint, const char *server_key,
			     const struct event_handler *handlers);

/* Adds an event to a consumer's own outbox in the unit of the event that caused it. */
void event_emit(struct event *event, const char *subject_id, const char *clinic_id,
		const ProtobufCMessage *message);

/* The same for background workers: any unit with a tenant. */
void events_emit(struct events *events, struct db_unit *unit, const char *organisation_id,
		 const char *clinic_id, const char *subject_id, const ProtobufCMessage *message);

/* The bodies of Daemon.Replay and of Daemon.DaemonStatus's part: how far each consumer has come,
 * and the newest event that is committed, so that equal positions mean: all has been applied. */
FIBER struct status events_replay(struct call *call, const Soleus__V1__ReplayRequest *request,
				  Soleus__V1__ReplayReply *reply);
FIBER struct status events_status(struct events *events, struct arena *arena,
				  Soleus__V1__DaemonStatusReply *reply);

/* Begins no further event's effect. */
void events_stop_consuming(struct events *events);

/* Stops consuming, then publishing, with a last look at the outbox: to be called when no command
 * is in flight any more, and again until it says true: nothing is being applied or published. */
bool events_stop(struct events *events);

/* After events_stop said true. */
void events_close(struct events *events);

#endif
