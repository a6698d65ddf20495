#include "db/coalesce.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "db/pool.h"
#include "db/sqlstate.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct metric batches =
	METRIC_COUNTER("soleus_db_batches_total", "Coalesced statements that were sent.");
static struct metric calls = METRIC_COUNTER("soleus_db_batched_calls_total",
					    "Calls that coalesced statements have served.");
static struct metric alone = METRIC_COUNTER("soleus_db_batch_broken_total",
					    "Batches that failed, so that each call went alone.");
METRICS_FROM_THE_START(&batches, &calls, &alone)

/* One call, on the stack of its fiber. */
struct call_member {
	const char *tenant;
	const char *const *values;
	struct arena *arena;
	struct db_result *row;
	struct fiber_queue answered;
	uint64_t order;
	struct coalescer *waits_in; /* NULL once it is in a batch */
	struct batch *batch;        /* NULL before, and once it is answered */
	unsigned place;             /* in the batch */
	struct call_member *next;
	struct call_member *previous;
	struct status status;
	bool alone; /* the batch failed: try without the others */
};

static struct status no_memory(void)
{
	return status_error(STATUS_RESOURCE_EXHAUSTED, "the request needs too much memory");
}

/* A fault of the statement: see struct db_coalesced. */
static struct status no_row(void)
{
	return status_error(STATUS_INTERNAL, "the statement gave no row for one of its callers");
}

/* Calls on their way together; lives from coalesce_form to the unit's `done`. */
struct batch {
	struct arena *arena;
	struct result_shared *result;
	unsigned count;
	unsigned hidden;               /* 1: the first column is the ordinality */
	struct call_member *members[]; /* NULL for a caller that has left */
};

/* --- Waiting --- */

static struct coalescer *find(struct db *db, const struct db_coalesced *statement)
{
	for (struct coalescer *at = db->coalescers; at; at = at->next)
		if (at->statement == statement)
			return at;
	struct coalescer *coalescer = calloc(1, sizeof(*coalescer));
	if (!coalescer)
		return 0;
	*coalescer = (struct coalescer){.db = db, .statement = statement, .next = db->coalescers};
	db->coalescers = coalescer;
	return coalescer;
}

static void join(struct coalescer *coalescer, struct call_member *member)
{
	member->waits_in = coalescer;
	member->order = coalescer->db->order++;
	member->previous = coalescer->last;
	if (coalescer->last)
		coalescer->last->next = member;
	else
		coalescer->first = member;
	coalescer->last = member;
}

static void unjoin(struct call_member *member)
{
	struct coalescer *coalescer = member->waits_in;
	if (member->previous)
		member->previous->next = member->next;
	else
		coalescer->first = member->next;
	if (member->next)
		member->next->previous = member->previous;
	else
		coalescer->last = member->previous;
	member->waits_in = 0;
	member->next = member->previous = 0;
}

struct coalescer *coalesce_oldest(struct db *db)
{
	struct coalescer *oldest = 0;
	for (struct coalescer *at = db->coalescers; at; at = at->next)
		if (at->first && (!oldest || at->first->order < oldest->first->order))
			oldest = at;
	return oldest;
}

uint64_t coalesce_order(const struct coalescer *coalescer)
{
	return coalescer->first->order;
}

static void answer(struct call_member *member, struct status status)
{
	member->batch = 0;
	member->status = status;
	fiber_wake_all(&member->answered);
}

void coalesce_refuse(struct db *db, struct status status)
{
	for (struct coalescer *at = db->coalescers; at; at = at->next)
		while (at->first) {
			struct call_member *member = at->first;
			unjoin(member);
			answer(member, status);
		}
}

void coalesce_free(struct db *db)
{
	while (db->coalescers) {
		struct coalescer *coalescer = db->coalescers;
		assert(!coalescer->first);
		db->coalescers = coalescer->next;
		free(coalescer);
	}
}

/* --- The batch's answer --- */

static void batch_free(struct batch *batch)
{
	if (batch->result)
		result_release(batch->result);
	arena_free(batch->arena);
	free(batch);
}

