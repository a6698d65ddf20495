#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/training.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__DayLoad *day_message(struct arena *arena, const struct load_days *days, int day)
{
	Soleus__V1__DayLoad *message = ARENA_NEW(arena, Soleus__V1__DayLoad);
	soleus__v1__day_load__init(message);
	message->day = (char *)days->day[day];
	message->load = days->load[day];
	message->sessions = days->sessions[day];
	return message;
}

/* O6: shown, never gating. */
RPC(Scheduling, scheduling, GetLoad, get_load)
{
	struct check check = check_begin(call);
	int64_t until_us = request->until_at ? request->until_at : clock_now_us();
	struct load_days days;
	check_id(&check, "athlete_id", request->athlete_id);
	check_instant(&check, "until_at", until_us);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t index = training_load(unit, call->organisation_id, request->athlete_id, until_us);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	if (!training_load_read(db_unit_result(unit, index), &days))
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	const struct load load = load_of(&days);
	reply->acute = load.acute;
	reply->chronic = load.chronic;
	reply->ratio = load.ratio;
	reply->sessions_without_load = days.sessions_without_load;
	reply->days = ARENA_ARRAY(call->arena, LOAD_DAYS, Soleus__V1__DayLoad *);
	for (int day = 0; day < LOAD_DAYS; day++)
		reply->days[reply->n_days++] = day_message(call->arena, &days, day);
	return status;
}
