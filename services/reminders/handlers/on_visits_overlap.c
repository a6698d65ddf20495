#include "reminders/handlers/events.h"

#include "base/text.h"
#include "reminders/store/inbound.h"

#include "soleus/v1/scheduling.pb-c.h"

FIBER struct status on_visits_overlap(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__VisitsOverlap *told = (const void *)message;
	if (!EVENT_IDS(event, told->athlete_id, told->appointment_id))
		return status_ok();
	const char *organisation_id = event->envelope->organisation_id;
	const char *task_id =
		text_uuid_for(event->arena, "reminders.overlap", told->appointment_id);
	const char *text = arena_printf(event->arena,
					"appointments %s and %s are at the same time, and of one "
					"athlete since two records were merged",
					told->appointment_id, told->other_appointment_id);
	if (!task_id || !text)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a task");
	task_add(event->unit, organisation_id, task_id, told->athlete_id, "visits_overlap", text,
		 event->envelope->occurred_at);
	return status_ok();
}
