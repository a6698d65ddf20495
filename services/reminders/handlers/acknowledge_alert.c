#include "base/clock.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

RPC(Reminders, reminders, AcknowledgeAlert, acknowledge_alert)
{
	const char *clinic_id;
	bool open;
	struct check check = check_begin(call);
	check_id(&check, "alert_id", request->alert_id);
	if (check_failed(&check))
		return check_status(&check);

	struct status status = alert_find(call_db(call), call->arena, call->organisation_id,
					  request->alert_id, call->deadline_us, &open, &clinic_id);
	if (!status_is_ok(status))
		return status;

	/* Who was first is kept; a second one changes nothing. */
	struct command *command = command_begin(call);
	if (open) {
		Soleus__V1__AlertAcknowledged acknowledged = SOLEUS__V1__ALERT_ACKNOWLEDGED__INIT;
		acknowledged.alert_id = request->alert_id;
		acknowledged.acknowledged_by = (char *)call->principal->name;
		alert_acknowledge(command->unit, call->organisation_id, request->alert_id,
				  call->principal->name, clock_now_us());
		command_event_at(command, request->alert_id, clinic_id, &acknowledged.base);
	}
	return command_commit(command, &reply->base);
}
