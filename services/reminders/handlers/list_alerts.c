#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

static Soleus__V1__Alert *alert_of(struct arena *arena, const struct alert_row *row)
{
	Soleus__V1__Alert *alert = ARENA_NEW(arena, Soleus__V1__Alert);
	if (!alert)
		return NULL;
	soleus__v1__alert__init(alert);
	alert->alert_id = (char *)row->alert_id;
	alert->athlete_id = (char *)row->athlete_id;
	alert->clinic_id = (char *)row->clinic_id;
	alert->reason = (char *)row->reason;
	alert->raised_at = row->raised_at;
	alert->acknowledged_at = row->acknowledged_at;
	alert->acknowledged_by = (char *)row->acknowledged_by;
	return alert;
}

RPC(Reminders, reminders, ListAlerts, list_alerts)
{
	struct check check = check_begin(call);
	struct alert_row *rows;
	size_t count;
	if (check_failed(&check))
		return check_status(&check);
	struct status status = alerts_list(call_db(call), call->arena, call->organisation_id,
					   request->open_only, &rows, &count);
	if (!status_is_ok(status))
		return status;
	reply->alerts = ARENA_ARRAY(call->arena, count + 1, Soleus__V1__Alert *);
	for (size_t i = 0; reply->alerts && i < count; i++) {
		reply->alerts[i] = alert_of(call->arena, &rows[i]);
		if (!reply->alerts[i])
			return status_error(STATUS_RESOURCE_EXHAUSTED, "the list is too long");
		reply->n_alerts++;
	}
	return status_ok();
}
