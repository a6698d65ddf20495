#include "notes/store/record.h"

#include "notes_sql.h"

size_t record_list(struct db_unit *unit, const char *organisation_id,
		   const struct record_asked *asked)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_RECORD_LIST, organisation_id, asked->athlete_id,
		      db_from_instant(arena, asked->after_at),
		      *asked->after_id ? asked->after_id : DB_ID_LEAST,
		      db_from_int(arena, asked->limit));
}

struct record_part_row record_part_row(const struct db_result *result, size_t row)
{
	return (struct record_part_row){
		.kind = db_text(result, row, 0),
		.part_id = db_text(result, row, 1),
		.at = db_instant(result, row, 2),
		.by = db_text(result, row, 3),
		.athlete_id = db_text(result, row, 4),
		.visit_id = db_text(result, row, 5),
		.encounter_id = db_text(result, row, 6),
		.practitioner_id = db_text(result, row, 7),
		.clinic_id = db_text(result, row, 8),
		.version = (int32_t)db_int(result, row, 9),
		.outcome = db_text(result, row, 10),
		.items = db_text(result, row, 11),
		.open_items = db_text(result, row, 12),
		.by_staff = db_bool(result, row, 13),
		.language = db_text(result, row, 14),
	};
}
