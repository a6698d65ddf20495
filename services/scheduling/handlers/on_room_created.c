#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_room_created(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__RoomCreated *from = (const Soleus__V1__RoomCreated *)message;
	copies_put_room(event->unit, event->envelope->organisation_id, from->clinic_id,
			from->room_id);
	return status_ok();
}
