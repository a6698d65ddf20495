#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_practitioner_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__PractitionerCreated *from =
		(const Soleus__V1__PractitionerCreated *)message;
	copies_put_practitioner(event->unit, event->envelope->organisation_id,
				from->practitioner_id, (const char *const *)from->skills,
				from->n_skills);
	return status_ok();
}
