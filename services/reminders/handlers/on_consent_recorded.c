#include "reminders/handlers/events.h"

#include <string.h>

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_consent_recorded(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ConsentRecorded *recorded = (const Soleus__V1__ConsentRecorded *)message;
	const Soleus__V1__Consent *said = recorded->consent;
	if (!said || !EVENT_IDS(event, recorded->athlete_id))
		return status_ok();
	if (strcmp(said->purpose, "reminders") != 0 && strcmp(said->purpose, "check_ins") != 0)
		return status_ok();
	struct consent consent = {
		.athlete_id = recorded->athlete_id,
		.purpose = said->purpose,
		.channel = said->channel,
		.granted = said->granted,
		.recorded_at = said->recorded_at ? said->recorded_at : event->envelope->occurred_at,
	};
	consent_put(event->unit, event->envelope->organisation_id, &consent);
	return status_ok();
}
