#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

static struct status put(struct event *event, const Soleus__V1__Athlete *athlete)
{
	if (athlete)
		copy_athlete(event->unit, event->envelope->organisation_id, athlete->athlete_id,
			     athlete->home_clinic_id, athlete->birth_date);
	return status_ok();
}

FIBER struct status on_athlete_registered(struct event *event, const ProtobufCMessage *message)
{
	return put(event, ((const Soleus__V1__AthleteRegistered *)message)->athlete);
}

FIBER struct status on_athlete_updated(struct event *event, const ProtobufCMessage *message)
{
	return put(event, ((const Soleus__V1__AthleteUpdated *)message)->athlete);
}
