#include "events/audit.h"
#include "scheduling/handlers/check.h"
#include "scheduling/handlers/clash_check.h"
#include "scheduling/store/clash.h"
#include "scheduling/store/training.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

RPC(Scheduling, scheduling, CorrectTraining, correct_training)
{
	struct check check = check_begin(call);
	enum session_kind kind = SESSION_MODERATE;
	check_id(&check, "athlete_id", request->athlete_id);
	check_name(&check, "source", request->source);
	check_name(&check, "uid", request->uid);
	check_that(&check, session_kind_find(request->kind, &kind), "kind",
		   "race, competition, heavy_lift, high_intensity, moderate, low, rest or "
		   "demanding_block");
	if (check_failed(&check))
		return check_status(&check);
	if (!may_see_athlete(call, request->athlete_id))
		return status_error(STATUS_NOT_FOUND, "no such session");

	const struct training_key key = {call->organisation_id, request->athlete_id,
					 request->source, request->uid};
	int64_t now_us = clock_now_us();
	Soleus__V1__TrainingChanged event = SOLEUS__V1__TRAINING_CHANGED__INIT;
	struct command *command = command_begin(call);
	audit_of_athlete(command->unit, call, request->athlete_id, "");
	training_correct(command->unit, &key, kind, now_us);
	clash_ask(command->unit, call->organisation_id, request->athlete_id, now_us);
	event.athlete_id = request->athlete_id;
	event.changed = 1;
	command_event(command, request->athlete_id, &event.base);
	struct status status = command_commit(command, &reply->base);
	if (status_is_ok(status))
		clash_check_wake();
	return status;
}
