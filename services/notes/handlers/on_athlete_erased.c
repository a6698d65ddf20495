#include "base/text.h"
#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_erased(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteErased *told = (const void *)message;
	if (text_is_uuid(told->athlete_id))
		copy_athlete_erased(event->unit, event->envelope->organisation_id, told->athlete_id,
				    told->erased_at);
	return status_ok();
}
