#include "base/clock.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#include <string.h>

/* `ret_overtaken`: somebody else was first. */
static FIBER struct status acknowledge(struct call *call, const char *alert_id,
				       const char *clinic_id, ProtobufCMessage *reply,
				       bool *ret_overtaken)
{
	struct command *command = command_begin(call);
	Soleus__V1__AlertAcknowledged acknowledged = SOLEUS__V1__ALERT_ACKNOWLEDGED__INIT;
	acknowledged.alert_id = (char *)alert_id;
	acknowledged.acknowledged_by = (char *)call->principal->name;
	alert_acknowledge(command->unit, call->organisation_id, alert_id, call->principal->name,
			  clock_now_us());
	command_event_at(command, alert_id, clinic_id, &acknowledged.base);
	struct status status = command_commit(command, reply);
	*ret_overtaken = !status_is_ok(status) &&
			 strcmp(db_unit_sqlstate(command->unit), ALERT_ACKNOWLEDGED) == 0;
	return status;
}

RPC(Reminders, reminders, AcknowledgeAlert, acknowledge_alert)
{
	const char *clinic_id;
	bool open, overtaken = false;
	struct check check = check_begin(call);
	check_id(&check, "alert_id", request->alert_id);
	if (check_failed(&check))
		return check_status(&check);

	struct status status = alert_find(call_db(call), call->arena, call->organisation_id,
					  request->alert_id, &open, &clinic_id);
	if (!status_is_ok(status))
		return status;
	if (open)
		status = acknowledge(call, request->alert_id, clinic_id, &reply->base, &overtaken);
	/* Who was first is kept; a second one changes nothing, and nothing is told twice. */
	if (!open || overtaken)
		status = command_commit(command_begin(call), &reply->base);
	return status;
}
