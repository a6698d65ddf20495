#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_practitioner_updated(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__PractitionerUpdated *from =
		(const Soleus__V1__PractitionerUpdated *)message;
	const struct practitioner_row row = {
		.practitioner_id = from->practitioner_id,
		.skills = (const char *const *)from->skills,
		.skill_count = from->n_skills,
		.clinic_ids = (const char *const *)from->clinic_ids,
		.clinic_count = from->n_clinic_ids,
	};
	copies_put_practitioner(event->unit, event->envelope->organisation_id, &row);
	return status_ok();
}
