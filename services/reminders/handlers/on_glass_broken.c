#include "reminders/handlers/dispatcher.h"
#include "reminders/handlers/events.h"

#include "base/text.h"
#include "reminders/store/inbound.h"

#include "soleus/v1/notes_access.pb-c.h"
#include "soleus/v1/reminders.pb-c.h"

/* In front of the clinic lead until somebody acknowledges it. Why it was broken is not here, where
 * the front desk reads too. */
FIBER struct status on_glass_broken(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__GlassBroken *told = (const void *)message;
	if (!EVENT_IDS(event, told->glass_id, told->athlete_id))
		return status_ok();
	const char *clinic_id = text_is_uuid(told->clinic_id) ? told->clinic_id : "";
	Soleus__V1__AlertRaised raised = SOLEUS__V1__ALERT_RAISED__INIT;
	raised.alert_id = (char *)text_uuid_for(event->arena, "reminders.alert", told->glass_id);
	raised.athlete_id = told->athlete_id;
	raised.clinic_id = (char *)clinic_id;
	raised.reason = arena_printf(event->arena,
				     "break-glass: %s of another clinic opened this record; the "
				     "reason is in the audit trail (notes.ListAudit)",
				     told->broken_by);
	if (!raised.alert_id || !raised.reason)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for an alert");
	alert_add(event->unit, event->envelope->organisation_id, raised.alert_id, told->athlete_id,
		  clinic_id, raised.reason, event->envelope->occurred_at,
		  text_is_uuid(told->practitioner_id) ? told->practitioner_id : "");
	event_emit(event, raised.alert_id, clinic_id, &raised.base);
	dispatcher_expect_event(event->envelope);
	return status_ok();
}
