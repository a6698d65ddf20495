#include "scheduling/handlers/consumed.h"
#include "scheduling/store/appointment.h"

#include "base/text.h"

#include "soleus/v1/reminders.pb-c.h"

/* Kept with its time: read with the visit while the visit has it. */
FIBER struct status on_visit_confirmed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__VisitConfirmed *from = (const Soleus__V1__VisitConfirmed *)message;
	if (text_is_uuid(from->appointment_id))
		appointment_confirm(event->unit, event->envelope->organisation_id,
				    from->appointment_id, from->starts_at, from->confirmed_at,
				    from->channel);
	return status_ok();
}
