#include "scheduling/handlers/check.h"
#include "scheduling/handlers/waitlist.h"
#include "scheduling/store/absence.h"
#include "scheduling/store/freed.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

RPC(Scheduling, scheduling, RemoveAbsence, remove_absence)
{
	struct check check = check_begin(call);
	check_id(&check, "absence_id", request->absence_id);
	if (check_failed(&check))
		return check_status(&check);

	struct command *command = command_begin(call);
	freed_add_by_absence(command->unit, call->organisation_id, request->absence_id,
			     clock_now_us());
	absence_remove(command->unit, call->organisation_id, request->absence_id);
	struct status status = command_commit(command, &reply->base);
	if (!status_is_ok(status) && absence_is_gone(command->unit))
		return status_error(STATUS_NOT_FOUND, "no such absence");
	if (status_is_ok(status))
		waitlist_expect();
	return status;
}
