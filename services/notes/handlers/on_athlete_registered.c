#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_registered(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteRegistered *told = (const void *)message;
	if (told->athlete)
		copy_athlete(event->unit, event->envelope->organisation_id,
			     told->athlete->athlete_id, told->athlete->home_clinic_id,
			     told->athlete->birth_date);
	return status_ok();
}
