#include "base/text.h"
#include "notes/handlers/service.h"
#include "notes/store/copy.h"
#include "notes/store/draft.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_athlete_erased(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__AthleteErased *told = (const void *)message;
	const char *tenant = event->envelope->organisation_id;
	if (!text_is_uuid(told->athlete_id))
		return status_ok();
	copy_athlete_erased(event->unit, tenant, told->athlete_id, told->erased_at);
	drafts_erase(event->unit, tenant, told->athlete_id);
	return status_ok();
}
