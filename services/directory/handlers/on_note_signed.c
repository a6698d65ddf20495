#include "base/text.h"
#include "directory/handlers/service.h"
#include "directory/store/retention.h"

#include "soleus/v1/notes.pb-c.h"

FIBER struct status on_note_signed(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__NoteSigned *told = (const void *)message;
	if (text_is_uuid(told->athlete_id) && text_is_uuid(told->clinic_id))
		treatment_put(event->unit, event->envelope->organisation_id, told->athlete_id,
			      told->clinic_id, told->treated_at);
	return status_ok();
}
