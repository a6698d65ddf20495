#include "scheduling/handlers/waitlist.h"

#include "scheduling/handlers/awaited.h"
#include "scheduling/handlers/waitlist_offer.h"
#include "scheduling/store/waitlist.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define ARENA_BYTES ((size_t)16 << 20)
#define BATCH       8            /* times of an organisation at once, so that none waits for all */
#define HORIZON_US  CLOCK_DAY_US /* settled is said no further ahead */
#define PAUSE_US    INT64_C(50000) /* while others hold what is due, or the database is away */

/* The one worker of this process. */
static struct {
	struct worker *worker; /* while it runs */
	unsigned expected;     /* grows with all that may have freed a time */
	struct awaited awaited;
} running;

static void unsettle(void)
{
	running.expected++;
	if (running.worker)
		worker_settled(running.worker, clock_now_us() - 1);
	daemon_wake_worker(WAITLIST);
}

void waitlist_expect(void)
{
	unsettle();
}

void waitlist_expect_event(const Soleus__V1__EventEnvelope *envelope)
{
	awaited_event(&running.awaited, envelope);
	unsettle();
}

/* ---- Work ---- */

struct look {
	int64_t now_us;
	int64_t next_at; /* of what is not due yet */
	bool worked;
	bool blocked; /* something is due that another has, or that failed */
};

/* One time, one organisation that fails does not stand in the way of the others. */
static void note_failure(struct look *look, const char *organisation_id, const char *slot_id,
			 struct status status)
{
	look->blocked = true;
	log_warn("offering times fails", LOG_STR("organisation", organisation_id),
		 LOG_STR("slot", slot_id), LOG_STR("status", status_code_name(status.code)),
		 LOG_STR("why", status.message));
}

static FIBER struct status offer_some(struct events *events, struct arena *arena,
				      const char *organisation_id, struct look *look)
{
	struct freed_slot *slots;
	size_t count = 0;
	const char *lease_id = text_uuid7_new(arena);
	int64_t leased_until_us = clock_monotonic_us() + FREED_LEASE_US / 2;
	struct status status = freed_claim(events_db(events), arena, organisation_id, look->now_us,
					   lease_id, BATCH, &slots, &count);
	look->worked |= count > 0;
	look->blocked |= count == 0;
	for (size_t i = 0; i < count && clock_monotonic_us() < leased_until_us; i++) {
		struct status offered =
			waitlist_offer_slot(events, organisation_id, &slots[i], look->now_us);
		if (!status_is_ok(offered))
			note_failure(look, organisation_id, slots[i].slot_id, offered);
	}
	if (count > 0)
		events_kick(events);
	return status;
}

static FIBER struct status lapse(struct events *events, struct arena *arena,
				 const char *organisation_id, int64_t now_us)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	waitlist_lapse(unit, organisation_id, now_us);
	return db_run(events_db(events), unit);
}

static FIBER struct status work(struct events *events, struct arena *arena, struct arena *batch,
				struct look *look)
{
	struct freed_owner *owners;
	size_t count = 0;
	struct status status = freed_outlook(events_db(events), arena, &owners, &count);
	for (size_t i = 0; i < count; i++) {
		if (owners[i].at > look->now_us) {
			if (owners[i].at < look->next_at)
				look->next_at = owners[i].at;
			continue;
		}
		struct status worked =
			lapse(events, batch, owners[i].organisation_id, look->now_us);
		if (status_is_ok(worked))
			worked = offer_some(events, batch, owners[i].organisation_id, look);
		if (!status_is_ok(worked))
			note_failure(look, owners[i].organisation_id, "", worked);
		arena_reset(batch);
	}
	return status;
}

static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena,
			  struct arena *batch)
{
	int64_t now_us = clock_now_us();
	struct look look = {.now_us = now_us, .next_at = now_us + HORIZON_US};
	/* Asked first: what is applied now is seen by the look that follows. */
	struct status status = awaited_ask(&running.awaited, events, arena);
	unsigned expected = running.expected;
	bool complete = !running.awaited.waits;
	if (status_is_ok(status))
		status = work(events, arena, batch, &look);
	if (!status_is_ok(status))
		log_warn("offering times fails", LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
	else if (look.worked)
		return 0;
	if (!status_is_ok(status) || look.blocked || !complete) {
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (expected == running.expected)
		worker_settled(worker, look.next_at - 1);
	return look.next_at;
}

FIBER void waitlist_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct arena *batch = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena || !batch)
		log_error("no memory to offer times");
	running.worker = worker;
	while (arena && batch && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena, batch);
		arena_reset(arena);
	}
	running.worker = NULL;
	arena_free(batch);
	arena_free(arena);
}
