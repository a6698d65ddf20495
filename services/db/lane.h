/* A lane: one pipelined connection as a state machine.
 *
 * lane.c is its life (connect, back off, lose, close), prepare.c its first exchange, pipeline.c
 * its work. The pool (db.c) gives it units; a lane reports back through pool.h.
 *
 *     BACKOFF -> CONNECTING -> PREPARING -> IDLE <-> BUSY
 *        ^____________|____________|_________|________|      any surprise
 *     CLOSED: from anywhere, for good
 */
#ifndef SOLEUS_DB_LANE_H
#define SOLEUS_DB_LANE_H

#include "db/unit.h"
#include "loop/loop.h"

#include <libpq-fe.h>
#include <uv.h>

enum lane_state {
	LANE_BACKOFF,    /* no connection; `timer` begins the next attempt */
	LANE_CONNECTING, /* a step runs on a worker, or its socket is watched; `timer` limits it */
	LANE_PREPARING,  /* pipeline mode; role check and statements are sent; `timer` limits it */
	LANE_IDLE,       /* takes units; nothing is in flight; `timer` stands still */
	LANE_BUSY,       /* units in flight; `timer` runs for the oldest */
	LANE_CLOSED,     /* no connection, and never again */
};

/* Units behind one another on a lane at most; more wait in the pool, where nothing is unknown. */
#define LANE_DEPTH 16

/* A unit between its sending and its Sync. */
struct flight {
	struct db_unit *unit; /* NULL once its caller has left */
	unsigned expected;    /* results before the Sync: one more than its statements */
	unsigned answered;    /* of these */
	bool refused;         /* an error came instead of a result: nothing will be committed */
	bool ended;           /* and it came at the commit */
	bool unsynchronised;  /* committed here, but the wait for the standby was cancelled */
};

struct lane {
	struct db *db;
	bool bulk;
	enum lane_state state;
	PGconn *conn;
	uv_poll_t *poll; /* on conn's socket; NULL when none is watched */
	int watched;     /* uv events */
	struct loop_timer timer;

	/* CONNECTING */
	uv_work_t step;                   /* one PQconnectPoll, on a worker: names, TLS, SCRAM */
	PostgresPollingStatusType polled; /* what the step gave back */
	bool stepping;                    /* conn belongs to the worker */
	bool expired;                     /* the attempt is to end with the step */
	unsigned turn;                    /* which host comes first */
	unsigned failures;                /* attempts since it was last up */

	/* PREPARING */
	unsigned prepared; /* results that have come */
	bool refused;      /* role or schema do not fit: `why` says it */
	char why[256];

	/* IDLE, BUSY */
	struct flight flights[LANE_DEPTH]; /* a ring, oldest first */
	unsigned first;
	unsigned count;
	bool spoiled;   /* takes no more units; connects anew once the last one is answered */
	bool unflushed; /* something was written since the last flush */
};

static inline bool lane_is_up(const struct lane *lane)
{
	return lane->state == LANE_IDLE || lane->state == LANE_BUSY;
}

static inline bool lane_has_room(const struct lane *lane)
{
	return lane_is_up(lane) && !lane->spoiled && lane->count < LANE_DEPTH;
}

/* lane.c */
void lane_begin(struct lane *lane);
void lane_up(struct lane *lane); /* PREPARING is over */
void lane_enter(struct lane *lane, enum lane_state next);
void lane_watch(struct lane *lane, int events);
/* Ends the connection: whatever was in flight is answered, a new attempt comes after a pause.
 * `why` is copied. `late`: the unit in front ran out of time. */
void lane_lose(struct lane *lane, const char *why, bool late);
void lane_close(struct lane *lane);
/* The lane is lost unless it is told otherwise within `limit_us`; less than zero: no limit. */
void lane_limit(struct lane *lane, int64_t limit_us);

/* prepare.c: sends the first exchange; reads one result of it. False: the connection is no good,
 * as lane->why says. */
bool prepare_send(struct lane *lane);
bool prepare_take(struct lane *lane, PGresult *result, bool *ret_over);

/* pipeline.c; each may lose the lane, so look at its state afterwards. */
void pipeline_send(struct lane *lane, struct db_unit *unit);
void pipeline_flush(struct lane *lane);
void pipeline_turn(struct lane *lane, int events);
void pipeline_forget(struct lane *lane, const struct db_unit *unit);
void pipeline_fail_all(struct lane *lane, bool late);
void pipeline_notice(void *lane, const PGresult *notice);

#endif
