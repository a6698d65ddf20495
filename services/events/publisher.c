/* Sends what has been committed to whoever listens: a hint, the outbox is the truth. */
#include "events/backoff.h"
#include "events/events_inside.h"
#include "events/outbox.h"

#include "base/log.h"
#include "base/metrics.h"

#define ARENA_BYTES     ((size_t)8 << 20)
#define PAGE_EVENTS     256
#define POLL_US         INT64_C(100000) /* other instances commit without a kick */
#define GATHER_US       INT64_C(1000) /* after a page, so that a stream of commits is read in pages */
#define HELD_FIRST_US   2000
#define HELD_LONGEST_US 20000
#define RETRY_FIRST_US  INT64_C(50000)
#define RETRY_LAST_US   INT64_C(2000000)

static struct metric published =
	METRIC_COUNTER("soleus_events_published_total", "Events handed to the publishing socket.");
static struct metric held_back =
	METRIC_COUNTER("soleus_events_held_back_total",
		       "Times that committed events had to wait for an older transaction to end.");
static struct metric failures =
	METRIC_COUNTER("soleus_events_publish_failures_total", "Failed reads of the outbox.");
METRICS_FROM_THE_START(&published, &held_back, &failures)

struct publishing {
	struct events *events;
	struct arena *arena;
	struct position at; /* published up to here */
	struct backoff held;
	struct backoff retry;
};

static void pause_for(struct publishing *publishing, int64_t duration_us)
{
	struct events *events = publishing->events;
	if (!events->stopping_publisher && !events->kicked)
		fiber_wait(&events->publisher_wake, duration_us);
}

/* A failed read is said once, and again when it works. */
static FIBER void pause_after_failure(struct publishing *publishing, struct status status)
{
	metric_add(&failures, 1);
	if (!publishing->retry.next_us)
		log_warn("the outbox cannot be read",
			 LOG_STR("code", status_code_name(status.code)),
			 LOG_STR("message", status.message));
	int64_t wait_us = backoff_next(&publishing->retry);
	publishing->events->kicked = false;
	pause_for(publishing, wait_us);
}

static void publish_page(struct publishing *publishing, const struct outbox_page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		const Soleus__V1__EventEnvelope *envelope = page->events[i];
		size_t length = 0;
		const uint8_t *bytes = message_encode(&envelope->base, publishing->arena, &length);
		if (bytes) /* else a gap: readers replay */
			bus_publish(publishing->events->publisher, envelope->type, bytes, length);
		publishing->at = position_of(envelope);
	}
	metric_add(&published, (int64_t)page->count);
}

/* False when stopped before the database told. */
static FIBER bool find_start(struct publishing *publishing)
{
	struct events *events = publishing->events;
	while (!events->stopping_publisher) {
		arena_reset(publishing->arena);
		struct status status = outbox_head(events->db, publishing->arena, &publishing->at);
		if (status_is_ok(status))
			return true;
		pause_after_failure(publishing, status);
	}
	return false;
}

/* One look at the outbox and the wait that suits what it showed. False when it was the last. */
static FIBER bool publish_once(struct publishing *publishing)
{
	struct events *events = publishing->events;
	bool last = events->stopping_publisher;
	struct outbox_page page;
	arena_reset(publishing->arena);
	events->kicked = false;
	struct status status = outbox_read(events->db, events->service, publishing->at, PAGE_EVENTS,
					   publishing->arena, &page);
	if (!status_is_ok(status)) {
		pause_after_failure(publishing, status);
		return !last;
	}
	if (publishing->retry.next_us)
		log_info("the outbox can be read again");
	backoff_reset(&publishing->retry);
	publish_page(publishing, &page);
	if (!page.at_end)
		return true;
	if (last)
		return false;
	if (page.held_back) {
		metric_add(&held_back, 1);
		fiber_sleep_us(backoff_next(&publishing->held));
		return true;
	}
	backoff_reset(&publishing->held);
	if (page.count > 0)
		fiber_sleep_us(GATHER_US);
	pause_for(publishing, POLL_US);
	return true;
}

static FIBER void publish(void *argument)
{
	struct publishing publishing = {
		.events = argument,
		.arena = ((struct events *)argument)->publisher_arena,
		.held = {HELD_FIRST_US, HELD_LONGEST_US, 0},
		.retry = {RETRY_FIRST_US, RETRY_LAST_US, 0},
	};
	if (find_start(&publishing)) {
		while (publish_once(&publishing))
			;
	}
	publishing.events->publisher_runs = false;
}

struct status events_publish(struct events *events)
{
	events->publisher_arena = arena_new(ARENA_BYTES);
	if (!events->publisher_arena)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the publisher");
	events->publisher_runs = true;
	struct status status = fiber_start(publish, events);
	if (!status_is_ok(status))
		events->publisher_runs = false;
	return status;
}

void events_kick(struct events *events)
{
	events->kicked = true;
	fiber_wake_one(&events->publisher_wake);
}

void events_publisher_stop(struct events *events)
{
	events->stopping_publisher = true;
	fiber_wake_all(&events->publisher_wake);
}
