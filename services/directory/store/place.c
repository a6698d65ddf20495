#include "directory/store/place.h"

#include "directory_sql.h"

void place_add_organisation(struct db_unit *unit, const char *organisation_id, const char *name,
			    int64_t now_us)
{
	DB_ADD(unit, &SQL_ORGANISATION_INSERT, organisation_id, name,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void place_add_clinic(struct db_unit *unit, const char *organisation_id,
		      const struct clinic_row *clinic, int64_t now_us)
{
	DB_ADD(unit, &SQL_CLINIC_INSERT, organisation_id, clinic->clinic_id, clinic->name,
	       clinic->zone, clinic->jurisdiction, db_from_instant(db_unit_arena(unit), now_us));
}

static const char *array(struct arena *arena, const struct words *words)
{
	return db_from_texts(arena, words->words, words->count);
}

void place_add_room(struct db_unit *unit, const char *organisation_id, const struct room_row *room,
		    int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ROOM_INSERT, organisation_id, room->clinic_id, room->room_id, room->name,
	       db_from_instant(arena, now_us), room->kind, db_from_int(arena, room->capacity),
	       array(arena, room->equipment));
}

void place_update_room(struct db_unit *unit, const char *organisation_id,
		       const struct room_row *room)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ROOM_UPDATE, organisation_id, room->room_id, room->name, room->kind,
	       db_from_int(arena, room->capacity), array(arena, room->equipment));
}

size_t place_find_room(struct db_unit *unit, const char *organisation_id, const char *room_id)
{
	return DB_ADD(unit, &SQL_ROOM_FIND, organisation_id, room_id);
}

const char *place_room_clinic(const struct db_unit *unit, size_t index)
{
	const struct db_result *found = db_unit_result(unit, index);
	return db_result_rows(found) ? db_text(found, 0, 0) : NULL;
}

static const char *day_or_null(const struct training *training)
{
	return *training->on ? training->on : NULL;
}

void place_add_practitioner(struct db_unit *unit, const char *organisation_id,
			    const struct practitioner_row *practitioner,
			    const char *const *clinic_ids, size_t clinic_count, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_PRACTITIONER_INSERT, organisation_id, practitioner->practitioner_id,
	       practitioner->given_name, practitioner->family_name, db_from_instant(arena, now_us),
	       array(arena, practitioner->skills), db_from_int(arena, practitioner->training.hours),
	       practitioner->training.place, day_or_null(&practitioner->training));
	DB_ADD(unit, &SQL_PRACTITIONER_CLINICS_INSERT, organisation_id,
	       practitioner->practitioner_id, db_from_texts(arena, clinic_ids, clinic_count));
}

void place_update_practitioner(struct db_unit *unit, const char *organisation_id,
			       const struct practitioner_row *practitioner,
			       const char *const *clinic_ids, size_t clinic_count)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_PRACTITIONER_UPDATE, organisation_id, practitioner->practitioner_id,
	       practitioner->given_name, practitioner->family_name,
	       array(arena, practitioner->skills), db_from_int(arena, practitioner->training.hours),
	       practitioner->training.place, day_or_null(&practitioner->training));
	DB_ADD(unit, &SQL_PRACTITIONER_CLINICS_CLEAR, organisation_id,
	       practitioner->practitioner_id);
	DB_ADD(unit, &SQL_PRACTITIONER_CLINICS_INSERT, organisation_id,
	       practitioner->practitioner_id, db_from_texts(arena, clinic_ids, clinic_count));
}

size_t place_find_organisation(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_ORGANISATION_FIND, organisation_id);
}

const char *place_organisation_name(const struct db_unit *unit, size_t index)
{
	const struct db_result *found = db_unit_result(unit, index);
	return db_result_rows(found) ? db_text(found, 0, 0) : NULL;
}

size_t place_list_clinics(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_CLINIC_LIST, organisation_id);
}

size_t place_list_rooms(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_ROOM_LIST, organisation_id);
}

size_t place_list_practitioners(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_PRACTITIONER_LIST, organisation_id);
}

struct clinic_row place_clinic(const struct db_result *result, size_t row)
{
	return (struct clinic_row){
		.clinic_id = db_text(result, row, 0),
		.name = db_text(result, row, 1),
		.zone = db_text(result, row, 2),
		.jurisdiction = db_text(result, row, 3),
	};
}

struct room_row place_room(const struct db_result *result, size_t row)
{
	return (struct room_row){
		.clinic_id = db_text(result, row, 0),
		.room_id = db_text(result, row, 1),
		.name = db_text(result, row, 2),
		.kind = db_text(result, row, 3),
		.capacity = db_int(result, row, 4),
		.equipment_read = db_text(result, row, 5),
	};
}

struct practitioner_row place_practitioner(const struct db_result *result, size_t row)
{
	return (struct practitioner_row){
		.clinic_id = db_text(result, row, 0),
		.practitioner_id = db_text(result, row, 1),
		.given_name = db_text(result, row, 2),
		.family_name = db_text(result, row, 3),
		.skills_read = db_text(result, row, 4),
		.training = {db_int(result, row, 5), db_text(result, row, 6),
			     db_text(result, row, 7)},
	};
}
