/* The queue of planned messages: who has something due, leased batches, what became of them.
 *
 * A lease is of lanes (all that waits of a clinic and a priority), so claiming a batch writes
 * nothing to its messages. It keeps other instances away while the batch is at the channel, and
 * runs on the server's own clock, for it is about a process. Who holds one must be done within it;
 * the write that ends a batch refuses all of it when the lease is no longer held.
 */
#ifndef SOLEUS_REMINDERS_STORE_QUEUE_H
#define SOLEUS_REMINDERS_STORE_QUEUE_H

#include "db/db.h"
#include "reminders/rules/programme.h"
#include "reminders/rules/whether.h"

#define QUEUE_LEASE_US INT64_C(3000000)
#define QUEUE_BATCH    1000

struct queue_waiting {
	const char *organisation_id;
	bool safety;    /* its lanes for safety, or the others */
	int64_t due_at; /* the earliest */
};

/* FIBER. Organisations with planned messages, for safety or the others, earliest due first. */
FIBER struct status queue_outlook(struct db *db, struct arena *arena, bool safety,
				  struct queue_waiting **ret_waiting, size_t *ret_count);

struct queue_message {
	const char *place; /* in the queue, while the lease holds */
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
	const char *language; /* "": not known */
	const char *consent;
	bool has_guardian;
	const char *channel;
	const char *address;
	struct whether_facts facts; /* its zone holds at `now` alone */
	int32_t offset_seconds;
};

/* How much is taken at once, and how long it may be held. */
struct queue_limits {
	size_t most; /* at most QUEUE_BATCH */
	int64_t lease_us;
};

struct queue_batch {
	const char *organisation_id;
	const char *lease_id;
	size_t lanes;                      /* that the lease holds */
	const struct programme *programme; /* in force */
	struct queue_message *messages;
	size_t count;
};

/* FIBER. Up to `limits->most` messages due at `now`, under a new lease: urgent ones first, and of
 * each clinic as many. One whose purpose nobody knows is left alone. No lanes: others hold what is
 * due.
 */
FIBER struct status queue_claim(struct db *db, struct arena *arena,
				const struct queue_waiting *waiting, int64_t now,
				const struct queue_limits *limits, struct queue_batch *ret_batch);

enum whether_visit queue_visit_from_state(const char *state);

/* What became of one. */
struct queue_decision {
	const struct queue_message *message;
	enum whether_kind kind;
	const char *why;
	const char *text;
	const struct queue_decision *leader; /* in whose text this is said too; NULL: its own */
	const char *lost_in; /* the text of an earlier time whose answer was lost; NULL: none */
	int32_t attempt;     /* of that, then of now */
	int64_t until;       /* WHETHER_WAIT */
	bool over;           /* WHETHER_SUPPRESS */
};

/* Adds the end of the lease and what was decided of its messages, in their order, to be run with
 * the events in one unit. */
void queue_decide(struct db_unit *unit, const struct queue_batch *batch,
		  const struct queue_decision *decisions, int64_t now);

/* FIBER. How far each source's events have been applied. */
struct queue_cursor {
	const char *source;
	uint64_t xid;
	int64_t id;
};
FIBER struct status queue_cursors(struct db *db, struct arena *arena,
				  struct queue_cursor **ret_cursors, size_t *ret_count);

#endif
