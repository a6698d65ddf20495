#include "directory/store/athlete.h"

#include "directory_sql.h"

static const char first_id[] = "00000000-0000-0000-0000-000000000000";

size_t athlete_look(struct db_unit *unit, const char *organisation_id, const char *key,
		    const struct athlete_form *form)
{
	struct arena *arena = db_unit_arena(unit);
	const struct identifiers *identifiers = &form->identifiers;
	const struct contact_points *points = &form->points;
	return DB_ADD(unit, &SQL_ATHLETE_SEEN, organisation_id, key,
		      db_from_texts(arena, identifiers->systems, identifiers->count),
		      db_from_texts(arena, identifiers->values, identifiers->count),
		      db_from_texts(arena, points->channels, points->count),
		      db_from_texts(arena, points->normals, points->count),
		      db_id(form->row.athlete_id));
}

struct athlete_seen athlete_seen(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct athlete_seen){
		.key_known = db_bool(result, 0, 0),
		.known = db_text(result, 0, 1),
		.taken = db_text(result, 0, 2),
		.shared = db_text(result, 0, 3),
	};
}

static void add_lists(struct db_unit *unit, const char *organisation_id,
		      const struct athlete_form *form)
{
	struct arena *arena = db_unit_arena(unit);
	const char *athlete_id = form->row.athlete_id;
	const struct identifiers *identifiers = &form->identifiers;
	const struct contact_points *points = &form->points;
	DB_ADD(unit, &SQL_IDENTIFIERS_INSERT, organisation_id, athlete_id,
	       db_from_texts(arena, identifiers->systems, identifiers->count),
	       db_from_texts(arena, identifiers->values, identifiers->count));
	DB_ADD(unit, &SQL_CONTACT_POINTS_INSERT, organisation_id, athlete_id,
	       db_from_texts(arena, points->channels, points->count),
	       db_from_texts(arena, points->values, points->count),
	       db_from_texts(arena, points->normals, points->count));
}

void athlete_add(struct db_unit *unit, const char *organisation_id, const struct athlete_form *form,
		 int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	const struct athlete_row *athlete = &form->row;
	DB_ADD(unit, &SQL_ATHLETE_INSERT, organisation_id, athlete->athlete_id, athlete->given_name,
	       athlete->family_name, athlete->birth_date, athlete->zone,
	       db_id(athlete->home_clinic_id), athlete->sport, athlete->guardian_name,
	       db_from_instant(arena, now_us), athlete->language);
	add_lists(unit, organisation_id, form);
}

void athlete_update(struct db_unit *unit, const char *organisation_id,
		    const struct athlete_form *form, int64_t revision)
{
	struct arena *arena = db_unit_arena(unit);
	const struct athlete_row *athlete = &form->row;
	DB_ADD(unit, &SQL_MERGE_LOCK, organisation_id,
	       db_from_texts(arena, &athlete->athlete_id, 1));
	DB_ADD(unit, &SQL_ATHLETE_UPDATE, organisation_id, athlete->athlete_id, athlete->given_name,
	       athlete->family_name, athlete->birth_date, athlete->zone,
	       db_id(athlete->home_clinic_id), athlete->sport, athlete->guardian_name,
	       athlete->language, db_from_int(arena, revision));
	DB_ADD(unit, &SQL_ATHLETE_LISTS_DROP, organisation_id, athlete->athlete_id);
	add_lists(unit, organisation_id, form);
}

size_t athlete_page(struct db_unit *unit, const char *organisation_id, const char *after_id,
		    int64_t limit)
{
	return DB_ADD(unit, &SQL_ATHLETE_PAGE, organisation_id, *after_id ? after_id : first_id,
		      db_from_int(db_unit_arena(unit), limit));
}

struct athlete_row athlete_row(const struct db_result *result, size_t row)
{
	return (struct athlete_row){
		.athlete_id = db_text(result, row, 0),
		.given_name = db_text(result, row, 1),
		.family_name = db_text(result, row, 2),
		.birth_date = db_text(result, row, 3),
		.zone = db_text(result, row, 4),
		.home_clinic_id = db_text(result, row, 5),
		.sport = db_text(result, row, 6),
		.guardian_name = db_text(result, row, 7),
		.language = db_text(result, row, 8),
		.revision = db_int(result, row, 9),
	};
}

bool athlete_person_is_erased(const struct db_result *result, size_t row)
{
	return !db_is_null(result, row, db_result_column(result, "erased_at"));
}

size_t athlete_person(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_ATHLETE_PERSON, organisation_id, athlete_id);
}

size_t athlete_contact_points_of_person(struct db_unit *unit, const char *organisation_id,
					const char *athlete_id)
{
	return DB_ADD(unit, &SQL_CONTACT_POINTS_OF_PERSON, organisation_id, athlete_id);
}

size_t athlete_identifiers_of_person(struct db_unit *unit, const char *organisation_id,
				     const char *athlete_id)
{
	return DB_ADD(unit, &SQL_IDENTIFIERS_OF_PERSON, organisation_id, athlete_id);
}

size_t athlete_contact_points(struct db_unit *unit, const char *organisation_id,
			      const char *const *athlete_ids, size_t count)
{
	return DB_ADD(unit, &SQL_CONTACT_POINTS_OF, organisation_id,
		      db_from_texts(db_unit_arena(unit), athlete_ids, count));
}

size_t athlete_identifiers(struct db_unit *unit, const char *organisation_id,
			   const char *const *athlete_ids, size_t count)
{
	return DB_ADD(unit, &SQL_IDENTIFIERS_OF, organisation_id,
		      db_from_texts(db_unit_arena(unit), athlete_ids, count));
}

struct athlete_pair athlete_pair(const struct db_result *result, size_t row)
{
	return (struct athlete_pair){
		.athlete_id = db_text(result, row, 0),
		.first = db_text(result, row, 1),
		.second = db_text(result, row, 2),
	};
}

void consent_add(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const struct consent_row *consent, const char *recorded_by)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_CONSENT_INSERT, organisation_id, athlete_id, consent->consent_id,
	       consent->purpose, consent->channel, db_from_bool(consent->granted),
	       consent->text_version, db_from_bool(consent->copy_given),
	       db_from_instant(arena, consent->recorded_at), recorded_by, consent->guardian_name);
}

size_t consent_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_CONSENTS_OF, organisation_id, athlete_id);
}

struct consent_row consent_row(const struct db_result *result, size_t row)
{
	return (struct consent_row){
		.consent_id = db_text(result, row, 0),
		.purpose = db_text(result, row, 1),
		.channel = db_text(result, row, 2),
		.granted = db_bool(result, row, 3),
		.text_version = db_text(result, row, 4),
		.recorded_at = db_instant(result, row, 5),
		.copy_given = db_bool(result, row, 6),
		.guardian_name = db_text(result, row, 7),
	};
}
