#include "directory/handlers/resources.h"

#include "soleus/v1/directory.pb-c.h"

#include <string.h>

static Soleus__V1__Clinic *clinic_message(struct arena *arena, const struct db_result *clinics,
					  size_t row)
{
	const struct clinic_row from = place_clinic(clinics, row);
	Soleus__V1__Clinic *clinic = ARENA_NEW(arena, Soleus__V1__Clinic);
	soleus__v1__clinic__init(clinic);
	clinic->clinic_id = (char *)from.clinic_id;
	clinic->name = (char *)from.name;
	clinic->zone = (char *)from.zone;
	clinic->jurisdiction = (char *)from.jurisdiction;
	return clinic;
}

static void add_rooms(struct arena *arena, Soleus__V1__Clinic *clinic,
		      const struct db_result *rooms)
{
	clinic->rooms = ARENA_ARRAY(arena, db_result_rows(rooms), Soleus__V1__Room *);
	for (size_t row = 0; row < db_result_rows(rooms); row++) {
		const struct room_row from = place_room(rooms, row);
		if (strcmp(from.clinic_id, clinic->clinic_id) != 0)
			continue;
		Soleus__V1__Room *room = ARENA_NEW(arena, Soleus__V1__Room);
		soleus__v1__room__init(room);
		room->room_id = (char *)from.room_id;
		room->name = (char *)from.name;
		room->kind = (char *)from.kind;
		room->capacity = (int32_t)from.capacity;
		room->equipment = word_list(arena, from.equipment_read, &room->n_equipment);
		clinic->rooms[clinic->n_rooms++] = room;
	}
}

static void add_practitioners(struct arena *arena, Soleus__V1__Clinic *clinic,
			      const struct db_result *practitioners)
{
	size_t rows = db_result_rows(practitioners);
	clinic->practitioners = ARENA_ARRAY(arena, rows, Soleus__V1__Practitioner *);
	for (size_t row = 0; row < rows; row++) {
		const struct practitioner_row from = place_practitioner(practitioners, row);
		if (strcmp(from.clinic_id, clinic->clinic_id) != 0)
			continue;
		Soleus__V1__Practitioner *practitioner = ARENA_NEW(arena, Soleus__V1__Practitioner);
		soleus__v1__practitioner__init(practitioner);
		practitioner->practitioner_id = (char *)from.practitioner_id;
		practitioner->given_name = (char *)from.given_name;
		practitioner->family_name = (char *)from.family_name;
		practitioner->skills = word_list(arena, from.skills_read, &practitioner->n_skills);
		practitioner->needling_training_hours = (int32_t)from.training.hours;
		practitioner->needling_training_place = (char *)from.training.place;
		practitioner->needling_training_on = (char *)from.training.on;
		clinic->practitioners[clinic->n_practitioners++] = practitioner;
	}
}

RPC(Directory, directory, ListClinics, list_clinics)
{
	struct check check = check_begin(call);
	if (check_failed(&check))
		return check_status(&check);
	(void)request;

	struct db_unit *unit = call_unit(call);
	size_t clinics = place_list_clinics(unit, call->organisation_id);
	size_t rooms = place_list_rooms(unit, call->organisation_id);
	size_t practitioners = place_list_practitioners(unit, call->organisation_id);
	struct status status = db_run(call_db(call), unit);
	if (!status_is_ok(status))
		return status;

	const struct db_result *rows = db_unit_result(unit, clinics);
	reply->clinics = ARENA_ARRAY(call->arena, db_result_rows(rows), Soleus__V1__Clinic *);
	for (size_t row = 0; row < db_result_rows(rows); row++) {
		Soleus__V1__Clinic *clinic = clinic_message(call->arena, rows, row);
		add_rooms(call->arena, clinic, db_unit_result(unit, rooms));
		add_practitioners(call->arena, clinic, db_unit_result(unit, practitioners));
		reply->clinics[reply->n_clinics++] = clinic;
	}
	return status_ok();
}
