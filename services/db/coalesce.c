/* db_call: many callers, one statement, one commit. */
#include "db/coalesce.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "db/pool.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_ARENA_BYTES ((size_t)64 << 20)

static struct metric batches =
	METRIC_COUNTER("soleus_db_batches_total", "Batches of coalesced statements.");
static struct metric batched =
	METRIC_COUNTER("soleus_db_batched_calls_total", "Calls that went in a batch.");

/* A fiber inside db_call. Lives on its stack. */
struct call_member {
	struct coalescer *coalescer;
	const char *tenant;
	const char *const *values;
	struct arena *arena;
	struct fiber *fiber;
	struct loop_timer timer;
	uint64_t order;
	struct batch *batch; /* NULL while it waits for one */
	unsigned number;     /* in the batch */
	struct call_member *next;

	struct status status;
	bool alone; /* the batch failed: to be tried again by itself */
	struct db_result row;
};

/* A batch in flight. Its arena lives until the last caller's has ended: they read its rows. */
struct batch {
	struct db *db;
	struct arena *arena;
	struct db_unit *unit;
	struct call_member **members; /* NULL where the caller has left */
	unsigned count;
	unsigned references;
	bool lone; /* went by `one`: its row is the call's as it is */
};

static void batch_release(void *argument)
{
	struct batch *batch = argument;
	if (--batch->references > 0)
		return;
	arena_free(batch->arena);
	free(batch->members);
	free(batch);
}

/* ---- Waiting for a batch ---- */

static struct coalescer *coalescer_of(struct db *db, const struct db_coalesced *statement)
{
	for (struct coalescer *at = db->coalescers; at; at = at->next) {
		if (at->statement == statement)
			return at;
	}
	struct coalescer *made = calloc(1, sizeof(*made));
	if (!made)
		return NULL;
	*made = (struct coalescer){.db = db, .statement = statement, .next = db->coalescers};
	db->coalescers = made;
	return made;
}

static void append(struct coalescer *coalescer, struct call_member *member)
{
	if (coalescer->last)
		coalescer->last->next = member;
	else
		coalescer->first = member;
	coalescer->last = member;
}

static struct call_member *take_first(struct coalescer *coalescer)
{
	struct call_member *member = coalescer->first;
	coalescer->first = member->next;
	if (!coalescer->first)
		coalescer->last = NULL;
	member->next = NULL;
	return member;
}

static void take_out(struct coalescer *coalescer, struct call_member *member)
{
	struct call_member *before = NULL;
	for (struct call_member *at = coalescer->first; at != member; at = at->next)
		before = at;
	if (before)
		before->next = member->next;
	else
		coalescer->first = member->next;
	if (coalescer->last == member)
		coalescer->last = before;
	member->next = NULL;
}

uint64_t coalesce_order(const struct coalescer *coalescer)
{
	return coalescer->first->order;
}

struct coalescer *coalesce_oldest(struct db *db)
{
	struct coalescer *oldest = NULL;
	for (struct coalescer *at = db->coalescers; at; at = at->next) {
		if (at->first && (!oldest || coalesce_order(at) < coalesce_order(oldest)))
			oldest = at;
	}
	return oldest;
}

/* ---- Answering ---- */

static void resume(void *argument)
{
	struct call_member *member = argument;
	fiber_resume(member->fiber);
}

static void answer(struct call_member *member, struct status status)
{
	struct db *db = member->coalescer->db;
	member->status = status;
	loop_timer_stop(db->loop, &member->timer);
	loop_defer(db->loop, resume, member);
}

static void late(void *argument)
{
	struct call_member *member = argument;
	bool sent = member->batch != NULL;
	if (sent)
		member->batch->members[member->number] = NULL;
	else
		take_out(member->coalescer, member);
	answer(member, status_error(STATUS_DEADLINE_EXCEEDED,
				    sent ? "the database did not answer in time: outcome unknown"
					 : "the database was busy; nothing was sent"));
}

void coalesce_refuse(struct db *db, struct status status)
{
	for (struct coalescer *at = db->coalescers; at; at = at->next) {
		while (at->first)
			answer(take_first(at), status);
	}
}

void coalesce_free(struct db *db)
{
	while (db->coalescers) {
		struct coalescer *coalescer = db->coalescers;
		db->coalescers = coalescer->next;
		assert(!coalescer->first);
		free(coalescer);
	}
}

static void give_row(struct batch *batch, struct call_member *member, const PGresult *pg,
		     size_t row, unsigned hidden)
{
	batch->references++;
	arena_defer(member->arena, batch_release, batch);
	member->row = (struct db_result){pg, row, 1, hidden};
	answer(member, status_ok());
}

/* A lone call's rows are its own, all of them; of a batch each caller has the row that its
 * ordinality names. */
static void give_rows(struct batch *batch)
{
	const struct db_result *result = db_unit_result(batch->unit, 0);
	for (size_t row = 0; row < result->rows; row++) {
		size_t number = batch->lone ? 0 : (size_t)db_int(result, row, 0) - 1;
		assert(number < batch->count);
		struct call_member *member = batch->members[number];
		batch->members[number] = NULL;
		if (member)
			give_row(batch, member, result->pg, row, batch->lone ? 0 : 1);
	}
}

/* What failed for all may be the fault of one: each is tried by itself, unless that cannot help. */
static bool is_worth_trying_alone(const struct batch *batch, struct status status)
{
	return batch->count > 1 && status.code != STATUS_UNAVAILABLE &&
	       status.code != STATUS_DEADLINE_EXCEEDED && status.code != STATUS_CANCELLED;
}

