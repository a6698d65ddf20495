#include "notes/store/visit.h"

#include "notes_sql.h"

size_t screening_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		      const char *appointment_id)
{
	return DB_ADD(unit, &SQL_SCREENING_LOOK, organisation_id, athlete_id, appointment_id);
}

struct screening_look screening_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct screening_look){
		.athlete_known = db_bool(result, 0, 0),
		.appointment_athlete_id = db_text(result, 0, 1),
		.staff_screened = !db_is_null(result, 0, 2),
		.staff_items = db_text(result, 0, 2),
	};
}

void screening_add(struct db_unit *unit, const char *organisation_id,
		   const struct screening_row *screening)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_SCREENING_ADD, organisation_id, screening->screening_id,
	       screening->appointment_id, screening->athlete_id,
	       db_from_texts(arena, screening->items, screening->item_count), screening->outcome,
	       db_from_instant(arena, screening->recorded_at), screening->recorded_by,
	       db_from_bool(screening->by_staff),
	       db_from_texts(arena, screening->open_items, screening->open_count),
	       screening->language);
}

size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id)
{
	return DB_ADD(unit, &SQL_APPOINTMENT_FIND, organisation_id, appointment_id);
}

struct appointment_found appointment_found(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return (struct appointment_found){0};
	return (struct appointment_found){
		.found = true,
		.athlete_id = db_text(result, 0, 0),
		.state = db_text(result, 0, 1),
		.ends_at = db_instant(result, 0, 2),
	};
}

size_t visit_look(struct db_unit *unit, const char *organisation_id,
		  const struct encounter_row *asked)
{
	return DB_ADD(unit, &SQL_VISIT_LOOK, organisation_id, asked->appointment_id,
		      asked->athlete_id, asked->practitioner_id, asked->clinic_id);
}

struct visit_look visit_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct visit_look){
		.athlete_known = db_bool(result, 0, 0),
		.practitioner_known = db_bool(result, 0, 1),
		.clinic_known = db_bool(result, 0, 2),
		.appointment_athlete_id = db_text(result, 0, 3),
		.appointment_state = db_text(result, 0, 4),
		.encounter_id = db_text(result, 0, 5),
		.screening_items = db_text(result, 0, 6),
		.screening_outcome = db_text(result, 0, 7),
		.treatment_consent = db_bool(result, 0, 8),
	};
}

void encounter_add(struct db_unit *unit, const char *organisation_id,
		   const struct encounter_row *encounter)
{
	DB_ADD(unit, &SQL_ENCOUNTER_ADD, organisation_id, encounter->encounter_id,
	       encounter->appointment_id, encounter->athlete_id, encounter->practitioner_id,
	       encounter->clinic_id, db_from_instant(db_unit_arena(unit), encounter->opened_at),
	       encounter->opened_by);
}

size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_ATHLETE_FIND, organisation_id, athlete_id);
}
