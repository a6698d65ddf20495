#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_clinic_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ClinicCreated *told = (const void *)message;
	const struct copied_clinic clinic = {told->clinic_id, told->jurisdiction, told->zone};
	copy_clinic(event->unit, event->envelope->organisation_id, &clinic);
	return status_ok();
}