/* True when it was undone, perhaps because of one alone, by a server that can go on. */
static bool is_worth_trying_alone(const struct db_unit *unit)
{
	enum status_code code = unit->status.code;
	return !unit->outcome_unknown && unit->sqlstate[0] && code != STATUS_UNAVAILABLE &&
	       code != STATUS_DEADLINE_EXCEEDED && !sqlstate_is_shortage(unit->sqlstate);
}

static void batch_failed(struct batch *batch, const struct db_unit *unit)
{
	/* For a lone call the refusal is the answer, unless it heals. */
	bool try_alone = unit->again || (batch->count > 1 && is_worth_trying_alone(unit));
	if (try_alone && batch->count > 1)
		metric_add(&alone, 1);
	for (unsigned i = 0; i < batch->count; i++) {
		struct call_member *member = batch->members[i];
		if (!member)
			continue;
		member->alone = try_alone;
		answer(member, unit->status);
	}
}

/* The caller's place in the batch, which a row's first column says; -1 when it says none. */
static long row_place(const struct batch *batch, const PGresult *pg, int row)
{
	if (batch->hidden == 0)
		return 0;
	char *end;
	long ordinality = strtol(PQgetvalue(pg, row, 0), &end, 10);
	return *end == '\0' && ordinality >= 1 && ordinality <= (long)batch->count ? ordinality - 1
										   : -1;
}

static void give_rows(struct batch *batch)
{
	const PGresult *pg = batch->result->pg;
	for (int row = 0; row < PQntuples(pg); row++) {
		long place = row_place(batch, pg, row);
		struct call_member *member = place >= 0 ? batch->members[place] : 0;
		if (!member)
			continue;
		batch->members[place] = 0;
		*member->row = result_row(batch->result, (size_t)row, batch->hidden, member->arena);
		answer(member, status_ok());
	}
}

static void answer_all(struct batch *batch, struct status status)
{
	for (unsigned i = 0; i < batch->count; i++)
		if (batch->members[i])
			answer(batch->members[i], status);
}

static void batch_done(struct db_unit *unit)
{
	struct batch *batch = unit->owner;
	if (status_is_ok(unit->status)) {
		batch->result->pg = unit->statements[0].pg;
		unit->statements[0].pg = 0;
		give_rows(batch);
		answer_all(batch, no_row());
	} else {
		batch_failed(batch, unit);
	}
	batch_free(batch);
}

/* --- Forming a batch --- */

static struct batch *batch_new(unsigned count)
{
	struct batch *batch = calloc(1, sizeof(*batch) + count * sizeof(struct call_member *));
	if (!batch)
		return 0;
	batch->arena = arena_new(SIZE_MAX);
	batch->result = result_share();
	if (batch->arena && batch->result)
		return batch;
	batch_free(batch);
	return 0;
}

static void board(struct batch *batch, struct call_member *member)
{
	unjoin(member);
	member->batch = batch;
	member->place = batch->count;
	batch->members[batch->count++] = member;
}

/* Its organisations are those of its members, each once. */
static struct db_unit *unit_for(const struct batch *batch)
{
	const char **tenants = ARENA_ARRAY(batch->arena, batch->count, const char *);
	size_t count = 0;
	for (unsigned i = 0; tenants && i < batch->count; i++) {
		const char *tenant = batch->members[i]->tenant;
		bool known = !tenant;
		for (size_t j = 0; !known && j < count; j++)
			known = strcmp(tenants[j], tenant) == 0;
		if (!known)
			tenants[count++] = tenant;
	}
	return unit_new(batch->arena, tenants, tenants ? count : 0);
}

