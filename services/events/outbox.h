/* The outbox as it is read: pages of envelopes behind a position, each naming the one before. */
#ifndef SOLEUS_EVENTS_OUTBOX_H
#define SOLEUS_EVENTS_OUTBOX_H

#include "base/arena.h"
#include "base/status.h"
#include "db/db.h"
#include "events/position.h"

#include "soleus/v1/bus.pb-c.h"

#include <stdbool.h>

#define OUTBOX_PAGE_LIMIT  1000
#define OUTBOX_PAGE_BYTES  INT64_C(262144)     /* of payload: a page must fit into one message, */
#define OUTBOX_EVENT_BYTES ((size_t)512 << 10) /* and so must a single event */

struct outbox_page {
	Soleus__V1__EventEnvelope **events; /* in the arena */
	size_t count;
	bool at_end;    /* nothing more can be read now */
	bool held_back; /* more is committed, and waits for an older transaction to end */
};

/* FIBER. The events behind `after`, `limit` at most (1 to OUTBOX_PAGE_LIMIT). */
FIBER struct status outbox_read(struct db *db, const char *service, struct position after,
				unsigned limit, struct arena *arena, struct outbox_page *ret_page);

/* FIBER. The last event that can be read; zero when there is none. */
FIBER struct status outbox_head(struct db *db, struct arena *arena, struct position *ret_head);

/* FIBER. The last event that is committed. */
FIBER struct status outbox_newest(struct db *db, struct arena *arena, struct position *ret_newest);

/* Adds an event to the unit of the change that it tells of. An event beyond OUTBOX_EVENT_BYTES
 * makes the unit fail: nobody could read it. */
void outbox_add(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		const char *subject_id, const char *traceparent, const ProtobufCMessage *message);

/* xid8 and bigint as values; the position of an envelope. */
const char *position_xid_value(struct arena *arena, struct position position);
const char *position_id_value(struct arena *arena, struct position position);
struct position position_of(const Soleus__V1__EventEnvelope *envelope);
struct position position_of_row(const struct db_result *result, size_t row);

#endif
