#include "notes/store/sign.h"

#include "notes_sql.h"

/* The parameters of note_sign, in its order. */
enum {
	NOTE_VALUES = 27,
	SITE_VALUES = 14,
	AREA_VALUES = 2,
	MEASURE_VALUES = 5,
	TERM_VALUES = 2,
	SIGNATURE_VALUES = 5,
	TRAIL_VALUES = 6,
	EVENT_VALUES = 2,
	CLAIM_VALUES = 3,

	SITES_AT = NOTE_VALUES,
	AREAS_AT = SITES_AT + SITE_VALUES,
	MEASURES_AT = AREAS_AT + AREA_VALUES,
	TERMS_AT = MEASURES_AT + MEASURE_VALUES,
	SIGNATURE_AT = TERMS_AT + TERM_VALUES,
	TRAIL_AT = SIGNATURE_AT + SIGNATURE_VALUES,
	EVENT_AT = TRAIL_AT + TRAIL_VALUES,
	CLAIM_AT = EVENT_AT + EVENT_VALUES,
	VALUES = CLAIM_AT + CLAIM_VALUES,
};

static void put(const char **to, const char *const *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = values[i];
}

/* Columns of `count` rows turned into an array's text each. */
static void put_arrays(struct arena *arena, const char **to, const char **const *columns,
		       size_t column_count, size_t count)
{
	for (size_t i = 0; i < column_count; i++)
		to[i] = db_from_texts(arena, columns[i], count);
}

static void make_columns(struct arena *arena, const char ***columns, size_t column_count,
			 size_t count)
{
	for (size_t i = 0; i < column_count; i++)
		columns[i] = ARENA_ARRAY(arena, count, const char *);
}

static void put_note(struct arena *arena, const struct note_sign *sign, const char **to)
{
	const struct note_row *row = sign->row;
	const struct note *note = sign->note;
	const char *const values[NOTE_VALUES] = {
		sign->organisation_id,
		row->note_id,
		row->encounter_id,
		db_id(row->appointment_id),
		row->athlete_id,
		row->practitioner_id,
		row->clinic_id,
		db_id(row->screening_id),
		db_from_int(arena, row->version),
		db_id(row->amends_note_id),
		row->reason,
		db_id(row->cosigner_id),
		db_from_instant(arena, row->treated_at),
		db_from_instant(arena, row->signed_at),
		row->signed_by,
		row->complaint,
		note->tissue_to_calm,
		note->why_overloaded,
		db_from_texts(arena, note->drivers, note->driver_count),
		row->procedure_code,
		db_from_bool(row->thorax),
		db_from_bytes(arena, row->content, row->content_length),
		db_from_bytes(arena, row->hash, sizeof(row->hash)),
		row->pack_code,
		db_from_int(arena, row->pack_version),
		row->jurisdiction,
		row->draft_version ? db_from_int(arena, row->draft_version) : NULL,
	};
	put(to, values, NOTE_VALUES);
}

static void set_site(struct arena *arena, const struct note_site *site,
		     const char **columns[SITE_VALUES], size_t at)
{
	const char *const values[SITE_VALUES] = {
		site->muscle,
		note_side_name(site->side),
		site->approach,
		db_from_int(arena, site->gauge_um),
		db_from_int(arena, site->length_mm),
		db_from_int(arena, site->depth_mm),
		db_from_int(arena, site->insertions),
		db_from_int(arena, site->retention_s),
		db_from_bool(site->local_twitch_response),
		db_from_bool(site->referral),
		site->has_pain_during ? db_from_double(arena, site->pain_during) : NULL,
		db_from_int(arena, site->needles_in),
		db_from_int(arena, site->needles_out),
		db_from_texts(arena, site->finding_keys, site->finding_key_count),
	};
	for (size_t i = 0; i < SITE_VALUES; i++)
		columns[i][at] = values[i];
}

static void put_sites(struct arena *arena, const struct note *note, const char **to)
{
	const char **columns[SITE_VALUES];
	make_columns(arena, columns, SITE_VALUES, note->site_count);
	for (size_t at = 0; at < note->site_count; at++)
		set_site(arena, &note->sites[at], columns, at);
	put_arrays(arena, to, columns, SITE_VALUES, note->site_count);
}

static void put_areas(struct arena *arena, const struct note_sign *sign, const char **to)
{
	const char **columns[AREA_VALUES];
	make_columns(arena, columns, AREA_VALUES, sign->area_count);
	for (size_t at = 0; at < sign->area_count; at++) {
		columns[0][at] = sign->areas[at].area;
		columns[1][at] = note_side_name(sign->areas[at].side);
	}
	put_arrays(arena, to, columns, AREA_VALUES, sign->area_count);
}

static void put_measures(struct arena *arena, const struct note_sign *sign, const char **to)
{
	const char **columns[MEASURE_VALUES];
	make_columns(arena, columns, MEASURE_VALUES, sign->measure_count);
	for (size_t at = 0; at < sign->measure_count; at++) {
		const struct note_measure_row *measure = &sign->measures[at];
		columns[0][at] = measure->instrument;
		columns[1][at] = measure->area;
		columns[2][at] = measure->side;
		columns[3][at] = measure->moment;
		columns[4][at] = db_from_double(arena, measure->value);
	}
	put_arrays(arena, to, columns, MEASURE_VALUES, sign->measure_count);
}

FIBER struct status note_sign(struct db *db, struct arena *arena, const struct note_sign *sign,
			      bool *ret_signed)
{
	static const struct db_coalesced signing = {NULL, &SQL_NOTE_SIGN};
	const struct signature_row *signature = sign->signature;
	const char *values[VALUES];
	put_note(arena, sign, values);
	put_sites(arena, sign->note, values + SITES_AT);
	put_areas(arena, sign, values + AREAS_AT);
	put_measures(arena, sign, values + MEASURES_AT);
	values[TERMS_AT] = sign->terms->words;
	values[TERMS_AT + 1] = db_from_texts(arena, sign->terms->terms, sign->terms->count);
	values[SIGNATURE_AT] = db_id(signature->signer_id);
	values[SIGNATURE_AT + 1] = db_from_bytes(arena, signature->seal, signature->seal_length);
	values[SIGNATURE_AT + 2] = db_from_bytes(arena, signature->signature, SIGNATURE_BYTES);
	values[SIGNATURE_AT + 3] = db_from_bytes(arena, signature->public_key, SIGNING_KEY_BYTES);
	values[SIGNATURE_AT + 4] = signature->key_holder;
	put(values + TRAIL_AT, sign->trail + 2, TRAIL_VALUES); /* behind organisation and instant */
	values[EVENT_AT] = sign->event_type;
	values[EVENT_AT + 1] = db_from_bytes(arena, sign->event, sign->event_length);
	values[CLAIM_AT] = sign->key;
	values[CLAIM_AT + 1] = sign->fingerprint;
	values[CLAIM_AT + 2] = db_from_bytes(arena, sign->reply, sign->reply_length);
	const struct db_result *row;
	struct status status =
		db_call(db, &signing, sign->organisation_id, values, VALUES, arena, &row);
	if (status_is_ok(status))
		*ret_signed = db_bool(row, 0, 0);
	return status;
}
