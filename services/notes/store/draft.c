#include "notes/store/draft.h"

#include "notes_sql.h"

size_t draft_look(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		  int32_t base_version)
{
	return DB_ADD(unit, &SQL_DRAFT_LOOK, organisation_id, encounter_id,
		      db_from_int(db_unit_arena(unit), base_version));
}

static struct draft_content content_in(const struct db_result *result, size_t row, unsigned column,
				       struct arena *arena)
{
	struct draft_content content = {0};
	if (!db_is_null(result, row, column))
		content.bytes = db_bytes(result, row, column, arena, &content.length);
	return content;
}

struct draft_look draft_looked(struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return (struct draft_look){0};
	return (struct draft_look){
		.found = true,
		.athlete_id = db_text(result, 0, 0),
		.practitioner_id = db_text(result, 0, 1),
		.newest_note_id = db_text(result, 0, 2),
		.note_version = (int32_t)db_int(result, 0, 3),
		.last_version = (int32_t)db_int(result, 0, 4),
		.version = db_is_null(result, 0, 6) ? 0 : (int32_t)db_int(result, 0, 5),
		.content = content_in(result, 0, 6, db_unit_arena(unit)),
		.saved_by = db_text(result, 0, 7),
		.saved_at = db_is_null(result, 0, 8) ? 0 : db_instant(result, 0, 8),
		.base = content_in(result, 0, 9, db_unit_arena(unit)),
		.discarded_version = (int32_t)db_int(result, 0, 10),
	};
}

static const char *bytes_of(struct arena *arena, const struct draft_content *content)
{
	return content->bytes ? db_from_bytes(arena, content->bytes, content->length) : NULL;
}

void draft_add(struct db_unit *unit, const char *organisation_id, const struct draft_row *draft)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_DRAFT_ADD, organisation_id, draft->encounter_id,
	       db_from_int(arena, draft->note_version), db_from_int(arena, draft->version),
	       db_from_int(arena, draft->base_version), db_from_bool(draft->refused),
	       db_from_instant(arena, draft->saved_at), draft->saved_by,
	       bytes_of(arena, &draft->content), bytes_of(arena, &draft->typed));
}

size_t draft_refused_find(struct db_unit *unit, const char *organisation_id,
			  const struct draft_row *draft)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_DRAFT_REFUSED_FIND, organisation_id, draft->encounter_id,
		      db_from_int(arena, draft->note_version),
		      db_from_int(arena, draft->base_version), bytes_of(arena, &draft->content));
}

int32_t draft_refused_found(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return db_result_rows(result) > 0 ? (int32_t)db_int(result, 0, 0) : 0;
}

size_t draft_versions(struct db_unit *unit, const char *organisation_id, const char *encounter_id,
		      int32_t note_version, int32_t after_version, int32_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_DRAFT_VERSIONS, organisation_id, encounter_id,
		      db_from_int(arena, note_version), db_from_int(arena, after_version),
		      db_from_int(arena, limit));
}

struct draft_row draft_version_row(const struct db_result *result, size_t row, struct arena *arena)
{
	return (struct draft_row){
		.version = (int32_t)db_int(result, row, 0),
		.base_version = (int32_t)db_int(result, row, 1),
		.refused = db_bool(result, row, 2),
		.saved_at = db_instant(result, row, 3),
		.saved_by = db_text(result, row, 4),
		.content = content_in(result, row, 5, arena),
		.typed = content_in(result, row, 6, arena),
	};
}

void draft_thin(struct db_unit *unit, const char *organisation_id, const struct draft_row *draft)
{
	struct arena *arena = db_unit_arena(unit);
	if (draft->version > DRAFT_VERSIONS_KEPT)
		DB_ADD(unit, &SQL_DRAFT_THIN, organisation_id, draft->encounter_id,
		       db_from_int(arena, draft->note_version),
		       db_from_int(arena, draft->version - DRAFT_VERSIONS_KEPT));
}

size_t drafts_outlook(struct db_unit *unit, int64_t begun_before_us)
{
	return DB_ADD(unit, &SQL_DRAFTS_OUTLOOK,
		      db_from_instant(db_unit_arena(unit), begun_before_us));
}

size_t drafts_forget(struct db_unit *unit, const char *organisation_id, int64_t before_us,
		     int32_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_DRAFTS_FORGET, organisation_id, db_from_instant(arena, before_us),
		      db_from_int(arena, limit));
}

void drafts_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	DB_ADD(unit, &SQL_DRAFTS_ERASE, organisation_id, athlete_id);
}
