#include "reminders/handlers/events.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_clinic_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ClinicCreated *created = (const Soleus__V1__ClinicCreated *)message;
	if (!EVENT_IDS(event, created->clinic_id))
		return status_ok();
	struct clinic clinic = {created->clinic_id, created->name, created->zone};
	clinic_put(event->unit, event->envelope->organisation_id, &clinic);
	return status_ok();
}
