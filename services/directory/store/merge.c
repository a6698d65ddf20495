#include "directory/store/merge.h"

#include "directory_sql.h"

size_t merge_look(struct db_unit *unit, const char *organisation_id, const char *survivor_id,
		  const char *merged_id)
{
	return DB_ADD(unit, &SQL_MERGE_LOOK, organisation_id, survivor_id, merged_id);
}

struct merge_party merge_party(const struct db_result *result, size_t row)
{
	return (struct merge_party){
		.athlete_id = db_text(result, row, 0),
		.survivor_id = db_text(result, row, 1),
		.merge_id = db_text(result, row, 2),
		.erased = db_bool(result, row, 3),
		.taken = db_int(result, row, 4),
		.birth_date = db_text(result, row, 5),
	};
}

void merge_add(struct db_unit *unit, const char *organisation_id, const struct merge *merge,
	       const struct merge_word *word)
{
	struct arena *arena = db_unit_arena(unit);
	const char *const both[] = {merge->survivor_id, merge->merged_id};
	DB_ADD(unit, &SQL_MERGE_LOCK, organisation_id, db_from_texts(arena, both, 2));
	DB_ADD(unit, &SQL_MERGE_ADD, organisation_id, merge->merge_id, merge->survivor_id,
	       merge->merged_id, word->reason, db_from_instant(arena, word->at_us), word->by);
}

size_t merge_find(struct db_unit *unit, const char *organisation_id, const char *merge_id)
{
	return DB_ADD(unit, &SQL_MERGE_FIND, organisation_id, merge_id);
}

bool merge_found(const struct db_unit *unit, size_t index, struct merge *ret_merge,
		 bool *ret_in_force)
{
	const struct db_result *found = db_unit_result(unit, index);
	if (db_result_rows(found) == 0)
		return false;
	ret_merge->survivor_id = db_text(found, 0, 0);
	ret_merge->merged_id = db_text(found, 0, 1);
	*ret_in_force = db_bool(found, 0, 2);
	return true;
}

void merge_end(struct db_unit *unit, const char *organisation_id, const char *merge_id,
	       const struct merge_word *word)
{
	DB_ADD(unit, &SQL_MERGE_END, organisation_id, merge_id,
	       db_from_instant(db_unit_arena(unit), word->at_us), word->by, word->reason);
}

struct merge_row merge_row(const struct db_result *result, size_t row)
{
	return (struct merge_row){
		.merge_id = db_text(result, row, db_result_column(result, "merge_id")),
		.word = {.by = db_text(result, row, db_result_column(result, "merged_by")),
			 .reason = db_text(result, row, db_result_column(result, "reason")),
			 .at_us = db_instant(result, row, db_result_column(result, "merged_at"))},
	};
}
