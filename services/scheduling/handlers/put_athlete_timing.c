#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/timing.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/scheduling.pb-c.h"

static FIBER struct status find_athlete(struct call *call, const char *athlete_id)
{
	struct db_unit *unit = call_unit(call);
	size_t index = timing_get(unit, call->organisation_id, athlete_id);
	struct status status = db_run(call_db(call), unit);
	if (status_is_ok(status) && !timing_row(db_unit_result(unit, index)).athlete_known)
		return status_error(STATUS_NOT_FOUND, "no such athlete");
	return status;
}

RPC(Scheduling, scheduling, PutAthleteTiming, put_athlete_timing)
{
	struct check check = check_begin(call);
	const struct timing_athlete athlete = {request->warn_hours, request->competition_hours, 0};
	bool set = athlete.warn_hours >= 0 || athlete.competition_hours >= 0;
	check_id(&check, "athlete_id", request->athlete_id);
	check_window(&check, "warn_hours", athlete.warn_hours, -1);
	check_window(&check, "competition_hours", athlete.competition_hours, -1);
	check_words(&check, "reason", request->reason);
	check_that(&check, !set || !text_is_blank(request->reason), "reason",
		   "why this athlete's windows are others");
	if (check_failed(&check))
		return check_status(&check);
	struct status status = find_athlete(call, request->athlete_id);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, "");
	timing_put_athlete(command->unit, call->organisation_id, request->athlete_id, &athlete,
			   request->reason);
	clash_ask(command->unit, call->organisation_id, request->athlete_id, clock_now_us());
	status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		clash_check_wake();
	return status;
}