/* The values of all members turned into an array for each parameter. */
static void add_arrays(struct db_unit *unit, const struct db_statement *statement,
		       const struct batch *batch)
{
	struct arena *arena = batch->arena;
	const char **arrays = ARENA_ARRAY(arena, statement->parameters + 1, const char *);
	const char **column = ARENA_ARRAY(arena, batch->count, const char *);
	bool complete = arrays && column;
	for (unsigned n = 0; complete && n < statement->parameters; n++) {
		for (unsigned i = 0; i < batch->count; i++)
			column[i] = batch->members[i]->values[n];
		arrays[n] = db_from_texts(arena, column, batch->count);
		complete = arrays[n];
	}
	if (complete)
		db_unit_add(unit, statement, arrays, statement->parameters);
	else
		unit->overflowed = true;
}

struct db_unit *coalesce_form(struct coalescer *coalescer, unsigned limit)
{
	const struct db_coalesced *statement = coalescer->statement;
	struct batch *batch = batch_new(limit);
	if (!batch) {
		struct call_member *member = coalescer->first;
		unjoin(member);
		answer(member, no_memory());
		return 0;
	}
	while (coalescer->first && batch->count < limit)
		board(batch, coalescer->first);
	bool lone = batch->count == 1 && statement->one;
	struct db_unit *unit = unit_for(batch);
	if (lone) {
		db_unit_add(unit, statement->one, batch->members[0]->values,
			    statement->one->parameters);
	} else {
		batch->hidden = 1;
		add_arrays(unit, statement->many, batch);
	}
	if (unit->overflowed) {
		answer_all(batch, no_memory());
		batch_free(batch);
		return 0;
	}
	metric_add(&batches, 1);
	metric_add(&calls, batch->count);
	unit_begin(unit);
	unit->done = batch_done;
	unit->owner = batch;
	return unit;
}

/* --- Calling --- */

/* The caller's time is over; the others of its batch go on. */
static struct status leave(struct call_member *member)
{
	if (member->waits_in) {
		unjoin(member);
		return status_error(STATUS_DEADLINE_EXCEEDED,
				    "the database was too busy to begin in time");
	}
	member->batch->members[member->place] = 0;
	return status_error(STATUS_DEADLINE_EXCEEDED,
			    "the database did not answer in time: outcome unknown");
}

static FIBER struct status call_alone(struct db *db, const struct db_coalesced *statement,
				      const struct call_member *member, size_t count)
{
	struct db_unit *unit = db_unit_new(member->arena, member->tenant);
	unsigned hidden = 0;
	if (statement->one) {
		db_unit_add(unit, statement->one, member->values, count);
	} else if (!unit->overflowed) {
		const char **arrays = ARENA_ARRAY(member->arena, count + 1, const char *);
		for (size_t i = 0; arrays && i < count; i++)
			arrays[i] = db_from_texts(member->arena, &member->values[i], 1);
		if (!arrays)
			return no_memory();
		hidden = 1;
		db_unit_add(unit, statement->many, arrays, count);
	}
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	*member->row = *db_unit_result(unit, 0);
	member->row->hidden = hidden;
	return member->row->rows == 1 ? status : no_row();
}

FIBER struct status db_call(struct db *db, const struct db_coalesced *statement, const char *tenant,
			    const char *const *values, size_t count, struct arena *arena,
			    const struct db_result **ret_row)
{
	assert(count == statement->many->parameters);
	assert(!statement->one || statement->one->parameters == count);
	struct call_member member = {.tenant = db_id(tenant), .values = values, .arena = arena};
	member.row = ARENA_NEW(arena, struct db_result);
	struct coalescer *coalescer = find(db, statement);
	if (!member.row || !coalescer || arena_has_refused(arena))
		return no_memory();
	int64_t left_us = pool_limit_us(db) - clock_monotonic_us();
	struct status refused = left_us > 0 ? pool_refuses(db, false) : unit_out_of_time();
	if (!status_is_ok(refused))
		return refused;
	pool_enter(db);
	join(coalescer, &member);
	pool_wake(db);
	if (!fiber_wait(&member.answered, left_us))
		member.status = leave(&member);
	struct status status =
		member.alone ? call_alone(db, statement, &member, count) : member.status;
	pool_leave(db);
	if (status_is_ok(status))
		*ret_row = member.row;
	return status;
}
