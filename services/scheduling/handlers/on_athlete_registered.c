#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_registered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteRegistered *from = (const Soleus__V1__AthleteRegistered *)message;
	if (from->athlete)
		copies_put_athlete(event->unit, event->envelope->organisation_id,
				   from->athlete->athlete_id, from->athlete->zone);
	return status_ok();
}
