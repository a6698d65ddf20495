/* The pool: which unit or batch goes on which lane, and when. */
#include "db/pool.h"

#include "base/clock.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READY_LOOK_US 1000000

static void turn(uv_prepare_t *handle);

/* ---- Opening ---- */

static void open_group(struct db *db, struct lane_group *group, struct lane *lanes, unsigned count,
		       bool bulk)
{
	*group = (struct lane_group){.lanes = lanes, .count = count};
	for (unsigned i = 0; i < count; i++) {
		lanes[i].db = db;
		lanes[i].bulk = bulk;
		lanes[i].state = LANE_BACKOFF;
		lanes[i].turn = 0;
		lane_begin(&lanes[i]);
	}
}

struct status db_open(struct loop *loop, const struct db_options *options, struct db **ret_db)
{
	struct target *target;
	struct status status = target_new(options->url, options->application,
					  options->statement_timeout_us, &target);
	if (!status_is_ok(status))
		return status;
	assert(options->lanes > 0 && options->batch_limit > 0 && options->statement_timeout_us > 0);
	struct db *db = calloc(1, sizeof(*db));
	unsigned lanes = options->lanes + options->bulk_lanes;
	if (db)
		db->lanes = calloc(lanes, sizeof(struct lane));
	if (!db || !db->lanes) {
		free(db);
		target_free(target);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the database");
	}
	db->loop = loop;
	db->options = *options;
	db->target = target;
	db->lane_count = lanes;
	snprintf(db->why, sizeof(db->why), "not connected yet");
	uv_prepare_init(loop_uv(loop), &db->turn);
	db->turn.data = db;
	db->handles = 1;
	open_group(db, &db->usual, db->lanes, options->lanes, false);
	open_group(db, &db->bulk, db->lanes + options->lanes, options->bulk_lanes, true);
	*ret_db = db;
	return status_ok();
}

bool db_is_ready(const struct db *db, const char **ret_why)
{
	if (db->usual.up > 0)
		return true;
	if (ret_why)
		*ret_why = db->why;
	return false;
}

FIBER struct status db_wait_ready(struct db *db, int64_t timeout_us)
{
	int64_t until_us = clock_monotonic_us() + timeout_us;
	struct status status = status_ok();
	pool_enter(db);
	while (status_is_ok(status) && !db_is_ready(db, NULL)) {
		int64_t left_us = until_us - clock_monotonic_us();
		if (db->refused)
			status = status_error(STATUS_FAILED_PRECONDITION, db->why);
		else if (db->closing)
			status = status_error(STATUS_CANCELLED, "the service is stopping");
		else if (left_us <= 0)
			status = status_error(STATUS_DEADLINE_EXCEEDED, db->why);
		else
			fiber_wait(&db->waiting_ready,
				   left_us < READY_LOOK_US ? left_us : READY_LOOK_US);
	}
	pool_leave(db);
	return status;
}

size_t db_in_flight(const struct db *db)
{
	return db->callers;
}

/* ---- The queue ---- */

static struct lane_group *group_of(struct db *db, const struct db_unit *unit)
{
	return unit->bulk && db->bulk.count > 0 ? &db->bulk : &db->usual;
}

static void queue_remove(struct lane_group *group, struct db_unit *unit)
{
	*(unit->previous ? &unit->previous->next : &group->first) = unit->next;
	*(unit->next ? &unit->next->previous : &group->last) = unit->previous;
	unit->next = unit->previous = NULL;
}

void pool_queue(struct db *db, struct db_unit *unit)
{
	struct lane_group *group = group_of(db, unit);
	assert(unit->state == UNIT_OPEN);
	unit->state = UNIT_QUEUED;
	unit->order = db->order++;
	unit->previous = group->last;
	unit->next = NULL;
	*(group->last ? &group->last->next : &group->first) = unit;
	group->last = unit;
	pool_wake(db);
}

void pool_unqueue(struct db *db, struct db_unit *unit)
{
	assert(unit->state == UNIT_QUEUED);
	queue_remove(group_of(db, unit), unit);
}

void pool_wake(struct db *db)
{
	if (!uv_is_active((uv_handle_t *)&db->turn) && !db->finishing)
		uv_prepare_start(&db->turn, turn);
}

void pool_enter(struct db *db)
{
	db->callers++;
}

/* ---- Handing out ---- */

