#include "directory/handlers/resources.h"

#include "soleus/v1/directory.pb-c.h"

static const struct refusal refusals[] = {
	{"room_name", STATUS_ALREADY_EXISTS, "the clinic has a room of this name"},
	{0},
};

static FIBER struct status find_clinic(struct call *call, const char *room_id,
				       const char **ret_clinic_id)
{
	struct db_unit *unit = call_unit(call);
	size_t index = place_find_room(unit, call->organisation_id, room_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;
	*ret_clinic_id = place_room_clinic(unit, index);
	return *ret_clinic_id ? status : status_error(STATUS_NOT_FOUND, "no such room");
}

static Soleus__V1__RoomUpdated event_of(const struct room_row *room,
					const Soleus__V1__UpdateRoomRequest *request)
{
	Soleus__V1__RoomUpdated event = SOLEUS__V1__ROOM_UPDATED__INIT;
	event.room_id = (char *)room->room_id;
	event.clinic_id = (char *)room->clinic_id;
	event.name = (char *)room->name;
	event.kind = (char *)room->kind;
	event.capacity = (int32_t)room->capacity;
	event.n_equipment = request->n_equipment;
	event.equipment = request->equipment;
	return event;
}

RPC(Directory, directory, UpdateRoom, update_room)
{
	struct check check = check_begin(call);
	check_id(&check, "room_id", request->room_id);
	check_name(&check, "name", request->name);
	check_words(&check, "kind", request->kind);
	check_capacity(&check, request->capacity);
	check_word_list(&check, "equipment", request->equipment, request->n_equipment);
	if (check_failed(&check))
		return check_status(&check);

	const struct words equipment = {(const char *const *)request->equipment,
					request->n_equipment};
	struct room_row room = {
		.room_id = request->room_id,
		.name = request->name,
		.kind = request->kind,
		.capacity = request->capacity ? request->capacity : 1,
		.equipment = &equipment,
	};
	struct status status = find_clinic(call, request->room_id, &room.clinic_id);
	if (!status_is_ok(status))
		return status;

	struct command *command = command_begin(call);
	const Soleus__V1__RoomUpdated event = event_of(&room, request);
	place_update_room(command->unit, call->organisation_id, &room);
	command_event_at(command, room.room_id, room.clinic_id, &event.base);
	return commit_or_refuse(command, &reply->base, refusals);
}
