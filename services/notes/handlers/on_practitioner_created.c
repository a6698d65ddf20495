#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_practitioner_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__PractitionerCreated *told = (const void *)message;
	copy_practitioner(event->unit, event->envelope->organisation_id, told->practitioner_id,
			  told->needling_training_hours);
	return status_ok();
}
