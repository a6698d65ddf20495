/* The life of a consumer: what was published if it joins on, else the outbox by Replay. */
#include "events/consumer.h"
#include "events/outbox.h"

#include "base/log.h"
#include "base/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPLAY_EVENTS     200
#define REPLAY_TIMEOUT_US INT64_C(2000000)
#define POLL_US           INT64_C(1000000) /* the last event before a silence may have been lost */
#define RETRY_FIRST_US    INT64_C(50000)
#define RETRY_LAST_US     INT64_C(2000000)
#define PAGE_ARENA_BYTES  ((size_t)16 << 20)
#define EVENT_ARENA_BYTES ((size_t)16 << 20)

static struct metric gaps =
	METRIC_COUNTER_BY("soleus_events_gaps_total", "source",
			  "Times that published events were missing and the outbox was read.");
static struct metric replayed =
	METRIC_COUNTER_BY("soleus_events_replayed_total", "source", "Events that came by Replay.");
static struct metric failures =
	METRIC_COUNTER_BY("soleus_events_failures_total", "source",
			  "Failed tries to apply or to read events; each is tried again.");
METRICS_FROM_THE_START(&gaps, &replayed, &failures)

/* ---- What is published ---- */

static void receive(void *argument, const char *topic, const uint8_t *bytes, size_t length)
{
	struct consumer *consumer = argument;
	(void)topic;
	if (!inbox_put(&consumer->inbox, bytes, length))
		consumer->behind = true;
	fiber_wake_one(&consumer->wake);
}

/* NULL when these bytes are no envelope of the source. */
static const Soleus__V1__EventEnvelope *read_envelope(struct consumer *consumer)
{
	size_t length = 0;
	const uint8_t *bytes = inbox_peek(&consumer->inbox, &length);
	ProtobufCMessage *message;
	arena_reset(consumer->page_arena);
	struct status status = message_decode(&soleus__v1__event_envelope__descriptor,
					      consumer->page_arena, bytes, length, &message);
	if (!status_is_ok(status))
		return NULL;
	const Soleus__V1__EventEnvelope *envelope = (const Soleus__V1__EventEnvelope *)message;
	return strcmp(envelope->source, consumer->source) == 0 ? envelope : NULL;
}

/* Applies what was published, as long as each event joins on to the one before it. */
static FIBER struct status apply_inbox(struct consumer *consumer)
{
	while (consumer->inbox.first && !consumer->events->stopping_consumers) {
		const Soleus__V1__EventEnvelope *envelope = read_envelope(consumer);
		inbox_drop(&consumer->inbox);
		if (!envelope) {
			consumer->behind = true;
			continue;
		}
		if (!consumer_joins_on(consumer, envelope)) {
			metric_add(metric_with(&gaps, consumer->source), 1);
			inbox_clear(&consumer->inbox); /* all of it can be read by now */
			consumer->behind = true;
			return status_ok();
		}
		struct status status = consumer_apply(consumer, envelope);
		if (!status_is_ok(status))
			return status;
	}
	return status_ok();
}

/* ---- What is in the outbox ---- */

static FIBER struct status ask_for_page(struct consumer *consumer,
					const Soleus__V1__ReplayReply **ret_page)
{
	Soleus__V1__ReplayRequest request = SOLEUS__V1__REPLAY_REQUEST__INIT;
	request.after_xid = consumer->seen.xid;
	request.after_id = consumer->seen.id;
	request.limit = REPLAY_EVENTS;
	struct bus_call_options options = {.timeout_us = REPLAY_TIMEOUT_US};
	ProtobufCMessage *reply = NULL;
	arena_reset(consumer->page_arena);
	struct status status = bus_call(consumer->rpc, &soleus__v1__daemon__descriptor, "Replay",
					&options, &request.base, consumer->page_arena, &reply);
	if (status_is_ok(status))
		*ret_page = (const Soleus__V1__ReplayReply *)reply;
	return status;
}

/* One page. Reads on from where it is, so a page may be asked for again at any time. */
static FIBER struct status replay_page(struct consumer *consumer)
{
	const Soleus__V1__ReplayReply *page;
	struct status status = ask_for_page(consumer, &page);
	if (!status_is_ok(status))
		return status;
	consumer->behind = !page->at_end;
	for (size_t i = 0; status_is_ok(status) && i < page->n_events; i++) {
		if (consumer->events->stopping_consumers)
			break;
		if (!consumer_joins_on(consumer, page->events[i])) {
			consumer->behind = true; /* another instance's cursor was taken over */
			break;
		}
		status = consumer_apply(consumer, page->events[i]);
		metric_add(metric_with(&replayed, consumer->source), 1);
	}
	return status;
}

/* ---- Its life ---- */

static void note_failure(struct consumer *consumer, struct status status)
{
	char words[CONSUMER_ERROR_BYTES];
	snprintf(words, sizeof(words), "%s: %s", status_code_name(status.code), status.message);
	metric_add(metric_with(&failures, consumer->source), 1);
	consumer->behind = true; /* the event is not in the inbox any more */
	if (strcmp(words, consumer->last_error) == 0)
		return; /* said before */
	memcpy(consumer->last_error, words, sizeof(words));
	char at[64];
	snprintf(at, sizeof(at), "%" PRIu64 ":%" PRId64, consumer->seen.xid, consumer->seen.id);
	log_write(status.code == STATUS_DATA_LOSS ? LOG_ERROR : LOG_WARN, "events are not applied",
		  (const struct log_field[]){LOG_STR("source", consumer->source),
					     LOG_STR("after", at),
					     LOG_STR("message", words),
					     {LOG_END, 0, 0, 0}});
}

