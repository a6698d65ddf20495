/* An event's effect and the cursor, in one transaction. */
#include "events/consumer.h"
#include "events/outbox.h"

#include "base/clock.h"
#include "base/metrics.h"
#include "events_sql.h"

#include <assert.h>
#include <string.h>

#define CURSOR_HAS_MOVED "SL001" /* raised by cursor_move.sql */
#define SKIPPED_MAX      256     /* events without a handler for each write of the cursor */

static struct metric applied = METRIC_COUNTER_BY("soleus_events_applied_total", "source",
						 "Events whose effect was committed here.");
static struct metric skipped = METRIC_COUNTER_BY("soleus_events_skipped_total", "source",
						 "Events that have no handler here.");
static struct metric undecodable = METRIC_COUNTER_BY("soleus_events_undecodable_total", "source",
						     "Payloads of a known type that do not read.");
static struct metric raced =
	METRIC_COUNTER_BY("soleus_events_raced_total", "source",
			  "Events that another instance applied at the same time.");
static struct metric effects =
	METRIC_HISTOGRAM_BY("soleus_events_effect_seconds", "source",
			    "From the start of a handler to the commit of its effect.");
METRICS_FROM_THE_START(&applied, &skipped, &undecodable, &raced, &effects)

struct status consumer_load_cursor(struct consumer *consumer)
{
	struct arena *arena = consumer->event_arena;
	arena_reset(arena);
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD(unit, &SQL_CURSOR_LOAD, consumer->source);
	struct status status = db_run(consumer->events->db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *row = db_unit_result(unit, 0);
	if (db_result_rows(row) == 0)
		return status_error(STATUS_ABORTED, "another instance is making the cursor");
	consumer->cursor = consumer->seen = position_of_row(row, 0);
	consumer->skipped = 0;
	consumer->cursor_known = true;
	return status;
}

static void add_move(struct consumer *consumer, struct db_unit *unit, struct position to)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_CURSOR_MOVE, consumer->source,
	       position_xid_value(arena, consumer->cursor),
	       position_id_value(arena, consumer->cursor), position_xid_value(arena, to),
	       position_id_value(arena, to), db_from_instant(arena, clock_now_us()));
}

/* Runs a unit that begins with the cursor's move. When another instance was there first, its
 * cursor is taken over; a failure is left only when nobody has got on. */
static FIBER struct status run_move(struct consumer *consumer, struct db_unit *unit,
				    struct position to)
{
	struct status status = db_run(consumer->events->db, unit);
	if (status_is_ok(status)) {
		consumer->cursor = consumer->seen = to;
		consumer->skipped = 0;
		return status;
	}
	consumer->cursor_known = false;
	if (strcmp(db_unit_sqlstate(unit), CURSOR_HAS_MOVED) != 0)
		return status;
	struct position before = consumer->cursor;
	struct status loaded = consumer_load_cursor(consumer);
	if (!status_is_ok(loaded) || !position_before(before, consumer->cursor))
		return status;
	metric_add(metric_with(&raced, consumer->source), 1);
	if (position_before(consumer->seen, to))
		consumer->behind = true; /* it has not come as far as this event */
	return status_ok();
}

struct status consumer_save_skipped(struct consumer *consumer)
{
	if (consumer->skipped == 0)
		return status_ok();
	arena_reset(consumer->event_arena);
	struct db_unit *unit = db_unit_new(consumer->event_arena, NULL);
	add_move(consumer, unit, consumer->seen);
	return run_move(consumer, unit, consumer->seen);
}

static FIBER struct status skip(struct consumer *consumer, struct position to)
{
	metric_add(metric_with(&skipped, consumer->source), 1);
	consumer->seen = to;
	consumer->skipped++;
	return consumer->skipped < SKIPPED_MAX ? status_ok() : consumer_save_skipped(consumer);
}

static const struct event_handler *find_handler(const struct consumer *consumer, const char *type)
{
	for (const struct event_handler *handler = consumer->handlers; handler->type; handler++)
		if (strcmp(handler->type->name, type) == 0)
			return handler;
	return NULL;
}

static struct status decode(struct consumer *consumer, const struct event_handler *handler,
			    const Soleus__V1__EventEnvelope *envelope,
			    ProtobufCMessage **ret_message)
{
	struct status status =
		message_decode(handler->type, consumer->event_arena, envelope->payload.data,
			       envelope->payload.len, ret_message);
	if (status_is_ok(status))
		return status;
	metric_add(metric_with(&undecodable, consumer->source), 1);
	return status_errorf(consumer->event_arena, STATUS_DATA_LOSS,
			     "the payload of %s cannot be read: %s%sexpected %s", envelope->type,
			     status.faults ? status.faults->field : "",
			     status.faults && status.faults->field[0] ? " " : "",
			     status.faults ? status.faults->expected : "a message");
}

static FIBER struct status apply_by(struct consumer *consumer, const struct event_handler *handler,
				    const Soleus__V1__EventEnvelope *envelope)
{
	struct arena *arena = consumer->event_arena;
	int64_t begun_us = clock_monotonic_us();
	arena_reset(arena);
	struct event event = {
		.arena = arena,
		.db = consumer->events->db,
		.unit = db_unit_new(arena, envelope->organisation_id),
		.envelope = envelope,
		.events = consumer->events,
	};
	struct position to = position_of(envelope);
	add_move(consumer, event.unit, to);
	ProtobufCMessage *message;
	struct status status = decode(consumer, handler, envelope, &message);
	if (status_is_ok(status))
		status = handler->apply(&event, message);
	if (status_is_ok(status))
		status = run_move(consumer, event.unit, to);
	if (status_is_ok(status) && position_is(consumer->cursor, to)) {
		metric_add(metric_with(&applied, consumer->source), 1);
		metric_observe_us(metric_with(&effects, consumer->source),
				  clock_monotonic_us() - begun_us);
	}
	return status;
}

bool consumer_joins_on(const struct consumer *consumer, const Soleus__V1__EventEnvelope *envelope)
{
	struct position previous = {envelope->previous_xid, envelope->previous_id};
	return !position_before(consumer->seen, previous);
}

struct status consumer_apply(struct consumer *consumer, const Soleus__V1__EventEnvelope *envelope)
{
	struct position at = position_of(envelope);
	assert(consumer_joins_on(consumer, envelope));
	if (!position_before(consumer->seen, at))
		return status_ok();
	const struct event_handler *handler = find_handler(consumer, envelope->type);
	return handler ? apply_by(consumer, handler, envelope) : skip(consumer, at);
}
