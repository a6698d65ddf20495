#include "reminders/handlers/rpcs.h"
#include "reminders/rules/programme.h"
#include "reminders/store/waiting.h"

#include "base/clock.h"

static Soleus__V1__QueueLane *lane_of(struct arena *arena, const struct lane_row *row)
{
	Soleus__V1__QueueLane *lane = ARENA_NEW(arena, Soleus__V1__QueueLane);
	soleus__v1__queue_lane__init(lane);
	lane->clinic_id = (char *)row->clinic_id;
	lane->priority = (char *)message_priority_name((enum message_priority)row->priority);
	lane->waiting = row->waiting;
	lane->overdue = row->overdue;
	lane->next_due_at = row->next_due_at;
	return lane;
}

RPC(Reminders, reminders, GetQueue, get_queue)
{
	(void)request;
	struct db_unit *unit = call_unit(call);
	size_t lanes = queue_lanes(unit, call->organisation_id, clock_now_us());
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, lanes);
	reply->lanes = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__QueueLane *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		const struct lane_row lane = lane_row(rows, row);
		reply->lanes[reply->n_lanes++] = lane_of(call->arena, &lane);
	}
	return status_ok();
}
