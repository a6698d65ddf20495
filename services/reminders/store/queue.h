/* The queue of planned messages: who has something due, leased batches, what became of them.
 *
 * A lease keeps other instances away while a batch is at the channel; it runs on the server's own
 * clock, for it is about a process. Who holds one must be done within it; the write that ends a
 * batch refuses all of it when one message is no longer held.
 */
#ifndef SOLEUS_REMINDERS_STORE_QUEUE_H
#define SOLEUS_REMINDERS_STORE_QUEUE_H

#include "db/db.h"
#include "reminders/rules/whether.h"

#define QUEUE_LEASE_US INT64_C(3000000)
#define QUEUE_BATCH    64

struct queue_waiting {
	const char *organisation_id;
	int64_t due_at; /* the earliest */
};

/* FIBER. Organisations with planned messages, earliest due first. */
FIBER struct status queue_outlook(struct db *db, struct arena *arena,
				  struct queue_waiting **ret_waiting, size_t *ret_count);

struct queue_message {
	const char *message_id;
	const char *athlete_id;
	const char *clinic_id;
	enum message_purpose purpose;
	const char *rule;
	int32_t step;
	int32_t steps;
	int64_t due_at;
	const char *text;       /* of a reply; others are rendered when they are sent */
	const char *visit_when; /* by the clinic's clock */
	const char *stale_when; /* by the athlete's */
	const char *clinic_name;
	const char *consent;
	bool has_guardian;
	const char *channel;
	const char *address;
	struct whether_facts facts; /* its zone holds at `now` alone */
	int32_t offset_seconds;
};

/* FIBER. Up to QUEUE_BATCH messages due at `now`, leased to `lease_id`. One whose purpose nobody
 * knows is left alone. */
FIBER struct status queue_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now, const char *lease_id,
				struct queue_message **ret_messages, size_t *ret_count);

/* What became of one. */
struct queue_decision {
	const struct queue_message *message;
	enum whether_kind kind;
	const char *why;
	const char *text;
	int64_t until; /* WHETHER_WAIT */
	bool over;     /* WHETHER_SUPPRESS */
};

/* Adds what was decided, to be run with the events in one unit. */
void queue_decide(struct db_unit *unit, const char *organisation_id, const char *lease_id,
		  const struct queue_decision *decisions, size_t count, int64_t now);

/* FIBER. How far each source's events have been applied. */
struct queue_cursor {
	const char *source;
	uint64_t xid;
	int64_t id;
};
FIBER struct status queue_cursors(struct db *db, struct arena *arena,
				  struct queue_cursor **ret_cursors, size_t *ret_count);

#endif
