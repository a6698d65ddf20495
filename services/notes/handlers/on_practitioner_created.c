#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_practitioner_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__PractitionerCreated *told = (const void *)message;
	const struct copied_practitioner practitioner = {
		.practitioner_id = told->practitioner_id,
		.needling_training_hours = told->needling_training_hours,
		.clinic_ids = (const char *const *)told->clinic_ids,
		.clinic_count = told->n_clinic_ids,
	};
	copy_practitioner(event->unit, event->envelope->organisation_id, &practitioner);
	return status_ok();
}
