/* What a unit is inside: statements in, results and one outcome out.
 *
 * A unit is made, and read, by its caller; while it is queued or in flight the pool holds it. The
 * caller may leave when its time is over: the lane then reads and drops what is left of it.
 */
#ifndef SOLEUS_DB_UNIT_H
#define SOLEUS_DB_UNIT_H

#include "db/result.h"

struct lane;

enum unit_state {
	UNIT_OPEN,   /* statements may be added; also after the outcome */
	UNIT_QUEUED, /* in the pool's queue: nothing of it was sent */
	UNIT_SENT,   /* in flight on `lane`; libpq has copied everything */
};

struct unit_statement {
	const struct db_statement *statement;
	const char *const *values;
	PGresult *pg;            /* until somebody has taken it */
	struct db_result result; /* after OK */
};

struct db_unit {
	struct arena *arena;
	const char *tenants;
	struct unit_statement *statements;
	unsigned count;
	unsigned capacity;
	bool every_tenant;
	bool bulk;
	bool overflowed; /* the arena's budget did not do: the unit is never sent */

	enum unit_state state;
	struct lane *lane;
	struct db_unit *next; /* in the pool's queue */
	struct db_unit *previous;
	uint64_t order; /* of arrival, among units and calls */
	int64_t sent_us;
	void (*done)(struct db_unit *unit); /* on the loop, once for each time it was queued */
	void *owner;                        /* for `done` */

	/* The outcome. */
	struct status status;
	bool again;           /* nothing happened, and trying again may help */
	bool outcome_unknown; /* it may have been committed */
	char sqlstate[6];
	char constraint[64];
};

/* A unit for several organisations. */
struct db_unit *unit_new(struct arena *arena, const char *const *tenants, size_t count);

/* Forgets an earlier outcome. */
void unit_begin(struct db_unit *unit);

/* What the lane reports while it reads. After unit_succeed the results are for `done` to take. */
void unit_take_result(struct db_unit *unit, unsigned index, PGresult *pg);
void unit_take_error(struct db_unit *unit, const PGresult *error);
void unit_succeed(struct db_unit *unit);
void unit_fail(struct db_unit *unit, struct status status, bool outcome_unknown);

/* DEADLINE_EXCEEDED for whom not even a question can be asked any more. */
struct status unit_out_of_time(void);

/* FIBER. Queues the unit and waits for it, at most until `limit_us` (monotonic). */
FIBER struct status unit_run_once(struct db *db, struct db_unit *unit, int64_t limit_us);

#endif
