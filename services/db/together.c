/* Two units side by side. */
#include "db/db.h"

/* The unit that has a fiber of its own. On the stack of the fiber that waits for it. */
struct side {
	struct db *db;
	struct db_unit *unit;
	struct status status;
	void *local;
	int64_t deadline_us;
	bool over;
	struct fiber_queue waiting;
};

static FIBER void run_side(void *argument)
{
	struct side *side = argument;
	fiber_local_set(side->local);
	fiber_deadline_set(side->deadline_us);
	side->status = db_run(side->db, side->unit);
	side->over = true;
	fiber_wake_all(&side->waiting);
}

FIBER struct status db_run_two(struct db *db, struct db_unit *one, struct db_unit *other)
{
	struct side side = {
		.db = db, .unit = other, .local = fiber_local(), .deadline_us = fiber_deadline()};
	struct status started = fiber_start(run_side, &side);
	struct status status = db_run(db, one);
	if (!status_is_ok(started))
		return status_is_ok(status) ? db_run(db, other) : status;
	while (!side.over)
		fiber_wait(&side.waiting, -1);
	return status_is_ok(status) ? side.status : status;
}
