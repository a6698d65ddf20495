/* The worker that every daemon has: keeps its schema well as time goes on. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "base/log.h"
#include "events/upkeep.h"

#define ARENA_BYTES ((size_t)256 << 10)
#define EACH_US     (INT64_C(3600) * CLOCK_SECOND_US)
#define PAUSE_US    INT64_C(10000) /* between two bites: calls have the lanes first */

static FIBER struct status forget_keys(struct daemon *daemon, struct worker *worker,
				       struct arena *arena, int64_t now_us)
{
	int64_t before_us = now_us - daemon->settings.idempotency_days * CLOCK_DAY_US;
	int64_t forgotten = 1;
	struct status status = status_ok();
	while (status_is_ok(status) && forgotten > 0 && !worker_is_stopping(worker)) {
		status = upkeep_forget_keys(daemon->db, arena, before_us, &forgotten);
		arena_reset(arena);
		fiber_sleep_us(PAUSE_US);
	}
	return status;
}

static FIBER struct status make_partitions(struct daemon *daemon, struct worker *worker,
					   struct arena *arena, int64_t now_us)
{
	const char *made = "?";
	struct status status = status_ok();
	while (status_is_ok(status) && made[0] && !worker_is_stopping(worker)) {
		arena_reset(arena);
		status = upkeep_make_partition(daemon->db, arena, now_us, &made);
		if (status_is_ok(status) && made[0])
			log_info("made a partition", LOG_STR("table", made));
	}
	return status;
}

static void note(const char *event, struct status status)
{
	if (!status_is_ok(status))
		log_warn(event, LOG_STR("code", status_code_name(status.code)),
			 LOG_STR("message", status.message));
}

static FIBER void upkeep_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	worker_settled(worker, INT64_MAX); /* nobody waits for it */
	while (worker_wait_until(worker, next_at)) {
		int64_t now_us = clock_now_us();
		if (now_us < next_at)
			continue;
		next_at = now_us + EACH_US; /* also after a failure: there is plenty of time */
		/* Each for itself: what fails for a year must not keep the months from coming. */
		note("old keys are not forgotten", forget_keys(daemon, worker, arena, now_us));
		note("partitions are not made", make_partitions(daemon, worker, arena, now_us));
		arena_reset(arena);
	}
	arena_free(arena);
}

const struct daemon_worker daemon_upkeep = {"upkeep", upkeep_run};
