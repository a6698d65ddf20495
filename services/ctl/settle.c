#include "ctl/settle.h"

#include "base/clock.h"

#include <string.h>

#define SETTLE_PAUSE_US 2000

FIBER bool daemon_views(struct session *session, struct daemon_view views[DAEMON_VIEWS])
{
	bool all = true;
	Soleus__V1__DaemonStatusRequest request = SOLEUS__V1__DAEMON_STATUS_REQUEST__INIT;
	struct session_call call = {.who = "operator"};
	for (size_t i = 0; method_daemons[i]; i++) {
		struct method method;
		ProtobufCMessage *reply = NULL;
		struct status status = method_find(
			session->arena,
			arena_printf(session->arena, "%s.DaemonStatus", method_daemons[i]),
			&method);
		if (status_is_ok(status))
			status = session_call_message(session, &method, &call, &request.base,
						      &reply);
		views[i] = (struct daemon_view){status, (Soleus__V1__DaemonStatusReply *)reply};
		all = all && status_is_ok(status);
	}
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
static const char *moving(struct session *session, const struct daemon_view *views, size_t i,
			  int64_t now_us)
{
	const Soleus__V1__DaemonStatusReply *reply = views[i].reply;
	if (!reply || !reply->ready)
		return arena_printf(session->arena, "%s is not ready", method_daemons[i]);
	for (size_t c = 0; c < reply->n_consumers; c++) {
		const Soleus__V1__ConsumerStatus *consumer = reply->consumers[c];
		const Soleus__V1__DaemonStatusReply *source = source_of(views, consumer->source);
		if (!source || consumer->xid != source->outbox_xid ||
		    consumer->id != source->outbox_id)
			return arena_printf(session->arena, "%s has not read all of %s%s%s",
					    method_daemons[i], consumer->source,
					    *consumer->last_error ? ": " : "",
					    consumer->last_error);
	}
	for (size_t w = 0; w < reply->n_workers; w++) {
		if (reply->workers[w]->settled_until_at < now_us)
			return arena_printf(session->arena, "%s: %s has work that is due",
					    method_daemons[i], reply->workers[w]->name);
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
	for (;;) {
		struct daemon_view views[DAEMON_VIEWS];
		int64_t now_us = clock_now_us();
		const char *what = NULL;
		daemon_views(session, views);
		for (size_t i = 0; !what && method_daemons[i]; i++)
			what = moving(session, views, i, clock_is_driven() ? now_us : INT64_MIN);
		looks = what || positions(views) != before ? 0 : looks + 1;
		before = positions(views);
		if (!what && looks > 0)
			return status_ok();
		if (clock_monotonic_us() > until_us)
			return status_errorf(session->arena, STATUS_DEADLINE_EXCEEDED,
					     "not at rest: %s",
					     what ? what : "events are still coming");
		fiber_sleep_us(SETTLE_PAUSE_US);
	}
}
