#include "notes/handlers/service.h"
#include "notes/store/copy.h"

#include "soleus/v1/directory.pb-c.h"

#include <string.h>

/* R5: a note asks for consent to treatment; the others are of reminders' concern. */
FIBER struct status on_consent_recorded(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__ConsentRecorded *told = (const void *)message;
	if (!told->consent || strcmp(told->consent->purpose, "treatment") != 0)
		return status_ok();
	const struct copied_consent consent = {
		.athlete_id = told->athlete_id,
		.consent_id = told->consent->consent_id,
		.granted = told->consent->granted,
		.text_version = told->consent->text_version,
		.recorded_at = told->consent->recorded_at,
		.copy_given = told->consent->copy_given,
	};
	copy_consent(event->unit, event->envelope->organisation_id, &consent);
	return status_ok();
}
