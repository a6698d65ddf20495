#include "directory/handlers/check.h"
#include "directory/store/place.h"

#include "base/clock.h"
#include "base/text.h"

#include "soleus/v1/directory.pb-c.h"

static const struct refusal refusals[] = {
	{"room_clinic", STATUS_NOT_FOUND, "no such clinic"},
	{"room_name", STATUS_ALREADY_EXISTS, "the clinic has a room of this name"},
	{0},
};

RPC(Directory, directory, CreateRoom, create_room)
{
	struct check check = check_begin(call);
	check_id(&check, "clinic_id", request->clinic_id);
	check_name(&check, "name", request->name);
	if (check_failed(&check))
		return check_status(&check);

	const struct room_row room = {
		.clinic_id = request->clinic_id,
		.room_id = text_uuid7_new(call->arena),
		.name = request->name,
	};
	struct command *command = command_begin(call);
	place_add_room(command->unit, call->organisation_id, &room, clock_now_us());
	Soleus__V1__RoomCreated event = SOLEUS__V1__ROOM_CREATED__INIT;
	event.room_id = (char *)room.room_id;
	event.clinic_id = request->clinic_id;
	event.name = request->name;
	command_event_at(command, room.room_id, request->clinic_id, &event.base);

	reply->room_id = (char *)room.room_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
