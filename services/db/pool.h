/* The pool, for the files of this room: which unit or batch goes on which lane, and when.
 *
 * Everything is queued and sent once a turn of the loop, before it waits, so that libpq (which may
 * do TLS) never runs on a fiber and one flush serves all.
 */
#ifndef SOLEUS_DB_POOL_H
#define SOLEUS_DB_POOL_H

#include "db/coalesce.h"
#include "db/lane.h"
#include "db/target.h"

/* Lanes that serve the same units. */
struct lane_group {
	struct lane *lanes;
	unsigned count;
	unsigned up;
	bool down;             /* units are refused at once: see pool_lane_lost */
	int64_t none_since_us; /* when it fell to none */
	struct db_unit *first;
	struct db_unit *last;
};

struct db {
	struct loop *loop;
	struct db_options options;
	struct target *target;
	struct lane *lanes;
	unsigned lane_count;
	struct lane_group usual;
	struct lane_group bulk; /* count 0: bulk units go on usual lanes */
	struct coalescer *coalescers;
	uint64_t order;    /* of the next unit or call */
	uv_prepare_t turn; /* active when something may be sent */

	struct fiber_queue waiting_ready;
	bool refused; /* the last failure was lasting */
	char why[320];

	size_t callers;   /* fibers inside a call of ours */
	unsigned handles; /* of libuv that are not closed */
	unsigned steps;   /* of connecting lanes, on workers */
	bool closing;
	struct loop_timer patience; /* with those steps, once it closes */
	bool impatient;
	bool finishing;
	bool finished; /* `closed` was called; the last step frees */
	void (*closed)(void *);
	void *closed_argument;
};

/* A fiber is inside db_run, db_call or db_wait_ready: memory stays until it has left. */
void pool_enter(struct db *db);
void pool_leave(struct db *db);

/* By when the current fiber wants its answer, on clock_monotonic_us: the statement timeout from
 * now, or its own deadline. */
int64_t pool_limit_us(const struct db *db);

/* Sends what can be sent at the end of this turn. */
void pool_wake(struct db *db);

/* Queues; `unit->done` comes later, also when it is refused. */
void pool_queue(struct db *db, struct db_unit *unit);
void pool_unqueue(struct db *db, struct db_unit *unit);

/* Why a new call is refused at once: no lane is up and none will be soon, or it is closing. */
struct status pool_refuses(const struct db *db, bool bulk);

/* What lanes report. */
void pool_lane_up(struct lane *lane);
void pool_lane_lost(struct lane *lane, bool was_up);
void pool_handle_closed(struct db *db);
void pool_step_ended(struct db *db);

#endif
