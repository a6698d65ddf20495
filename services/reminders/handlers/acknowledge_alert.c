#include "base/clock.h"
#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

#include <string.h>
#include <strings.h>

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

/* A clinic lead who treats too may be the only one there. */
static bool is_about(const struct call *call, const struct alert_found *alert)
{
	return *alert->about_id && !(call->principal->roles & ROLE_CLINIC_LEAD) &&
	       strcasecmp(alert->about_id, call->principal->subject_id) == 0;
}

RPC(Reminders, reminders, AcknowledgeAlert, acknowledge_alert)
{
	struct alert_found alert;
	bool overtaken = false;
	struct check check = check_begin(call);
	check_id(&check, "alert_id", request->alert_id);
	if (check_failed(&check))
		return check_status(&check);

	struct status status = alert_find(call_db(call), call->arena, call->organisation_id,
					  request->alert_id, &alert);
	if (!status_is_ok(status))
		return status;
	if (is_about(call, &alert))
		return status_error(STATUS_PERMISSION_DENIED,
				    "it is about what you did: a colleague or the clinic lead "
				    "acknowledges it");
	if (alert.open)
		status = acknowledge(call, request->alert_id, alert.clinic_id, &reply->base,
				     &overtaken);
	/* Who was first is kept; a second one changes nothing, and nothing is told twice. */
	if (!alert.open || overtaken)
		status = command_commit(command_begin(call), &reply->base);
	return status;
}
