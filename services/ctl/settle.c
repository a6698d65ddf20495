#include "ctl/settle.h"

#include "base/clock.h"

#include <string.h>

#define SETTLE_PAUSE_US  2000
#define LOOK_ARENA_BYTES ((size_t)16 << 20)

/* One look at all daemons, each from a fiber of its own: one that is down takes its whole timeout.
 */
struct look {
	struct session *session;
	const char *who;
	struct arena *arena;
	struct daemon_view *views;
	size_t next, pending;
	struct fiber_queue all_answered;
};

static void ask_one(void *argument)
{
	struct look *look = argument;
	size_t i = look->next++;
	struct method method;
	ProtobufCMessage *reply = NULL;
	Soleus__V1__DaemonStatusRequest request = SOLEUS__V1__DAEMON_STATUS_REQUEST__INIT;
	struct session_call call = {.who = look->who, .arena = look->arena};
	struct status status = method_find(
		look->arena, arena_printf(look->arena, "%s.DaemonStatus", method_daemons[i]),
		&method);
	if (status_is_ok(status))
		status = session_call_message(look->session, &method, &call, &request.base, &reply);
	look->views[i] = (struct daemon_view){status, (Soleus__V1__DaemonStatusReply *)reply};
	if (--look->pending == 0)
		fiber_wake_all(&look->all_answered);
}

FIBER bool daemon_views(struct session *session, const char *who, struct arena *arena,
			struct daemon_view views[DAEMON_VIEWS])
{
	struct look look = {.session = session, .who = who, .arena = arena, .views = views};
	bool all = true;
	for (size_t i = 0; method_daemons[i]; i++) {
		look.next = i;
		look.pending++;
		struct status started = fiber_start(ask_one, &look);
		if (!status_is_ok(started)) {
			views[i].status = started;
			look.pending--;
		}
	}
	while (look.pending > 0)
		fiber_wait(&look.all_answered, -1);
	for (size_t i = 0; method_daemons[i]; i++)
		all = all && status_is_ok(views[i].status);
	return all;
}

static const Soleus__V1__DaemonStatusReply *source_of(const struct daemon_view *views,
						      const char *name)
{
	for (size_t i = 0; method_daemons[i]; i++) {
		if (strcmp(method_daemons[i], name) == 0)
			return views[i].reply;
	}
	return NULL;
}

/* NULL when the daemon is at rest, else what is still moving. */
static const char *moving(struct arena *arena, const struct daemon_view *views, size_t i,
			  int64_t now_us)
{
	const Soleus__V1__DaemonStatusReply *reply = views[i].reply;
	if (!reply)
		return arena_printf(arena, "%s: %s", method_daemons[i], views[i].status.message);
	if (!reply->ready)
		return arena_printf(arena, "%s is not ready", method_daemons[i]);
	for (size_t c = 0; c < reply->n_consumers; c++) {
		const Soleus__V1__ConsumerStatus *consumer = reply->consumers[c];
		const Soleus__V1__DaemonStatusReply *source = source_of(views, consumer->source);
		if (!source || consumer->xid != source->outbox_xid ||
		    consumer->id != source->outbox_id)
			return arena_printf(arena, "%s has not read all of %s%s%s",
					    method_daemons[i], consumer->source,
					    *consumer->last_error ? ": " : "",
					    consumer->last_error);
	}
	for (size_t w = 0; w < reply->n_workers; w++) {
		if (reply->workers[w]->settled_until_at < now_us)
			return arena_printf(arena, "%s: %s has work that is due", method_daemons[i],
					    reply->workers[w]->name);
	}
	return NULL;
}

/* Positions of all outboxes as one number: when it stands still between two looks at daemons that
 * are at rest, no effect was on its way between the looks. */
static uint64_t positions(const struct daemon_view *views)
{
	uint64_t sum = 0;
	for (size_t i = 0; method_daemons[i]; i++) {
		if (views[i].reply)
			sum = sum * 31 + (uint64_t)views[i].reply->outbox_id +
			      views[i].reply->outbox_xid;
	}
	return sum;
}

FIBER struct status settle(struct session *session, int64_t patience_us)
{
	int64_t until_us = clock_monotonic_us() + patience_us;
	uint64_t before = 0;
	unsigned looks = 0;
	struct status status = status_ok();
	struct arena *arena = arena_new(LOOK_ARENA_BYTES); /* a story looks many thousand times */
	for (;;) {
		struct daemon_view views[DAEMON_VIEWS] = {0};
		int64_t now_us = clock_now_us();
		const char *what = NULL;
		arena_reset(arena);
		daemon_views(session, "operator", arena, views);
		for (size_t i = 0; !what && method_daemons[i]; i++)
			what = moving(arena, views, i, clock_is_driven() ? now_us : INT64_MIN);
		looks = what || positions(views) != before ? 0 : looks + 1;
		before = positions(views);
		if (!what && looks > 0)
			break;
		if (clock_monotonic_us() > until_us) {
			status = status_errorf(session->arena, STATUS_DEADLINE_EXCEEDED,
					       "not at rest: %s",
					       what ? what : "events are still coming");
			break;
		}
		if (loop_is_stopping(session->loop)) {
			status = status_error(STATUS_CANCELLED, "stopped by a signal");
			break;
		}
		fiber_sleep_us(SETTLE_PAUSE_US);
	}
	arena_free(arena);
	return status;
}
