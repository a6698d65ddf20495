#include "notes/store/wording.h"

#include "notes_sql.h"

void wording_put(struct db_unit *unit, const char *organisation_id, const char *kind,
		 const char *wording_id, const struct wording_row *row)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_WORDING_PUT, organisation_id, wording_id, db_id(row->clinic_id), kind,
	       row->code, db_from_bytes(arena, row->content, row->length),
	       db_from_instant(arena, row->put_at), row->put_by);
}

void wording_remove(struct db_unit *unit, const char *organisation_id, const char *kind,
		    const char *wording_id, const struct wording_row *row, bool with_ours)
{
	DB_ADD(unit, &SQL_WORDING_REMOVE, organisation_id, db_id(row->clinic_id), kind, row->code,
	       db_from_bool(with_ours), wording_id,
	       db_from_instant(db_unit_arena(unit), row->put_at), row->put_by);
}

size_t wordings_of(struct db_unit *unit, const char *organisation_id, const char *kind,
		   const char *clinic_id, const char *after_code, int32_t limit,
		   struct wording_codes ours)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_WORDINGS_OF, organisation_id, db_id(clinic_id), kind, after_code,
		      db_from_int(arena, limit), db_from_texts(arena, ours.codes, ours.count));
}

struct wording_row wording_row(const struct db_result *result, size_t row, struct arena *arena)
{
	struct wording_row read = {
		.clinic_id = db_text(result, row, 0),
		.code = db_text(result, row, 1),
		.put_at = db_instant(result, row, 3),
		.put_by = db_text(result, row, 4),
	};
	read.content = db_bytes(result, row, 2, arena, &read.length);
	return read;
}
