#include "scheduling/handlers/consumed.h"
#include "scheduling/store/copies.h"

#include "soleus/v1/directory.pb-c.h"

FIBER struct status on_room_updated(struct event *event, const ProtobufCMessage *message)
{
	const Soleus__V1__RoomUpdated *from = (const Soleus__V1__RoomUpdated *)message;
	const struct room_row room = {
		.clinic_id = from->clinic_id,
		.room_id = from->room_id,
		.name = from->name,
		.kind = from->kind,
		.capacity = from->capacity ? from->capacity : 1,
		.equipment = (const char *const *)from->equipment,
		.equipment_count = from->n_equipment,
	};
	copies_put_room(event->unit, event->envelope->organisation_id, &room);
	return status_ok();
}
