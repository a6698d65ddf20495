/* The pool: lanes, the queue before them, readiness, the end. */
#include "db/db.h"

#include "base/clock.h"
#include "db/pool.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A lost connection is mostly back within this: units wait for it. Later they are refused. */
#define GRACE_US INT64_C(500000)

/* Whoever closes waits no longer than this for steps on workers. */
#define PATIENCE_US INT64_C(1000000)

static void send_turn(uv_prepare_t *turn);
static void turn_closed(uv_handle_t *turn);
static void finish(void *db);

/* --- Life --- */

static struct status no_memory(struct db *db)
{
	target_free(db ? db->target : 0);
	free(db ? db->lanes : 0);
	free(db);
	return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the database");
}

struct status db_open(struct loop *loop, const struct db_options *options, struct db **ret_db)
{
	assert(options->lanes > 0 && options->batch_limit > 0 && options->statement_timeout_us > 0);
	struct db *db = calloc(1, sizeof(*db));
	if (!db)
		return no_memory(db);
	db->loop = loop;
	db->options = *options;
	db->lane_count = options->lanes + options->bulk_lanes;
	db->lanes = calloc(db->lane_count, sizeof(*db->lanes));
	if (!db->lanes)
		return no_memory(db);
	struct status status = target_new(options->url, options->application,
					  options->statement_timeout_us, &db->target);
	if (!status_is_ok(status)) {
		no_memory(db);
		return status;
	}
	db->usual = (struct lane_group){.lanes = db->lanes, .count = options->lanes};
	db->bulk = (struct lane_group){.lanes = db->lanes + options->lanes,
				       .count = options->bulk_lanes};
	db->usual.none_since_us = db->bulk.none_since_us = clock_monotonic_us();
	snprintf(db->why, sizeof(db->why), "the first connection is being made");
	uv_prepare_init(loop_uv(loop), &db->turn);
	db->turn.data = db;
	db->handles = 1;
	for (unsigned i = 0; i < db->lane_count; i++) {
		db->lanes[i] = (struct lane){.db = db, .bulk = i >= options->lanes};
		lane_begin(&db->lanes[i]);
	}
	*ret_db = db;
	return status_ok();
}

void pool_enter(struct db *db)
{
	db->callers++;
}

int64_t pool_limit_us(const struct db *db)
{
	int64_t limit_us = clock_monotonic_us() + db->options.statement_timeout_us;
	return fiber_deadline() < limit_us ? fiber_deadline() : limit_us;
}

static void finish_if_over(struct db *db)
{
	if (!db->closing || db->finishing || db->handles > 0 || db->callers > 0)
		return;
	if (db->steps > 0 && !db->impatient)
		return;
	db->finishing = true;
	loop_defer(db->loop, finish, db);
}

void pool_leave(struct db *db)
{
	assert(db->callers > 0);
	db->callers--;
	finish_if_over(db);
}

void pool_handle_closed(struct db *db)
{
	assert(db->handles > 0);
	db->handles--;
	finish_if_over(db);
}

static void release(struct db *db)
{
	coalesce_free(db);
	target_free(db->target);
	free(db->lanes);
	free(db);
}

void pool_step_ended(struct db *db)
{
	assert(db->steps > 0);
	db->steps--;
	if (db->finished && db->steps == 0)
		release(db);
	else
		finish_if_over(db);
}

size_t db_in_flight(const struct db *db)
{
	return db->callers;
}

/* --- The queue --- */

static struct lane_group *group_of(struct db *db, bool bulk)
{
	return bulk && db->bulk.count > 0 ? &db->bulk : &db->usual;
}

static void enqueue(struct lane_group *group, struct db_unit *unit)
{
	unit->next = 0;
	unit->previous = group->last;
	if (group->last)
		group->last->next = unit;
	else
		group->first = unit;
	group->last = unit;
}

static void dequeue(struct lane_group *group, struct db_unit *unit)
{
	if (unit->previous)
		unit->previous->next = unit->next;
	else
		group->first = unit->next;
	if (unit->next)
		unit->next->previous = unit->previous;
	else
		group->last = unit->previous;
	unit->next = unit->previous = 0;
}

void pool_wake(struct db *db)
{
	if (!db->closing)
		uv_prepare_start(&db->turn, send_turn);
}

void pool_queue(struct db *db, struct db_unit *unit)
{
	unit->state = UNIT_QUEUED;
	unit->order = db->order++;
	enqueue(group_of(db, unit->bulk), unit);
	pool_wake(db);
}

void pool_unqueue(struct db *db, struct db_unit *unit)
{
	assert(unit->state == UNIT_QUEUED);
	dequeue(group_of(db, unit->bulk), unit);
}

static struct status closing(void)
{
	return status_error(STATUS_CANCELLED, "the service is stopping");
}

static struct status unreachable(void)
{
	return status_error(STATUS_UNAVAILABLE, "the database cannot be reached");
}

static struct status group_refuses(const struct db *db, const struct lane_group *group)
{
	return db->closing ? closing() : group->down ? unreachable() : status_ok();
}

struct status pool_refuses(const struct db *db, bool bulk)
{
	return group_refuses(db, bulk && db->bulk.count > 0 ? &db->bulk : &db->usual);
}

static void refuse_units(struct lane_group *group, struct status status)
{
	while (group->first) {
		struct db_unit *unit = group->first;
		dequeue(group, unit);
		unit_fail(unit, status, false);
	}
}

/* --- A turn: who goes where --- */

