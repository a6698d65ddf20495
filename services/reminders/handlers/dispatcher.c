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
#define DISPATCHER_PAUSE_MIN_US INT64_C(2000)
#define DISPATCHER_PAUSE_MAX_US INT64_C(100000)

/* The one dispatcher of this process. */
static struct dispatcher {
	struct worker *worker; /* while it runs */
	struct expectations expectations;
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
	daemon_wake_worker(DISPATCHER);
}

struct look {
	int64_t now;
	int64_t next_due_at; /* of what is not due yet */
	bool worked;         /* something was done: look again at once */
	bool blocked;        /* something is due that cannot be done now */
};

/* Sends a batch of each organisation that has something due, and tells who is to be told of an
 * alert. */
static FIBER struct status look(struct events *events, struct arena *arena, struct arena *batch,
				struct look *ret_look)
{
	struct queue_waiting *waiting;
	size_t count = 0;
	struct look seen = {.now = clock_now_us(), .next_due_at = INT64_MAX};
	struct status status = queue_outlook(events_db(events), arena, &waiting, &count);
	for (size_t i = 0; status_is_ok(status) && i < count; i++) {
		size_t sent = 0;
		if (waiting[i].due_at > seen.now) {
			if (waiting[i].due_at < seen.next_due_at)
				seen.next_due_at = waiting[i].due_at;
			continue;
		}
		status = send_batch(events, batch, &waiting[i], seen.now, &sent);
		arena_reset(batch);
		seen.worked |= sent > 0;
		seen.blocked |= sent == 0;
	}
	struct escalated escalated = {.next_due_at = INT64_MAX};
	if (status_is_ok(status))
		status = escalate(events, arena, seen.now, &escalated);
	seen.worked |= escalated.told;
	if (escalated.next_due_at < seen.next_due_at)
		seen.next_due_at = escalated.next_due_at;
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
static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena,
			  struct arena *batch)
{
	struct look seen;
	/* Asked first: what is applied now is seen by the look that follows. */
	struct status status = ask_applied(events, arena);
	uint64_t expected = dispatcher.expectations.count;
	bool complete = !expectations_await_events(&dispatcher.expectations) &&
			dispatcher.expectations.commands == 0;
	if (status_is_ok(status))
		status = look(events, arena, batch, &seen);
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
	struct arena *batch = arena_new(DISPATCHER_ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena || !batch)
		log_error("dispatcher has no memory");
	dispatcher.worker = worker;
	while (arena && batch && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena, batch);
		arena_reset(arena);
	}
	dispatcher.worker = NULL;
	arena_free(batch);
	arena_free(arena);
}
