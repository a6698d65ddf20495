#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/store/training.h"

#include "soleus/v1/scheduling.pb-c.h"

/* The session's RPE by its minutes (Foster 2001). */
RPC(Scheduling, scheduling, RecordLoad, record_load)
{
	struct check check = check_begin(call);
	check_id(&check, "athlete_id", request->athlete_id);
	check_name(&check, "source", request->source);
	check_name(&check, "uid", request->uid);
	check_that(&check, request->rpe >= 0 && request->rpe <= 10, "rpe", "0 to 10");
	check_that(&check, request->minutes >= 1 && request->minutes <= 1440, "minutes",
		   "1 to 1440");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such session");

	const struct training_key key = {call->organisation_id, request->athlete_id,
					 request->source, request->uid};
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, "");
	training_put_load(command->unit, &key, request->rpe, request->minutes);
	return command_commit(command, &reply->base);
}
