#include "scheduling/handlers/hold_expiry.h"

#include "scheduling/handlers/hold_end.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/booking.h"

#include "base/clock.h"
#include "base/log.h"

#include <string.h>

#define ARENA_BYTES ((size_t)8 << 20)
#define BATCH       100
#define HORIZON_US  CLOCK_DAY_US /* settled is said no further ahead */
#define PAUSE_US    INT64_C(100000)

static struct worker *running; /* the one of this process */
static unsigned expected;      /* holds made since the start */

void hold_expiry_expect(void)
{
	expected++;
	if (running)
		worker_settled(running, clock_now_us() - 1);
	daemon_wake_worker(HOLD_EXPIRY);
}

/* ---- Ending ---- */

struct dead_hold {
	struct appointment_row row;
	struct waitlist_offer offer; /* that it is for; offer_id NULL: none */
};

static void add_end(struct db_unit *unit, const char *organisation_id, const struct dead_hold *hold,
		    int64_t now_us)
{
	struct appointment_row row = hold->row;
	struct hold_end end = {
		.unit = unit,
		.organisation_id = organisation_id,
		.traceparent = "",
		.by = HOLD_EXPIRY,
		.now_us = now_us,
		.row = &row,
		.offer = hold->offer,
	};
	hold_end_add(&end, APPOINTMENT_EXPIRED);
}

/* All in one unit; false: one of them has moved meanwhile, and none was ended. */
static FIBER struct status end_together(struct events *events, struct arena *arena,
					const char *organisation_id, const struct dead_hold *holds,
					size_t count, int64_t now_us, bool *ret_ended)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	for (size_t i = 0; i < count; i++)
		add_end(unit, organisation_id, &holds[i], now_us);
	struct status status = db_run(events_db(events), unit);
	*ret_ended = status_is_ok(status);
	if (*ret_ended)
		waitlist_expect();
	return appointment_has_moved(unit) ? status_ok() : status;
}

/* The offers that holds are for. One that has ended meanwhile makes its unit fail. */
static FIBER struct status read_offers(struct events *events, struct arena *arena,
				       const char *organisation_id, const struct db_result *found,
				       struct dead_hold *holds, size_t count)
{
	const char **ids = ARENA_ARRAY(arena, count, const char *);
	size_t asked = 0;
	for (size_t i = 0; ids && i < count; i++)
		if (*appointment_offer_id(found, i))
			ids[asked++] = appointment_offer_id(found, i);
	if (asked == 0)
		return status_ok();
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = waitlist_find_offers(unit, organisation_id, ids, asked);
	struct status status = db_run(events_db(events), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *offers = db_unit_result(unit, index);
	for (size_t row = 0; row < db_result_rows(offers); row++) {
		const struct waitlist_offer offer = waitlist_offer(offers, row);
		for (size_t i = 0; i < count; i++)
			if (strcmp(holds[i].row.appointment_id, offer.appointment_id) == 0)
				holds[i].offer = offer;
	}
	return status;
}

static FIBER struct status find_dead(struct events *events, struct arena *arena,
				     const char *organisation_id, int64_t now_us,
				     struct dead_hold **ret_holds, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, organisation_id);
	size_t index = booking_find_dead_holds(unit, organisation_id, now_us, BATCH);
	struct status status = db_run(events_db(events), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *found = db_unit_result(unit, index);
	size_t count = db_result_rows(found);
	struct dead_hold *holds = ARENA_ARRAY(arena, count, struct dead_hold);
	for (size_t i = 0; holds && i < count; i++)
		holds[i] = (struct dead_hold){.row = appointment_row(found, i)};
	*ret_holds = holds;
	*ret_count = holds ? count : 0;
	return read_offers(events, arena, organisation_id, found, holds, *ret_count);
}

/* One that cannot be ended keeps none of the others; the first failure is told. */
static FIBER struct status end_each(struct events *events, struct arena *arena,
				    const char *organisation_id, const struct dead_hold *holds,
				    size_t count, int64_t now_us)
{
	struct status first = status_ok();
	for (size_t i = 0; i < count; i++) {
		bool ended;
		struct status status =
			end_together(events, arena, organisation_id, &holds[i], 1, now_us, &ended);
		if (status_is_ok(first))
			first = status;
	}
	return first;
}

FIBER struct status hold_expiry_end(struct events *events, struct arena *arena,
				    const char *organisation_id, int64_t now_us)
{
	struct dead_hold *holds;
	size_t count = 0;
	bool ended = false;
	struct status status = find_dead(events, arena, organisation_id, now_us, &holds, &count);
	if (status_is_ok(status) && count > 0)
		status = end_together(events, arena, organisation_id, holds, count, now_us, &ended);
	if (!ended && count > 0)
		status = end_each(events, arena, organisation_id, holds, count, now_us);
	if (count > 0)
		events_kick(events);
	return status;
}

/* ---- The worker ---- */

/* Ends what is over, of each organisation whatever becomes of the others, and says when to look
 * again; 0: at once. */
static FIBER struct status look(struct events *events, struct arena *arena, int64_t *ret_next_at)
{
	struct booking_holder *holders;
	size_t count = 0;
	int64_t now_us = clock_now_us(), next_at = now_us + HORIZON_US;
	struct status first = booking_holders(events_db(events), arena, &holders, &count);
	for (size_t i = 0; i < count; i++) {
		if (holders[i].expires_at > now_us) {
			if (holders[i].expires_at < next_at)
				next_at = holders[i].expires_at;
			continue;
		}
		struct status status =
			hold_expiry_end(events, arena, holders[i].organisation_id, now_us);
		if (status_is_ok(first))
			first = status;
		next_at = 0;
	}
	*ret_next_at = next_at;
	return first;
}

static FIBER int64_t turn(struct events *events, struct worker *worker, struct arena *arena)
{
	int64_t next_at;
	unsigned before = expected;
	struct status status = look(events, arena, &next_at);
	if (!status_is_ok(status)) {
		log_warn("ending holds fails", LOG_STR("status", status_code_name(status.code)),
			 LOG_STR("why", status.message));
		fiber_sleep_us(PAUSE_US);
		return 0;
	}
	if (next_at > 0 && before == expected)
		worker_settled(worker, next_at - 1);
	return next_at;
}

FIBER void hold_expiry_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	if (!arena)
		log_error("no memory to end holds");
	running = worker;
	while (arena && worker_wait_until(worker, next_at)) {
		next_at = turn(daemon_events(daemon), worker, arena);
		arena_reset(arena);
	}
	running = NULL;
	arena_free(arena);
}