static void note_success(struct consumer *consumer)
{
	backoff_reset(&consumer->backoff);
	if (!consumer->last_error[0])
		return;
	consumer->last_error[0] = '\0';
	log_info("events are applied again", LOG_STR("source", consumer->source));
}

static FIBER struct status step(struct consumer *consumer)
{
	if (!consumer->cursor_known)
		return consumer_load_cursor(consumer);
	if (consumer->inbox.first)
		return apply_inbox(consumer);
	if (consumer->behind)
		return replay_page(consumer);
	return status_ok();
}

static bool is_at_rest(const struct consumer *consumer)
{
	return consumer->cursor_known && !consumer->behind && !consumer->inbox.first;
}

static FIBER void consume(void *argument)
{
	struct consumer *consumer = argument;
	const struct events *events = consumer->events;
	while (!events->stopping_consumers) {
		struct position before = consumer->seen;
		struct status status = step(consumer);
		if (!status_is_ok(status)) {
			note_failure(consumer, status);
			if (!events->stopping_consumers)
				fiber_wait(&consumer->halt, backoff_next(&consumer->backoff));
			continue;
		}
		if (is_at_rest(consumer) || position_before(before, consumer->seen))
			note_success(consumer);
		if (!is_at_rest(consumer))
			continue;
		if (events->stopping_consumers || fiber_wait(&consumer->wake, POLL_US))
			continue;
		consumer->behind = true;
		status = consumer_save_skipped(consumer);
		if (!status_is_ok(status))
			note_failure(consumer, status);
	}
	if (consumer->cursor_known)
		consumer_save_skipped(consumer); /* spares reading them again */
	consumer->runs = false;
}

static void consumer_free(struct consumer *consumer)
{
	if (consumer->subscriber)
		bus_subscriber_close(consumer->subscriber);
	inbox_clear(&consumer->inbox);
	arena_free(consumer->page_arena);
	arena_free(consumer->event_arena);
	free(consumer);
}

static struct consumer *consumer_new(struct events *events)
{
	struct consumer *consumer = calloc(1, sizeof(*consumer));
	if (!consumer)
		return NULL;
	consumer->events = events;
	consumer->behind = true;
	consumer->backoff = (struct backoff){RETRY_FIRST_US, RETRY_LAST_US, 0};
	consumer->page_arena = arena_new(PAGE_ARENA_BYTES);
	consumer->event_arena = arena_new(EVENT_ARENA_BYTES);
	if (consumer->page_arena && consumer->event_arena)
		return consumer;
	consumer_free(consumer);
	return NULL;
}

struct status events_consume(struct events *events, const char *source, struct bus_client *rpc,
			     const char *publish_endpoint, const char *server_key,
			     const struct event_handler *handlers)
{
	struct consumer *consumer = consumer_new(events);
	if (!consumer)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a consumer");
	consumer->source = source;
	consumer->rpc = rpc;
	consumer->handlers = handlers;
	struct status status = bus_subscribe(events->bus, publish_endpoint, server_key, "", receive,
					     consumer, &consumer->subscriber);
	if (status_is_ok(status)) {
		consumer->runs = true;
		status = fiber_start(consume, consumer);
	}
	if (!status_is_ok(status)) {
		consumer_free(consumer);
		return status;
	}
	consumer->next = events->consumers;
	events->consumers = consumer;
	return status;
}

void events_consumers_stop(struct events *events)
{
	events->stopping_consumers = true;
	for (struct consumer *at = events->consumers; at; at = at->next) {
		fiber_wake_all(&at->wake);
		fiber_wake_all(&at->halt);
	}
}

bool events_consumers_run(const struct events *events)
{
	for (const struct consumer *at = events->consumers; at; at = at->next)
		if (at->runs)
			return true;
	return false;
}

void events_consumers_free(struct events *events)
{
	while (events->consumers) {
		struct consumer *consumer = events->consumers;
		events->consumers = consumer->next;
		consumer_free(consumer);
	}
}

struct status events_consumers_status(const struct events *events, struct arena *arena,
				      Soleus__V1__DaemonStatusReply *reply)
{
	size_t count = 0;
	for (const struct consumer *at = events->consumers; at; at = at->next)
		count++;
	reply->consumers = ARENA_ARRAY(arena, count + 1, Soleus__V1__ConsumerStatus *);
	for (const struct consumer *at = events->consumers; reply->consumers && at; at = at->next) {
		Soleus__V1__ConsumerStatus *status = ARENA_NEW(arena, Soleus__V1__ConsumerStatus);
		if (!status)
			return status_error(STATUS_RESOURCE_EXHAUSTED, "too many consumers");
		soleus__v1__consumer_status__init(status);
		status->source = (char *)at->source;
		status->xid = at->seen.xid;
		status->id = at->seen.id;
		status->last_error = arena_strdup(arena, at->last_error);
		reply->consumers[reply->n_consumers++] = status;
	}
	return status_ok();
}
