#include "reminders/handlers/events.h"
#include "reminders/store/erasure.h"

#include "base/clock.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_erased(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteErased *told = (const void *)message;
	if (EVENT_IDS(event, told->athlete_id))
		athlete_erase(event->unit, event->envelope->organisation_id, told->athlete_id,
			      clock_now_us(), "the athlete's contact data was erased");
	return status_ok();
}
