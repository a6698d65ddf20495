#include "scheduling/handlers/open_ahead.h"

#include "scheduling/handlers/openings.h"

#include "base/clock.h"
#include "base/log.h"
#include "ical/zone.h"
#include "loop/offload.h"

#define ARENA_BYTES ((size_t)8 << 20)
#define EACH_US     CLOCK_DAY_US
#define PAUSE_US    INT64_C(1000000)

static void read_version(void *argument)
{
	*(const char **)argument = arena_strdup(*(struct arena **)argument, zone_version());
}

/* The thread's own copy of the version is put into the arena. */
static FIBER const char *version_of_zones(struct arena *arena)
{
	void *argument = arena;
	offload(read_version, &argument);
	return argument ? argument : "";
}

/* The openings from today on are made anew: those that are the same come back the same. */
static FIBER struct status open_rule(struct db *db, struct arena *arena,
				     const struct hours_due *due)
{
	struct openings openings = {0};
	int64_t now_us = clock_now_us();
	struct db_unit *look = db_unit_new(arena, due->organisation_id);
	size_t index = hours_find_rules(look, due->organisation_id, "", "", due->rule_id);
	struct status status = db_run(db, look);
	if (!status_is_ok(status) || db_result_rows(db_unit_result(look, index)) == 0)
		return status;
	const struct hours_rule rule = hours_rule(arena, db_unit_result(look, index), 0);
	status = openings_expand(arena, &rule, 1, now_us, &openings);
	if (!status_is_ok(status))
		return status;
	struct db_unit *unit = db_unit_new(arena, due->organisation_id);
	hours_lock(unit, due->organisation_id, rule.practitioner_id, rule.clinic_id, now_us);
	hours_rule_opened(unit, due->organisation_id, &rule, &openings);
	hours_clear_openings(unit, due->organisation_id, due->rule_id, now_us - CLOCK_DAY_US);
	hours_put_openings(unit, due->organisation_id, rule.practitioner_id, rule.clinic_id,
			   &openings);
	return db_run(db, unit);
}

/* One look; how many rules were opened. A rule that cannot be opened is said and does not stop the
 * others. */
static FIBER struct status open_some(struct db *db, struct arena *arena, size_t *ret_opened)
{
	struct hours_due *due;
	size_t count = 0;
	int64_t until_at = clock_now_us() + OPENINGS_LEAST_DAYS * CLOCK_DAY_US;
	struct status status =
		hours_due(db, arena, until_at, version_of_zones(arena), &due, &count);
	*ret_opened = 0;
	for (size_t i = 0; status_is_ok(status) && i < count; i++) {
		struct arena *own = arena_new(ARENA_BYTES);
		struct status opened = own ? open_rule(db, own, &due[i])
					   : status_error(STATUS_RESOURCE_EXHAUSTED, "no memory");
		if (status_is_ok(opened))
			(*ret_opened)++;
		else
			log_warn("a working rule cannot be opened", LOG_STR("rule", due[i].rule_id),
				 LOG_STR("status", status_code_name(opened.code)),
				 LOG_STR("why", opened.message));
		arena_free(own);
	}
	return status;
}

FIBER void open_ahead_run(struct daemon *daemon, struct worker *worker)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	int64_t next_at = 0;
	while (arena && worker_wait_until(worker, next_at)) {
		size_t opened = 0;
		struct status status = open_some(daemon_db(daemon), arena, &opened);
		arena_reset(arena);
		if (!status_is_ok(status))
			fiber_sleep_us(PAUSE_US);
		else if (opened == 0)
			next_at = (clock_now_us() / EACH_US + 1) * EACH_US;
		if (next_at > clock_now_us())
			worker_settled(worker, next_at - 1);
	}
	arena_free(arena);
}
