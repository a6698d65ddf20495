#include "reminders/handlers/delivery_watch.h"

#include "base/clock.h"
#include "base/log.h"
#include "reminders/handlers/hand_over.h"
#include "reminders/store/passing.h"
#include "reminders/store/programme.h"

#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)
#define CLAIM_US    (2 * CLOCK_MINUTE_US) /* longer than a batch takes */
#define HORIZON_US  CLOCK_DAY_US          /* settled is said no further ahead */
#define PAUSE_US    INT64_C(100000)

static struct worker *running; /* the one of this process */
static unsigned woken;

void delivery_watch_wake(void)
{
	woken++;
	if (running)
		worker_settled(running, clock_now_us() - 1);
	daemon_wake_worker(DELIVERY_WATCH);
}

/* A batch that is looked at. */
struct looking {
	struct events *events;
	struct arena *arena;
	const char *organisation_id;
	int64_t now;
	const struct programme *programme; /* in force */
	struct watched *watched;
	size_t count;
	struct queue_decision decisions[PASSING_BATCH];
	int64_t watch_at[PASSING_BATCH]; /* 0: no more */
};

/* ---- Judging ---- */

static void end_without(struct queue_decision *decision, const char *why)
{
	decision->kind = WHETHER_SUPPRESS;
	decision->why = why;
}

/* The same judgement as before the first time, with a channel that the consent is for. */
static void judge(struct looking *looking, size_t at, const struct next_row *next)
{
	struct watched *watched = &looking->watched[at];
	struct queue_decision *decision = &looking->decisions[at];
	struct queue_message *message = &watched->message;
	*decision = (struct queue_decision){.message = message, .text = message->text};
	if (watched->over || watched->state == HANDOVER_DELIVERED)
		return end_without(decision, "");
	if (!next)
		return end_without(decision, handover_is_lost(watched->state)
						     ? "no other channel has consent"
						     : "");
	message->channel = next->channel;
	message->address = next->address;
	message->facts.has_consent = message->facts.has_address = true;
	message->facts.window = &looking->programme->window;
	struct whether whether = whether_to_send(&message->facts);
	decision->kind = whether.kind;
	decision->why = whether.why;
	decision->until = whether.until;
	decision->over = whether.over;
	if (whether.kind == WHETHER_SEND)
		decision->why =
			arena_printf(looking->arena, "%s %s it", watched->provider,
				     handover_is_lost(watched->state) ? "could not deliver"
								      : "did not report in time");
}

static FIBER struct status judge_all(struct looking *looking)
{
	const char *ids[PASSING_BATCH];
	struct next_row *rows;
	size_t found = 0;
	for (size_t i = 0; i < looking->count; i++)
		ids[i] = looking->watched[i].message.message_id;
	struct status status =
		next_channels(events_db(looking->events), looking->arena, looking->organisation_id,
			      ids, looking->count, &rows, &found);
	for (size_t i = 0; status_is_ok(status) && i < looking->count; i++) {
		const struct next_row *next = NULL;
		for (size_t row = 0; row < found && !next; row++)
			if (strcmp(rows[row].message_id, ids[i]) == 0)
				next = &rows[row];
		judge(looking, i, next);
	}
	return status;
}

/* ---- Writing ---- */

/* One line of the trace for what was handed over again, or ends here. */
static void write_one(struct looking *looking, struct db_unit *unit, size_t at)
{
	const struct queue_decision *decision = &looking->decisions[at];
	const struct watched *watched = &looking->watched[at];
	bool sent = decision->kind == WHETHER_SEND;
	bool lost = handover_is_lost(watched->state);
	const struct trace_line line = {watched->message.message_id, sent ? "sent" : "undelivered",
					decision->message->channel, decision->why};
	if (decision->kind == WHETHER_WAIT) {
		looking->watch_at[at] = decision->until;
		return;
	}
	if (sent || (lost && *decision->why))
		trace_put(unit, looking->organisation_id, &line, 1, looking->now);
	/* Of what is over nobody needs to be told. */
	if (!sent && lost && *decision->why && !decision->over)
		tell_staff(looking->events, unit, looking->organisation_id, &watched->message,
			   decision->why, looking->now);
}

static FIBER struct status look_at(struct looking *looking)
{
	struct status status =
		programme_read(events_db(looking->events), looking->arena, looking->organisation_id,
			       looking->now, 0, &looking->programme, NULL);
	if (status_is_ok(status))
		status = judge_all(looking);
	struct hand_over batch = {
		.events = looking->events,
		.arena = looking->arena,
		.organisation_id = looking->organisation_id,
		.decisions = looking->decisions,
		.count = looking->count,
		.now = looking->now,
		.after_report = true,
	};
	if (status_is_ok(status))
		status = hand_over(&batch);
	if (!status_is_ok(status))
		return status;
	struct db_unit *unit = db_unit_new(looking->arena, looking->organisation_id);
	for (size_t i = 0; i < looking->count; i++)
		write_one(looking, unit, i);
	watch_put(unit, looking->organisation_id, looking->watched, looking->watch_at,
		  looking->count);
	status = hand_over_write(&batch, unit);
	if (status_is_ok(status))
		status = db_run(events_db(looking->events), unit);
	if (status_is_ok(status))
		events_kick(looking->events);
	return status;
}

/* ---- The worker ---- */

static FIBER struct status look(struct events *events, struct arena *arena, struct arena *batch,
				int64_t *ret_next_at)
{
	struct queue_waiting *waiting;
	size_t count = 0;
	int64_t now = clock_now_us(), next_at = now + HORIZON_US;
	struct status status = watch_outlook(events_db(events), arena, &waiting, &count);
	for (size_t i = 0; status_is_ok(status) && i < count; i++) {
		if (waiting[i].due_at > now) {
			if (waiting[i].due_at < next_at)
				next_at = waiting[i].due_at;
			break; /* the earliest first */
		}
		struct looking *looking = ARENA_NEW(batch, struct looking);
		if (!looking)
			return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a batch");
		*looking = (struct looking){.events = events,
					    .arena = batch,
					    .organisation_id = waiting[i].organisation_id,
					    .now = now};
		status = watch_claim(events_db(events), batch, looking->organisation_id, now,
				     now + CLAIM_US, &looking->watched, &looking->count);
		if (status_is_ok(status) && looking->count > 0)
			status = look_at(looking);
		arena_reset(batch);
		next_at = 0;
	}
	*ret_next_at = next_at;
	return status;
}

static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena,
			  struct arena *batch)
{
	int64_t next_at = 0;
	unsigned before = woken;
	struct status status = look(events, arena, batch, &next_at);
	if (!status_is_ok(status)) {
		log_warn("delivery watch looks again",
			 LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (before != woken)
		return 0;
	if (next_at > 0)
		worker_settled(worker, next_at - 1);
	return next_at;
}

FIBER void delivery_watch_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct arena *batch = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena || !batch)
		log_error("no memory for the delivery watch");
	running = worker;
	while (arena && batch && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena, batch);
		arena_reset(arena);
	}
	running = NULL;
	arena_free(batch);
	arena_free(arena);
}
