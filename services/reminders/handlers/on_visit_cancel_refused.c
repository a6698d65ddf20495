#include "reminders/handlers/visit.h"

#include "base/clock.h"
#include "base/text.h"
#include "reminders/store/inbound.h"

/* The visit stays: the athlete is told, and staff have a task, once for each refusal. */
FIBER struct status on_visit_cancel_refused(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__VisitCancelRefused *told =
		(const Soleus__V1__VisitCancelRefused *)message;
	const Soleus__V1__EventEnvelope *envelope = event->envelope;
	struct visit visit;
	if (!visit_from_appointment(event, told->appointment, 0, &visit))
		return status_ok();
	const char *occasion = arena_printf(event->arena, "%lld", (long long)envelope->id);
	visit.version = told->appointment->version;
	task_add(event->unit, envelope->organisation_id,
		 text_uuid_for(event->arena, "reminders.cancel_refused", occasion),
		 visit.athlete_id, "cancel_visit", told->reason, clock_now_us());
	return visit_tell(event, &visit, MESSAGE_CANCEL_LATE, visit.starts_at, occasion);
}
