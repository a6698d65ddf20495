#include "notes/store/copy.h"

#include "notes_sql.h"

void copy_clinic(struct db_unit *unit, const char *organisation_id,
		 const struct copied_clinic *clinic)
{
	DB_ADD(unit, &SQL_CLINIC_PUT, organisation_id, clinic->clinic_id, clinic->jurisdiction,
	       clinic->zone);
}

size_t clinic_find(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		   int64_t now_us)
{
	return DB_ADD(unit, &SQL_CLINIC_FIND, organisation_id, clinic_id,
		      db_from_instant(db_unit_arena(unit), now_us));
}

const char *clinic_jurisdiction(const struct db_result *clinics, size_t row)
{
	return db_text(clinics, row, 0);
}

int32_t clinic_day(const struct db_result *clinics, size_t row)
{
	return (int32_t)db_int(clinics, row, 1);
}

void copy_practitioner(struct db_unit *unit, const char *organisation_id,
		       const struct copied_practitioner *practitioner)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_PRACTITIONER_PUT, organisation_id, practitioner->practitioner_id,
	       db_from_int(arena, practitioner->needling_training_hours),
	       db_from_texts(arena, practitioner->clinic_ids, practitioner->clinic_count));
}

void copy_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *home_clinic_id, const char *birth_date)
{
	DB_ADD(unit, &SQL_ATHLETE_PUT, organisation_id, athlete_id, db_id(home_clinic_id),
	       *birth_date ? birth_date : NULL);
}

void copy_consent(struct db_unit *unit, const char *organisation_id,
		  const struct copied_consent *consent)
{
	DB_ADD(unit, &SQL_CONSENT_PUT, organisation_id, consent->athlete_id, consent->consent_id,
	       db_from_bool(consent->granted), consent->text_version,
	       db_from_instant(db_unit_arena(unit), consent->recorded_at),
	       db_from_bool(consent->copy_given));
}

void copy_appointment(struct db_unit *unit, const char *organisation_id,
		      const struct copied_appointment *appointment)
{
	DB_ADD(unit, &SQL_APPOINTMENT_PUT, organisation_id, appointment->appointment_id,
	       appointment->athlete_id, appointment->practitioner_id, appointment->clinic_id,
	       appointment->state, db_from_instant(db_unit_arena(unit), appointment->ends_at),
	       appointment->own_word_of ? db_id(appointment->own_word_of) : NULL,
	       db_from_bool(appointment->own_word_of != NULL));
}

void copy_review(struct db_unit *unit, const char *organisation_id,
		 const struct copied_review *review)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_REVIEW_PUT, organisation_id, review->athlete_id, review->review_id,
	       review->area, review->side, review->advice,
	       db_from_instant(arena, review->raised_at),
	       review->answered_at ? db_from_instant(arena, review->answered_at) : NULL);
}

size_t reviews_open(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_REVIEWS_OPEN, organisation_id, athlete_id);
}

struct copied_review review_row(const struct db_result *result, size_t row)
{
	return (struct copied_review){
		.review_id = db_text(result, row, 0),
		.area = db_text(result, row, 1),
		.side = db_text(result, row, 2),
		.advice = db_text(result, row, 3),
		.raised_at = db_instant(result, row, 4),
	};
}

void copy_athlete_erased(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			 int64_t at_us)
{
	DB_ADD(unit, &SQL_ATHLETE_ERASED, organisation_id, athlete_id,
	       db_from_instant(db_unit_arena(unit), at_us));
}
