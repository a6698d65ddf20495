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
		.visit_ends_at = db_is_null(result, 0, 5) ? 0 : db_instant(result, 0, 5),
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
	};
}

const char *note_side_name(enum note_side side)
{
	return side == NOTE_SIDE_LEFT ? "left" : side == NOTE_SIDE_RIGHT ? "right" : "";
}

/* The columns of note_sites_add, in its order. */
enum {
	MUSCLE,
	SIDE,
	APPROACH,
	GAUGE,
	LENGTH,
	DEPTH,
	INSERTIONS,
	RETENTION,
	TWITCH,
	REFERRAL,
	PAIN,
	NEEDLES_IN,
	NEEDLES_OUT,
	FINDING_KEYS,
	SITE_COLUMNS
};

static void set_site(struct arena *arena, const struct note_site *site,
		     const char **columns[SITE_COLUMNS], size_t at)
{
	columns[MUSCLE][at] = site->muscle;
	columns[SIDE][at] = note_side_name(site->side);
	columns[APPROACH][at] = site->approach;
	columns[GAUGE][at] = db_from_int(arena, site->gauge_um);
	columns[LENGTH][at] = db_from_int(arena, site->length_mm);
	columns[DEPTH][at] = db_from_int(arena, site->depth_mm);
	columns[INSERTIONS][at] = db_from_int(arena, site->insertions);
	columns[RETENTION][at] = db_from_int(arena, site->retention_s);
	columns[TWITCH][at] = db_from_bool(site->local_twitch_response);
	columns[REFERRAL][at] = db_from_bool(site->referral);
	columns[PAIN][at] = site->has_pain_during ? db_from_double(arena, site->pain_during) : NULL;
	columns[NEEDLES_IN][at] = db_from_int(arena, site->needles_in);
	columns[NEEDLES_OUT][at] = db_from_int(arena, site->needles_out);
	columns[FINDING_KEYS][at] =
		db_from_texts(arena, site->finding_keys, site->finding_key_count);
}

static void add_sites(struct db_unit *unit, const char *organisation_id, const char *note_id,
		      const struct note *note)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[SITE_COLUMNS];
	const char *values[2 + SITE_COLUMNS] = {organisation_id, note_id};
	for (size_t i = 0; i < SITE_COLUMNS; i++)
		columns[i] = ARENA_ARRAY(arena, note->site_count, const char *);
	for (size_t at = 0; at < note->site_count; at++)
		set_site(arena, &note->sites[at], columns, at);
	for (size_t i = 0; i < SITE_COLUMNS; i++)
		values[2 + i] = db_from_texts(arena, columns[i], note->site_count);
	db_unit_add(unit, &SQL_NOTE_SITES_ADD, values, 2 + SITE_COLUMNS);
}

void note_add(struct db_unit *unit, const char *organisation_id, const struct note_row *row,
	      const struct note *note)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_NOTE_ADD, organisation_id, row->note_id, row->encounter_id,
	       db_id(row->appointment_id), row->athlete_id, row->practitioner_id, row->clinic_id,
	       db_id(row->screening_id), db_from_int(arena, row->version),
	       db_id(row->amends_note_id), row->reason, db_id(row->cosigner_id),
	       db_from_instant(arena, row->treated_at), db_from_instant(arena, row->signed_at),
	       row->signed_by, row->complaint, note->tissue_to_calm, note->why_overloaded,
	       db_from_texts(arena, note->drivers, note->driver_count), row->procedure_code,
	       db_from_bool(row->thorax), db_from_bytes(arena, row->content, row->content_length),
	       db_from_bytes(arena, row->hash, sizeof(row->hash)), row->pack_code,
	       db_from_int(arena, row->pack_version), row->jurisdiction);
	if (note->site_count > 0)
		add_sites(unit, organisation_id, row->note_id, note);
}

void note_areas_add(struct db_unit *unit, const char *organisation_id, const char *note_id,
		    const struct note_area *areas, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char **codes = ARENA_ARRAY(arena, count, const char *);
	const char **sides = ARENA_ARRAY(arena, count, const char *);
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		codes[i] = areas[i].area;
		sides[i] = note_side_name(areas[i].side);
	}
	DB_ADD(unit, &SQL_NOTE_AREAS_ADD, organisation_id, note_id,
	       db_from_texts(arena, codes, count), db_from_texts(arena, sides, count));
}

void note_measures_add(struct db_unit *unit, const char *organisation_id, const char *note_id,
		       const struct note_measure_row *measures, size_t count)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[5];
	if (count == 0)
		return;
	for (size_t i = 0; i < 5; i++)
		columns[i] = ARENA_ARRAY(arena, count, const char *);
	for (size_t at = 0; at < count; at++) {
		columns[0][at] = measures[at].instrument;
		columns[1][at] = measures[at].area;
		columns[2][at] = measures[at].side;
		columns[3][at] = measures[at].moment;
		columns[4][at] = db_from_double(arena, measures[at].value);
	}
	DB_ADD(unit, &SQL_NOTE_MEASURES_ADD, organisation_id, note_id,
	       db_from_texts(arena, columns[0], count), db_from_texts(arena, columns[1], count),
	       db_from_texts(arena, columns[2], count), db_from_texts(arena, columns[3], count),
	       db_from_texts(arena, columns[4], count));
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
