#include "reminders/handlers/events.h"
#include "reminders/store/plan.h"

#include "base/clock.h"

#include "soleus/v1/scheduling.pb-c.h"

FIBER struct status on_timing_clash_cleared(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__TimingClashCleared *from =
		(const Soleus__V1__TimingClashCleared *)message;
	if (!EVENT_IDS(event, from->appointment_id))
		return status_ok();
	messages_suppress_purpose(event->unit, event->envelope->organisation_id,
				  from->appointment_id, MESSAGE_TIMING_CLASH,
				  "the calendar fits the visit again", clock_now_us());
	return status_ok();
}
