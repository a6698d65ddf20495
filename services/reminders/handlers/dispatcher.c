#include "reminders/handlers/dispatcher.h"

#include "base/clock.h"
#include "base/log.h"
#include "reminders/handlers/escalation.h"
#include "reminders/handlers/expectations.h"
#include "reminders/handlers/providers.h"
#include "reminders/handlers/send.h"
#include "reminders/store/queue.h"

#include <string.h>

#define DISPATCHER_ARENA_BYTES  ((size_t)16 << 20)
#define DISPATCHER_HORIZON_US   CLOCK_DAY_US /* settled is said no further ahead */
#define DISPATCHER_SENDERS      2            /* batches under way, beside one for safety */
#define DISPATCHER_SAFETY_US    INT64_C(100000)
#define DISPATCHER_PAUSE_MIN_US INT64_C(2000)
#define DISPATCHER_PAUSE_MAX_US INT64_C(100000)

/* The one dispatcher of this process. */
static struct dispatcher {
	struct worker *worker; /* while it runs */
	struct expectations expectations;
	struct arena *batches[DISPATCHER_SENDERS + 1]; /* of each sender; the last: for safety */
	struct fiber_queue
		stirred;  /* a sender ended, or a command did: there may be something for safety */
	int64_t pause_us; /* real time, while others must do something first */
} dispatcher;

FIBER bool dispatcher_forget(const char *const *message_ids, size_t count)
{
	struct channel *channel = provider_file()->channel;
	return !channel->forget || count == 0 || channel->forget(channel, message_ids, count);
}

static void unsettle(void)
{
	if (dispatcher.worker)
		worker_settled(dispatcher.worker, clock_now_us() - 1);
	daemon_wake_worker(DISPATCHER);
}

void dispatcher_expect_event(const Soleus__V1__EventEnvelope *envelope)
{
	expectations_event(&dispatcher.expectations, envelope);
	unsettle();
}

void dispatcher_expect_command(void)
{
	dispatcher.expectations.count++;
	dispatcher.expectations.commands++;
	unsettle();
}

void dispatcher_command_done(void)
{
	dispatcher.expectations.count++;
	dispatcher.expectations.commands--;
	fiber_wake_all(&dispatcher.stirred);
	daemon_wake_worker(DISPATCHER);
}

struct look {
	int64_t now;
	int64_t next_due_at; /* of what is not due yet */
	bool worked;         /* something was done: look again at once */
	bool blocked;        /* something is due that cannot be done now */
};

/* One batch of each organisation that has something due; several are under way at once, so that one
 * is judged and handed over while the database works on another. */
struct round {
	struct events *events;
	struct look *look;
	struct arena *arena; /* of what the round tells */
	const struct queue_waiting *waiting;
	size_t count; /* that are due */
	size_t next;
	size_t senders; /* at work */
	struct status status;
};

static struct status round_open(struct round *round, bool safety)
{
	struct queue_waiting *waiting;
	struct look *look = round->look;
	size_t count;
	int64_t now = clock_now_us();
	struct status status =
		queue_outlook(events_db(round->events), round->arena, safety, &waiting, &count);
	if (!status_is_ok(status))
		return status;
	round->waiting = waiting;
	while (round->count < count && waiting[round->count].due_at <= now)
		round->count++;
	if (round->count < count && waiting[round->count].due_at < look->next_due_at)
		look->next_due_at = waiting[round->count].due_at;
	return status;
}

static FIBER void send_next(struct round *round, struct arena *batch)
{
	const struct queue_waiting *waiting = &round->waiting[round->next++];
	size_t sent = 0;
	struct status status = send_batch(round->events, batch, waiting, clock_now_us(), &sent);
	if (!status_is_ok(status) && status_is_ok(round->status)) {
		const char *message = arena_strdup(round->arena, status.message);
		round->status = status_error(status.code, message ? message : "no memory");
	}
	arena_reset(batch);
	round->look->worked |= sent > 0;
	round->look->blocked |= sent == 0;
}

static FIBER void send_all(struct round *round, struct arena *batch)
{
	while (status_is_ok(round->status) && round->next < round->count)
		send_next(round, batch);
}

struct sender {
	struct round *round;
	struct arena *batch;
};

static void sender_main(void *argument)
{
	struct sender *sender = argument;
	send_all(sender->round, sender->batch);
	sender->round->senders--;
	fiber_wake_all(&dispatcher.stirred);
}

