#include "directory/handlers/resources.h"

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
	check_words(&check, "kind", request->kind);
	check_capacity(&check, request->capacity);
	check_word_list(&check, "equipment", request->equipment, request->n_equipment);
	if (check_failed(&check))
		return check_status(&check);

	const struct words equipment = {(const char *const *)request->equipment,
					request->n_equipment};
	const struct room_row room = {
		.clinic_id = request->clinic_id,
		.room_id = text_uuid7_new(call->arena),
		.name = request->name,
		.kind = request->kind,
		.capacity = request->capacity ? request->capacity : 1,
		.equipment = &equipment,
	};
	struct command *command = command_begin(call);
	place_add_room(command->unit, call->organisation_id, &room, clock_now_us());
	Soleus__V1__RoomCreated event = SOLEUS__V1__ROOM_CREATED__INIT;
	event.room_id = (char *)room.room_id;
	event.clinic_id = request->clinic_id;
	event.name = request->name;
	event.kind = request->kind;
	event.capacity = (int32_t)room.capacity;
	event.n_equipment = request->n_equipment;
	event.equipment = request->equipment;
	command_event_at(command, room.room_id, request->clinic_id, &event.base);

	reply->room_id = (char *)room.room_id;
	return commit_or_refuse(command, &reply->base, refusals);
}
