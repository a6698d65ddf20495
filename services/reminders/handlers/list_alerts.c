#include "reminders/handlers/rpcs.h"
#include "reminders/store/lists.h"

static Soleus__V1__AlertStep *step_of(struct arena *arena, const struct alert_step *row)
{
	Soleus__V1__AlertStep *step = ARENA_NEW(arena, Soleus__V1__AlertStep);
	if (!step)
		return NULL;
	soleus__v1__alert_step__init(step);
	step->name = (char *)row->name;
	step->told_at = row->told_at;
	step->message_id = (char *)row->message_id;
	return step;
}

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
	alert->kind = (char *)row->kind;
	alert->steps = ARENA_ARRAY(arena, row->step_count + 1, Soleus__V1__AlertStep *);
	for (size_t i = 0; alert->steps && i < row->step_count; i++) {
		alert->steps[i] = step_of(arena, &row->steps[i]);
		if (!alert->steps[i])
			return NULL;
		alert->n_steps++;
	}
	return alert->steps ? alert : NULL;
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