/* The idle lane, or else the one with the fewest units before it. */
static struct lane *best_lane(const struct lane_group *group)
{
	struct lane *best = 0;
	for (unsigned i = 0; i < group->count; i++) {
		struct lane *lane = &group->lanes[i];
		if (lane_has_room(lane) && (!best || lane->count < best->count))
			best = lane;
	}
	return best;
}

static void send_first(struct lane_group *group, struct lane *lane)
{
	struct db_unit *unit = group->first;
	dequeue(group, unit);
	pipeline_send(lane, unit);
}

static void send_bulk(struct db *db)
{
	struct lane *lane;
	while (db->bulk.first && (lane = best_lane(&db->bulk)))
		send_first(&db->bulk, lane);
}

static void send_batch(struct db *db, struct coalescer *coalescer, struct lane *lane)
{
	struct db_unit *unit = coalesce_form(coalescer, db->options.batch_limit);
	if (unit)
		pipeline_send(lane, unit);
}

/* In the order of arrival. A unit may go behind others on a busy lane, a batch waits for an idle
 * one while it grows; what came after its first call then waits, too, so that lanes fall idle. */
static void send_usual(struct db *db)
{
	for (;;) {
		struct lane_group *group = &db->usual;
		struct coalescer *coalescer = coalesce_oldest(db);
		struct lane *lane = best_lane(group);
		if (!lane || (!group->first && !coalescer))
			return;
		bool unit_is_next = group->first &&
				    (!coalescer || group->first->order < coalesce_order(coalescer));
		if (unit_is_next)
			send_first(group, lane);
		else if (lane->state == LANE_IDLE)
			send_batch(db, coalescer, lane);
		else
			return;
	}
}

static void send_turn(uv_prepare_t *turn)
{
	struct db *db = turn->data;
	uv_prepare_stop(turn);
	struct status refused = group_refuses(db, &db->usual);
	if (!status_is_ok(refused)) {
		refuse_units(&db->usual, refused);
		coalesce_refuse(db, refused);
	}
	refused = group_refuses(db, &db->bulk);
	if (!status_is_ok(refused))
		refuse_units(&db->bulk, refused);
	send_bulk(db);
	send_usual(db);
	for (unsigned i = 0; i < db->lane_count; i++)
		if (lane_is_up(&db->lanes[i]) && db->lanes[i].unflushed)
			pipeline_flush(&db->lanes[i]);
}

/* --- What lanes report --- */

void pool_lane_up(struct lane *lane)
{
	struct db *db = lane->db;
	struct lane_group *group = group_of(db, lane->bulk);
	group->up++;
	group->down = false;
	db->refused = false;
	fiber_wake_all(&db->waiting_ready);
	pool_wake(db);
}

void pool_lane_lost(struct lane *lane, bool was_up)
{
	struct db *db = lane->db;
	struct lane_group *group = group_of(db, lane->bulk);
	int64_t now_us = clock_monotonic_us();
	if (was_up && --group->up == 0)
		group->none_since_us = now_us;
	bool attempt_failed = !was_up && group->up == 0;
	if (attempt_failed && (lane->refused || now_us - group->none_since_us > GRACE_US))
		group->down = true;
	db->refused = lane->refused;
	snprintf(db->why, sizeof(db->why), "%s", lane->why);
	fiber_wake_all(&db->waiting_ready);
	pool_wake(db);
}

/* --- Readiness --- */

bool db_is_ready(const struct db *db, const char **ret_why)
{
	bool ready = db->usual.up > 0 && !db->closing;
	if (!ready && ret_why)
		*ret_why = db->why;
	return ready;
}

static FIBER struct status wait_ready(struct db *db, int64_t limit_us)
{
	while (!db_is_ready(db, 0)) {
		int64_t left_us = limit_us - clock_monotonic_us();
		if (db->closing)
			return closing();
		if (db->refused)
			return status_error(STATUS_FAILED_PRECONDITION, db->why);
		if (left_us <= 0)
			return status_error(STATUS_DEADLINE_EXCEEDED, db->why);
		fiber_wait(&db->waiting_ready, left_us);
	}
	return status_ok();
}

FIBER struct status db_wait_ready(struct db *db, int64_t timeout_us)
{
	pool_enter(db);
	struct status status = wait_ready(db, clock_monotonic_us() + timeout_us);
	pool_leave(db);
	return status;
}

/* --- The end --- */

/* libpq looks names up without an end that we could set: a worker has the lane until it returns. */
static void lose_patience(void *argument)
{
	struct db *db = argument;
	db->impatient = true;
	finish_if_over(db);
}

void db_close(struct db *db, void (*done)(void *), void *argument)
{
	assert(!db->closing);
	db->closing = true;
	db->closed = done;
	db->closed_argument = argument;
	for (unsigned i = 0; i < db->lane_count; i++)
		lane_close(&db->lanes[i]);
	refuse_units(&db->usual, closing());
	refuse_units(&db->bulk, closing());
	coalesce_refuse(db, closing());
	fiber_wake_all(&db->waiting_ready);
	loop_timer_start(db->loop, &db->patience, PATIENCE_US, 0, lose_patience, db);
	uv_close((uv_handle_t *)&db->turn, turn_closed);
}

static void turn_closed(uv_handle_t *turn)
{
	pool_handle_closed(turn->data);
}

static void finish(void *argument)
{
	struct db *db = argument;
	void (*done)(void *) = db->closed;
	void *done_argument = db->closed_argument;
	loop_timer_stop(db->loop, &db->patience);
	db->finished = true;
	if (db->steps == 0)
		release(db);
	if (done)
		done(done_argument);
}
