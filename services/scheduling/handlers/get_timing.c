#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/timing.h"

#include "soleus/v1/scheduling.pb-c.h"

static Soleus__V1__TimingWindows *windows_message(struct arena *arena, int32_t warn_hours,
						  int32_t competition_hours,
						  const struct timing_defaults *defaults)
{
	Soleus__V1__TimingWindows *windows = ARENA_NEW(arena, Soleus__V1__TimingWindows);
	soleus__v1__timing_windows__init(windows);
	windows->warn_hours = warn_hours;
	windows->competition_hours = competition_hours;
	windows->after_block_hours = defaults->after_block_hours;
	windows->early_days = defaults->early_days;
	return windows;
}

RPC(Scheduling, scheduling, GetTiming, get_timing)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such athlete");

	struct db_unit *unit = call_unit(call);
	audit_of_athlete(unit, call, request->athlete_id, "");
	size_t index = timing_get(unit, call->organisation_id, request->athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	const struct timing_row row = timing_row(db_unit_result(unit, index));
	if (!row.athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	reply->windows = windows_message(call->arena, row.windows.warn.hours,
					 row.windows.competition.hours, &row.organisation);
	reply->organisation =
		windows_message(call->arena, row.organisation.warn_hours,
				row.organisation.competition_hours, &row.organisation);
	reply->reason = (char *)row.reason;
	reply->settling_hours = row.settling_hours;
	reply->check_ins = row.check_ins;
	return status;
}
