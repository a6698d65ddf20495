#include "notes/store/note.h"

#include "notes_sql.h"

size_t signing_look(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		    const char *note_id)
{
	return DB_ADD(unit, &SQL_SIGNING_LOOK, organisation_id, encounter_id, note_id);
}

struct signing_look signing_looked(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return (struct signing_look){0};
	return (struct signing_look){
		.found = true,
		.encounter_id = db_text(result, 0, 0),
		.appointment_id = db_text(result, 0, 1),
		.athlete_id = db_text(result, 0, 2),
		.practitioner_id = db_text(result, 0, 3),
		.clinic_id = db_text(result, 0, 4),
		.visit_ends_at = db_instant(result, 0, 5),
		.screening_id = db_text(result, 0, 6),
		.screening_outcome = db_text(result, 0, 7),
		.treatment_consent = db_bool(result, 0, 8),
		.newest_note_id = db_text(result, 0, 9),
		.newest_version = (int32_t)db_int(result, 0, 10),
		.cosigner_id = db_text(result, 0, 11),
		.treated_at = db_is_null(result, 0, 12) ? 0 : db_instant(result, 0, 12),
		.pack =
			{
				.jurisdiction = db_text(result, 0, 13),
				.visit_day = (int32_t)db_int(result, 0, 14),
				.training_hours = db_int(result, 0, 15),
				.consent_written = db_bool(result, 0, 16),
				.consent_copy_given = db_bool(result, 0, 17),
			},
		.draft_version = (int32_t)db_int(result, 0, 18),
	};
}

const char *note_side_name(enum note_side side)
{
	return side == NOTE_SIDE_LEFT ? "left" : side == NOTE_SIDE_RIGHT ? "right" : "";
}

size_t note_find(struct db_unit *unit, const char *organisation_id, const char *note_id,
		 const char *athlete_id)
{
	return DB_ADD(unit, &SQL_NOTE_FIND, organisation_id, note_id, athlete_id);
}

struct note_found note_found(const struct db_result *result, size_t row, struct arena *arena)
{
	struct note_found found = {
		.note_id = db_text(result, row, 0),
		.encounter_id = db_text(result, row, 1),
		.athlete_id = db_text(result, row, 2),
		.practitioner_id = db_text(result, row, 3),
		.clinic_id = db_text(result, row, 4),
		.signed_at = db_instant(result, row, 5),
		.signed_by = db_text(result, row, 6),
		.content_hash = db_text(result, row, 7),
		.procedure_code = db_text(result, row, 8),
	};
	found.version = (int32_t)db_int(result, row, 10);
	found.amends_note_id = db_text(result, row, 11);
	found.amended_by = db_text(result, row, 12);
	found.reason = db_text(result, row, 13);
	found.cosigner_id = db_text(result, row, 14);
	found.pack_code = db_text(result, row, 15);
	found.pack_version = (int32_t)db_int(result, row, 16);
	found.jurisdiction = db_text(result, row, 17);
	found.content = db_bytes(result, row, 9, arena, &found.content_length);
	return found;
}

size_t notes_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		int64_t limit)
{
	return DB_ADD(unit, &SQL_NOTES_OF, organisation_id, athlete_id,
		      db_from_int(db_unit_arena(unit), limit));
}

struct note_summary_row note_summary_row(const struct db_result *result, size_t row)
{
	return (struct note_summary_row){
		.note_id = db_text(result, row, 0),
		.encounter_id = db_text(result, row, 1),
		.signed_at = db_instant(result, row, 2),
		.complaint = db_text(result, row, 3),
		.areas = db_text(result, row, 4),
		.version = (int32_t)db_int(result, row, 5),
		.awaits_cosignature = db_bool(result, row, 6),
	};
}
