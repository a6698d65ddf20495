#include "notes/store/signature.h"

#include "notes_sql.h"

void signature_add(struct db_unit *unit, const char *organisation_id,
		   const struct signature_row *signature)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_SIGNATURE_ADD, organisation_id, signature->note_id,
	       db_from_int(arena, signature->number), signature->meaning,
	       db_id(signature->signer_id), db_from_instant(arena, signature->signed_at),
	       db_from_bytes(arena, signature->seal, signature->seal_length),
	       db_from_bytes(arena, signature->signature, SIGNATURE_BYTES),
	       db_from_bytes(arena, signature->public_key, SIGNING_KEY_BYTES),
	       signature->key_holder);
}

size_t signatures_of(struct db_unit *unit, const char *organisation_id, const char *note_id,
		     const char *athlete_id)
{
	return DB_ADD(unit, &SQL_SIGNATURES_OF, organisation_id, note_id, athlete_id);
}

size_t addenda_before(struct db_unit *unit, const char *organisation_id, const char *note_id,
		      const char *athlete_id, int64_t limit)
{
	return DB_ADD(unit, &SQL_ADDENDA_BEFORE, organisation_id, note_id, athlete_id,
		      db_from_int(db_unit_arena(unit), limit));
}

struct signature_found signature_found(const struct db_result *result, size_t row,
				       struct arena *arena)
{
	struct signature_found found;
	found.seal = db_bytes(result, row, 0, arena, &found.seal_length);
	found.signature = db_bytes(result, row, 1, arena, &found.signature_length);
	found.public_key = db_bytes(result, row, 2, arena, &found.public_key_length);
	return found;
}

size_t undersigning_look(struct db_unit *unit, const char *organisation_id, const char *note_id,
			 const char *signer_id)
{
	return DB_ADD(unit, &SQL_UNDERSIGNING_LOOK, organisation_id, note_id, db_id(signer_id));
}

struct undersigning_look undersigning_looked(struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return (struct undersigning_look){0};
	struct undersigning_look look = {
		.found = true,
		.encounter_id = db_text(result, 0, 0),
		.appointment_id = db_text(result, 0, 1),
		.athlete_id = db_text(result, 0, 2),
		.practitioner_id = db_text(result, 0, 3),
		.clinic_id = db_text(result, 0, 4),
		.screening_id = db_text(result, 0, 5),
		.version = (int32_t)db_int(result, 0, 6),
		.amends_note_id = db_text(result, 0, 7),
		.cosigner_id = db_text(result, 0, 8),
		.amended_by = db_text(result, 0, 10),
		.signatures = (int32_t)db_int(result, 0, 11),
		.author_id = db_text(result, 0, 12),
		.has_signed = db_bool(result, 0, 13),
	};
	look.content_hash = db_bytes(result, 0, 9, db_unit_arena(unit), &look.content_hash_length);
	return look;
}

size_t cosignatures_due(struct db_unit *unit, const char *organisation_id,
			const struct cosignatures_asked *asked)
{
	struct arena *arena = db_unit_arena(unit);
	const char *after_at = *asked->after_id ? db_from_instant(arena, asked->after_at) : NULL;
	return DB_ADD(unit, &SQL_COSIGNATURES_DUE, organisation_id, asked->cosigner_id, after_at,
		      db_id(asked->after_id), db_from_int(arena, asked->limit), asked->trail[1],
		      asked->trail[2], asked->trail[3], asked->trail[4], asked->trail[5],
		      asked->trail[6], asked->trail[7]);
}

struct cosignature_due cosignature_due(const struct db_result *result, size_t row)
{
	return (struct cosignature_due){
		.note_id = db_text(result, row, 0),
		.signed_at = db_instant(result, row, 1),
		.practitioner_id = db_text(result, row, 2),
		.athlete_id = db_text(result, row, 3),
		.clinic_id = db_text(result, row, 4),
	};
}

size_t signing_keys(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_SIGNING_KEYS, organisation_id);
}

struct signing_key_row signing_key_row(const struct db_result *result, size_t row,
				       struct arena *arena)
{
	struct signing_key_row found = {
		.holder = db_text(result, row, 1),
		.first_used_at = db_instant(result, row, 2),
	};
	found.public_key = db_bytes(result, row, 0, arena, &found.public_key_length);
	return found;
}
