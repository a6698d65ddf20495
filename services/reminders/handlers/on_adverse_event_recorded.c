#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"

#include "base/text.h"
#include "reminders/store/inbound.h"

#include "soleus/v1/notes_adverse.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"

#include <string.h>

/* R3: a serious one is in front of the clinic lead until somebody acknowledges it. */
FIBER struct status on_adverse_event_recorded(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AdverseEventRecorded *told = (const void *)message;
	const Soleus__V1__AdverseEvent *adverse = told->event;
	if (!adverse || !EVENT_IDS(event, adverse->adverse_event_id, adverse->athlete_id))
		return status_ok();
	if (strcmp(adverse->grade, "serious") != 0)
		return status_ok();
	const char *clinic_id = text_is_uuid(adverse->clinic_id) ? adverse->clinic_id : "";
	Soleus__V1__AlertRaised raised = SOLEUS__V1__ALERT_RAISED__INIT;
	raised.alert_id =
		(char *)text_uuid_for(event->arena, "reminders.alert", adverse->adverse_event_id);
	raised.athlete_id = adverse->athlete_id;
	raised.clinic_id = (char *)clinic_id;
	raised.reason = "R3: a serious adverse event was recorded";
	alert_add(event->unit, event->envelope->organisation_id, raised.alert_id,
		  adverse->athlete_id, clinic_id, raised.reason, event->envelope->occurred_at,
		  text_is_uuid(adverse->practitioner_id) ? adverse->practitioner_id : "");
	event_emit(event, raised.alert_id, clinic_id, &raised.base);
	dispatcher_expect_event(event->envelope);
	return status_ok();
}