static void batch_done(struct db_unit *unit)
{
	struct batch *batch = unit->owner;
	struct status status = unit->status;
	if (status_is_ok(status)) {
		give_rows(batch);
		status = status_error(STATUS_INTERNAL, "the statement gave no row for this call");
	}
	for (unsigned i = 0; i < batch->count; i++) {
		struct call_member *member = batch->members[i];
		if (!member)
			continue;
		member->batch = NULL;
		member->alone = !status_is_ok(unit->status) &&
				(unit->again || is_worth_trying_alone(batch, unit->status));
		answer(member, status);
	}
	batch_release(batch);
}

/* ---- Forming a batch ---- */

static const char *const *columns(struct batch *batch, const struct db_statement *statement)
{
	struct arena *arena = batch->arena;
	const char **values = ARENA_ARRAY(arena, statement->parameters + 1, const char *);
	const char **column = ARENA_ARRAY(arena, batch->count, const char *);
	for (unsigned p = 0; values && column && p < statement->parameters; p++) {
		for (unsigned i = 0; i < batch->count; i++)
			column[i] = batch->members[i]->values[p];
		values[p] = db_from_texts(arena, column, batch->count);
		if (!values[p])
			return NULL;
	}
	return column ? values : NULL;
}

static struct db_unit *batch_unit(struct batch *batch, const struct db_coalesced *statement)
{
	batch->lone = batch->count == 1 && statement->one;
	const struct db_statement *used = batch->lone ? statement->one : statement->many;
	const char **tenants = ARENA_ARRAY(batch->arena, batch->count, const char *);
	const char *const *values = batch->lone ? batch->members[0]->values : columns(batch, used);
	if (!tenants || !values)
		return NULL;
	size_t known = 0;
	for (unsigned i = 0; i < batch->count; i++) {
		const char *tenant = batch->members[i]->tenant;
		if (tenant && *tenant)
			tenants[known++] = tenant;
	}
	struct db_unit *unit = unit_new(batch->arena, tenants, known);
	db_unit_add(unit, used, values, used->parameters);
	unit->done = batch_done;
	unit->owner = batch;
	return unit->overflowed ? NULL : unit;
}

struct db_unit *coalesce_form(struct coalescer *coalescer, unsigned limit)
{
	struct batch *batch = calloc(1, sizeof(*batch));
	if (batch) {
		batch->db = coalescer->db;
		batch->references = 1;
		batch->arena = arena_new(BATCH_ARENA_BYTES);
		batch->members = calloc(limit, sizeof(struct call_member *));
	}
	if (!batch || !batch->arena || !batch->members) {
		if (batch)
			batch_release(batch);
		answer(take_first(coalescer),
		       status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory"));
		return NULL;
	}
	while (batch->count < limit && coalescer->first) {
		struct call_member *member = take_first(coalescer);
		member->batch = batch;
		member->number = batch->count;
		batch->members[batch->count++] = member;
	}
	batch->unit = batch_unit(batch, coalescer->statement);
	if (batch->unit) {
		metric_add(&batches, 1);
		metric_add(&batched, batch->count);
		return batch->unit;
	}
	for (unsigned i = 0; i < batch->count; i++) {
		batch->members[i]->batch = NULL;
		answer(batch->members[i],
		       status_error(STATUS_RESOURCE_EXHAUSTED,
				    "the batch needs more memory than it may have"));
	}
	batch_release(batch);
	return NULL;
}

/* ---- One call ---- */

static FIBER struct status call_alone(struct db *db, struct call_member *member, int64_t limit_us)
{
	const struct db_coalesced *statement = member->coalescer->statement;
	struct db_unit *unit = db_unit_new(member->arena, member->tenant);
	const struct db_statement *used = statement->one ? statement->one : statement->many;
	const char **values = ARENA_ARRAY(member->arena, used->parameters + 1, const char *);
	for (unsigned p = 0; values && p < used->parameters; p++)
		values[p] = statement->one ? member->values[p]
					   : db_from_texts(member->arena, &member->values[p], 1);
	if (!values)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
	db_unit_add(unit, used, values, used->parameters);
	struct status status = db_run_by(db, unit, limit_us);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, 0);
	if (db_result_rows(result) != 1)
		return status_error(STATUS_INTERNAL, "the statement gave no row for this call");
	member->row = (struct db_result){result->pg, 0, 1, statement->one ? 0 : 1};
	return status;
}

FIBER struct status db_call(struct db *db, const struct db_coalesced *statement, const char *tenant,
			    const char *const *values, size_t count, struct arena *arena,
			    const struct db_result **ret_row)
{
	int64_t limit_us = clock_monotonic_us() + db->options.statement_timeout_us;
	struct call_member member = {
		.coalescer = coalescer_of(db, statement),
		.tenant = tenant,
		.values = values,
		.arena = arena,
		.fiber = fiber_current(),
		.order = db->order++,
	};
	assert(count == statement->many->parameters);
	(void)count;
	struct db_result *row = ARENA_NEW(arena, struct db_result);
	if (!member.coalescer || !row)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "out of memory");
	if (db->closing)
		return status_error(STATUS_CANCELLED, "the service is stopping");
	pool_enter(db);
	append(member.coalescer, &member);
	loop_timer_start(db->loop, &member.timer, db->options.statement_timeout_us, 0, late,
			 &member);
	pool_wake(db);
	fiber_suspend();
	if (!status_is_ok(member.status) && member.alone && !db->closing)
		member.status = call_alone(db, &member, limit_us);
	pool_leave(db);
	*row = member.row;
	if (status_is_ok(member.status))
		*ret_row = row;
	return member.status;
}
