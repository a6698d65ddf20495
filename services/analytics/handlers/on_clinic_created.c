#include "analytics/handlers/service.h"
#include "analytics/store/fact.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_clinic_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ClinicCreated *told = (const void *)message;
	copy_clinic(event->unit, event->envelope->organisation_id, told->clinic_id);
	return status_ok();
}
