#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_clinic_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ClinicCreated *from = (const Soleus__V1__ClinicCreated *)message;
	copies_put_clinic(event->unit, event->envelope->organisation_id, from->clinic_id,
			  from->name, from->zone);
	return status_ok();
}