/* The lane with the least in flight that has room; NULL when there is none. */
static struct lane *least_busy(const struct lane_group *group)
{
	struct lane *best = NULL;
	for (unsigned i = 0; i < group->count; i++) {
		struct lane *lane = &group->lanes[i];
		if (lane_has_room(lane) && (!best || lane->count < best->count))
			best = lane;
	}
	return best;
}

static void refuse_queue(struct db *db, struct lane_group *group, struct status status)
{
	while (group->first) {
		struct db_unit *unit = group->first;
		queue_remove(group, unit);
		unit_fail(unit, status, false);
	}
	if (group == &db->usual)
		coalesce_refuse(db, status);
}

/* First come, first served. A unit goes behind others when no lane is idle; a batch waits for an
 * idle lane, so that it grows while all are busy, and holds up what came after it. */
static void hand_out(struct db *db, struct lane_group *group)
{
	for (;;) {
		struct coalescer *waiting = group == &db->usual ? coalesce_oldest(db) : NULL;
		struct lane *lane = least_busy(group);
		if (!lane || (!waiting && !group->first))
			return;
		if (!waiting || (group->first && group->first->order < coalesce_order(waiting))) {
			struct db_unit *unit = group->first;
			queue_remove(group, unit);
			pipeline_send(lane, unit);
			continue;
		}
		if (lane->count > 0)
			return;
		struct db_unit *batch = coalesce_form(waiting, db->options.batch_limit);
		if (batch)
			pipeline_send(lane, batch);
	}
}

static void turn_group(struct db *db, struct lane_group *group)
{
	if (group->up > 0)
		hand_out(db, group);
	else if (group->down)
		refuse_queue(db, group,
			     status_error(STATUS_UNAVAILABLE, "the database cannot be reached"));
}

/* Once a turn of the loop, before it waits. */
static void turn(uv_prepare_t *handle)
{
	struct db *db = handle->data;
	uv_prepare_stop(handle);
	turn_group(db, &db->usual);
	turn_group(db, &db->bulk);
	for (unsigned i = 0; i < db->lane_count; i++) {
		if (lane_is_up(&db->lanes[i]) && db->lanes[i].unflushed)
			pipeline_flush(&db->lanes[i]);
	}
}

/* ---- What lanes report ---- */

static struct lane_group *group_of_lane(struct lane *lane)
{
	return lane->bulk ? &lane->db->bulk : &lane->db->usual;
}

void pool_lane_up(struct lane *lane)
{
	struct lane_group *group = group_of_lane(lane);
	group->up++;
	group->down = false;
	lane->db->refused = false;
	fiber_wake_all(&lane->db->waiting_ready);
	pool_wake(lane->db);
}

void pool_lane_lost(struct lane *lane, bool was_up)
{
	struct db *db = lane->db;
	struct lane_group *group = group_of_lane(lane);
	if (was_up)
		group->up--;
	else if (group->up == 0)
		group->down = true;
	snprintf(db->why, sizeof(db->why), "%s", lane->why);
	db->refused = lane->refused;
	fiber_wake_all(&db->waiting_ready);
	pool_wake(db);
}

/* ---- Closing ---- */

static void finish(struct db *db)
{
	void (*closed)(void *) = db->closed;
	void *argument = db->closed_argument;
	coalesce_free(db);
	target_free(db->target);
	free(db->lanes);
	free(db);
	if (closed)
		closed(argument);
}

static void turn_closed(uv_handle_t *handle)
{
	pool_handle_closed(handle->data);
}

/* Memory goes when no fiber is inside and no handle or worker is left. */
static void try_to_finish(struct db *db)
{
	if (!db->closing || db->callers > 0 || db->finishing)
		return;
	db->finishing = true;
	uv_close((uv_handle_t *)&db->turn, turn_closed);
}

void pool_handle_closed(struct db *db)
{
	if (--db->handles == 0 && db->finishing)
		finish(db);
}

void pool_leave(struct db *db)
{
	db->callers--;
	try_to_finish(db);
}

void db_close(struct db *db, void (*done)(void *), void *argument)
{
	struct status stopping = status_error(STATUS_CANCELLED, "the service is stopping");
	db->closing = true;
	db->closed = done;
	db->closed_argument = argument;
	for (unsigned i = 0; i < db->lane_count; i++)
		lane_close(&db->lanes[i]);
	refuse_queue(db, &db->usual, stopping);
	refuse_queue(db, &db->bulk, stopping);
	fiber_wake_all(&db->waiting_ready);
	try_to_finish(db);
}
