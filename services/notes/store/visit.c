#include "notes/store/visit.h"

#include "notes_sql.h"

/* Who opened an encounter that nobody has treated in yet. */
#define AT_CHECK_IN "check-in"

size_t screening_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		      const char *appointment_id, const char *encounter_id)
{
	return DB_ADD(unit, &SQL_SCREENING_LOOK, organisation_id, athlete_id, db_id(appointment_id),
		      db_id(encounter_id));
}

struct screening_look screening_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct screening_look){
		.athlete_known = db_bool(result, 0, 0),
		.visit_athlete_id = db_text(result, 0, 1),
		.visit_of_person = db_bool(result, 0, 2),
		.visit_id = db_text(result, 0, 3),
		.appointment_id = db_text(result, 0, 4),
		.cancelled = db_bool(result, 0, 5),
		.is_signed = db_bool(result, 0, 6),
		.staff_items = db_is_null(result, 0, 7) ? NULL : db_text(result, 0, 7),
		.items = db_is_null(result, 0, 8) ? NULL : db_text(result, 0, 8),
		.birth_date = db_text(result, 0, 9),
	};
}

void screening_add(struct db_unit *unit, const char *organisation_id,
		   const struct screening_row *screening)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_SCREENING_ADD, organisation_id, screening->screening_id,
	       screening->visit_id, screening->athlete_id,
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

size_t encounter_open(struct db_unit *unit, const char *organisation_id,
		      const struct encounter_row *encounter)
{
	return DB_ADD(unit, &SQL_ENCOUNTER_OPEN, organisation_id, db_id(encounter->appointment_id),
		      encounter->athlete_id, encounter->practitioner_id, encounter->clinic_id,
		      encounter->encounter_id,
		      db_from_instant(db_unit_arena(unit), encounter->opened_at),
		      encounter->opened_by, AT_CHECK_IN, encounter->caller_id);
}

struct encounter_opened encounter_opened(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct encounter_opened){
		.athlete_known = db_bool(result, 0, 0),
		.practitioner_known = db_bool(result, 0, 1),
		.clinic_known = db_bool(result, 0, 2),
		.appointment_athlete_id = db_text(result, 0, 3),
		.appointment_state = db_text(result, 0, 4),
		.encounter_id = db_text(result, 0, 5),
		.athlete_id = db_text(result, 0, 6),
		.practitioner_id = db_text(result, 0, 7),
		.screening_items = db_text(result, 0, 8),
		.screening_outcome = db_text(result, 0, 9),
		.treatment_consent = db_bool(result, 0, 10),
		.open_items = db_text(result, 0, 11),
		.practitioner_fits = db_bool(result, 0, 12),
		.place_fits = db_bool(result, 0, 13),
	};
}

void encounter_check_in(struct db_unit *unit, const char *organisation_id,
			const struct encounter_row *encounter)
{
	DB_ADD(unit, &SQL_ENCOUNTER_CHECK_IN, organisation_id, encounter->appointment_id,
	       encounter->athlete_id, encounter->practitioner_id, encounter->clinic_id,
	       encounter->encounter_id, db_from_instant(db_unit_arena(unit), encounter->opened_at),
	       AT_CHECK_IN);
}

void encounter_tell(struct db_unit *unit, const char *organisation_id,
		    const struct encounter_row *encounter, const struct encounter_event *event)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_ENCOUNTER_TELL, organisation_id, encounter->clinic_id,
	       encounter->encounter_id, event->type, db_from_instant(arena, encounter->opened_at),
	       event->traceparent, db_from_bytes(arena, event->payload, event->length));
}

size_t measures_due(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		    int64_t since)
{
	return DB_ADD(unit, &SQL_MEASURES_DUE, organisation_id, athlete_id,
		      db_from_instant(db_unit_arena(unit), since));
}

struct measure_due measure_due_row(const struct db_result *result, size_t row)
{
	return (struct measure_due){
		.instrument = db_text(result, row, 0),
		.area = db_text(result, row, 1),
		.side = db_text(result, row, 2),
		.value = db_double(result, row, 3),
		.treated_at = db_instant(result, row, 4),
		.note_id = db_text(result, row, 5),
	};
}

size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_ATHLETE_FIND, organisation_id, athlete_id);
}
