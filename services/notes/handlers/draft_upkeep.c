#include "notes/handlers/draft_upkeep.h"

#include "notes/handlers/settings.h"
#include "notes/store/draft.h"

#include "base/clock.h"
#include "base/log.h"

#define ARENA_BYTES ((size_t)1 << 20)
#define EACH_US     (INT64_C(3600) * CLOCK_SECOND_US)
#define AT_ONCE     20             /* drafts, of some hundred versions each */
#define PAUSE_US    INT64_C(10000) /* between two bites: calls have the lanes first */

static FIBER struct status forget_of(struct db *db, struct worker *worker,
				     const char *organisation_id, int64_t before_us, int64_t *total)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t forgotten = 1;
	struct status status = status_ok();
	while (status_is_ok(status) && forgotten > 0 && !worker_is_stopping(worker)) {
		struct db_unit *unit = db_unit_new(arena, organisation_id);
		size_t index = drafts_forget(unit, organisation_id, before_us, AT_ONCE);
		status = db_run(db, unit);
		if (status_is_ok(status))
			forgotten = (int64_t)db_result_affected(db_unit_result(unit, index));
		*total += status_is_ok(status) ? forgotten : 0;
		arena_reset(arena);
		fiber_sleep_us(PAUSE_US);
	}
	arena_free(arena);
	return status;
}

/* Of each organisation, whatever becomes of the others. */
static FIBER void forget(struct db *db, struct worker *worker, struct arena *arena,
			 int64_t before_us)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = drafts_outlook(unit, before_us);
	struct status status = db_run(db, unit);
	int64_t total = 0;
	const struct db_result *found = status_is_ok(status) ? db_unit_result(unit, index) : NULL;
	for (size_t row = 0; found && row < db_result_rows(found); row++) {
		struct status of_one =
			forget_of(db, worker, db_text(found, row, 0), before_us, &total);
		if (!status_is_ok(of_one))
			status = of_one;
	}
	if (total > 0)
		log_info("old drafts are forgotten", LOG_INT("versions", total));
	if (!status_is_ok(status))
		log_warn("old drafts are not forgotten",
			 LOG_STR("code", status_code_name(status.code)),
			 LOG_STR("message", status.message));
}

FIBER void draft_upkeep_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	while (worker_wait_until(worker, next_at)) {
		int64_t now_us = clock_now_us();
		if (now_us < next_at && now_us >= next_at - EACH_US) /* not put back */
			continue;
		next_at = now_us + EACH_US; /* also after a failure: there is plenty of time */
		forget(daemon_db(daemon), worker, arena,
		       now_us - settings.draft_days * CLOCK_DAY_US);
		worker_settled(worker, next_at - 1);
		arena_reset(arena);
	}
	arena_free(arena);
}