/* What is for safety, and who is to be told of an alert. */
static FIBER struct status look_to_safety(struct events *events, struct arena *arena,
					  struct look *look)
{
	struct round round = {.events = events, .look = look, .arena = arena};
	struct escalated escalated = {.next_due_at = INT64_MAX};
	struct status status = round_open(&round, true);
	if (status_is_ok(status)) {
		send_all(&round, dispatcher.batches[DISPATCHER_SENDERS]);
		status = round.status;
	}
	if (status_is_ok(status))
		status = escalate(events, arena, clock_now_us(), &escalated);
	look->worked |= escalated.told;
	if (escalated.next_due_at < look->next_due_at)
		look->next_due_at = escalated.next_due_at;
	return status;
}

/* All else, and what comes for safety meanwhile. */
static FIBER struct status look_to_others(struct events *events, struct arena *arena,
					  struct look *look)
{
	struct round round = {.events = events, .look = look, .arena = arena};
	struct sender senders[DISPATCHER_SENDERS];
	struct status safety = status_ok();
	struct status status = round_open(&round, false);
	size_t wanted = round.count < DISPATCHER_SENDERS ? round.count : DISPATCHER_SENDERS;
	for (size_t i = 0; status_is_ok(status) && i < wanted; i++) {
		senders[i] = (struct sender){&round, dispatcher.batches[i]};
		round.senders++;
		status = fiber_start(sender_main, &senders[i]);
		if (!status_is_ok(status))
			round.senders--;
	}
	while (round.senders > 0) {
		fiber_wait(&dispatcher.stirred, DISPATCHER_SAFETY_US);
		if (round.senders > 0 && status_is_ok(safety))
			safety = look_to_safety(events, arena, look);
	}
	if (status_is_ok(status))
		status = round.status;
	return status_is_ok(status) ? safety : status;
}

static FIBER struct status look(struct events *events, struct arena *arena, struct look *ret_look)
{
	struct look seen = {.now = clock_now_us(), .next_due_at = INT64_MAX};
	struct status status = look_to_safety(events, arena, &seen);
	if (status_is_ok(status))
		status = look_to_others(events, arena, &seen);
	*ret_look = seen;
	return status;
}

/* True when every event that may have planned something is committed. */
static FIBER struct status ask_applied(struct events *events, struct arena *arena)
{
	struct queue_cursor *cursors;
	size_t count;
	if (!expectations_await_events(&dispatcher.expectations))
		return status_ok();
	struct status status = queue_cursors(events_db(events), arena, &cursors, &count);
	if (status_is_ok(status))
		expectations_applied(&dispatcher.expectations, cursors, count);
	return status;
}

/* One look, and what it says about when to look again. */
static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena)
{
	struct look seen;
	/* Asked first: what is applied now is seen by the look that follows. */
	struct status status = ask_applied(events, arena);
	uint64_t expected = dispatcher.expectations.count;
	bool complete = !expectations_await_events(&dispatcher.expectations) &&
			dispatcher.expectations.commands == 0;
	if (status_is_ok(status))
		status = look(events, arena, &seen);
	if (!status_is_ok(status) && dispatcher.pause_us == 0)
		log_warn("dispatcher looks again", LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
	if (status_is_ok(status) && seen.worked) {
		dispatcher.pause_us = 0;
		return 0;
	}
	if (status_is_ok(status) && !seen.blocked && complete &&
	    expected == dispatcher.expectations.count) {
		int64_t horizon = seen.now + DISPATCHER_HORIZON_US;
		int64_t until = seen.next_due_at < horizon ? seen.next_due_at : horizon;
		worker_settled(worker, until - 1);
		dispatcher.pause_us = 0;
		return until;
	}
	dispatcher.pause_us =
		dispatcher.pause_us ? dispatcher.pause_us * 2 : DISPATCHER_PAUSE_MIN_US;
	if (dispatcher.pause_us > DISPATCHER_PAUSE_MAX_US)
		dispatcher.pause_us = DISPATCHER_PAUSE_MAX_US;
	fiber_sleep_us(dispatcher.pause_us);
	return 0;
}

FIBER void dispatcher_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(DISPATCHER_ARENA_BYTES);
	int64_t next_at = 0;
	bool ready = arena;
	for (size_t i = 0; i <= DISPATCHER_SENDERS; i++) {
		dispatcher.batches[i] = arena_new(DISPATCHER_ARENA_BYTES);
		ready = ready && dispatcher.batches[i];
	}
	if (!ready)
		log_error("dispatcher has no memory");
	dispatcher.worker = worker;
	while (ready && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena);
		arena_reset(arena);
	}
	dispatcher.worker = NULL;
	for (size_t i = 0; i <= DISPATCHER_SENDERS; i++)
		arena_free(dispatcher.batches[i]);
	arena_free(arena);
}
