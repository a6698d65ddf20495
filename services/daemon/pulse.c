/* Whether the database answers. A server that hangs, or a line that is cut without a word, leaves
 * the connections as they are: only who asks learns of it. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"
#include "events_sql.h"

#define EACH_US     CLOCK_SECOND_US
#define PATIENCE_US (2 * CLOCK_SECOND_US)
#define ARENA_BYTES ((size_t)1 << 20)

static FIBER bool answers(struct db *db, struct arena *arena)
{
	arena_reset(arena);
	struct db_unit *unit = db_unit_new(arena, NULL);
	DB_ADD0(unit, &SQL_MIGRATIONS_APPLIED);
	fiber_deadline_set(clock_monotonic_us() + PATIENCE_US);
	struct status status = db_run(db, unit);
	/* A refusal is an answer. */
	return status.code != STATUS_UNAVAILABLE && status.code != STATUS_DEADLINE_EXCEEDED;
}

static FIBER void feel(void *argument)
{
	struct pulse *pulse = argument;
	while (!pulse->stopping) {
		pulse->beats = answers(pulse->db, pulse->arena);
		if (!pulse->stopping)
			fiber_wait(&pulse->wake, EACH_US);
	}
	pulse->runs = false;
}

struct status pulse_start(struct pulse *pulse, struct db *db)
{
	*pulse = (struct pulse){.db = db, .beats = true, .runs = true};
	pulse->arena = arena_new(ARENA_BYTES);
	struct status status =
		pulse->arena ? fiber_start(feel, pulse)
			     : status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the pulse");
	if (!status_is_ok(status))
		pulse->runs = false;
	return status;
}

void pulse_stop(struct pulse *pulse)
{
	pulse->stopping = true;
	fiber_wake_all(&pulse->wake);
}

void pulse_free(struct pulse *pulse)
{
	arena_free(pulse->arena);
	pulse->arena = NULL;
}
