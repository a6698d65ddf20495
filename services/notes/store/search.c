#include "notes/store/search.h"

#include "notes_sql.h"

#include <string.h>

void note_terms_add(struct note_terms *terms, struct arena *arena, char kind, const char *code)
{
	const char *term = code && *code ? arena_printf(arena, "%c:%s", kind, code) : NULL;
	if (!term)
		return;
	for (size_t i = 0; i < terms->count; i++)
		if (strcmp(terms->terms[i], term) == 0)
			return;
	terms->terms[terms->count++] = term;
}

size_t notes_search(struct db_unit *unit, const char *organisation_id,
		    const struct note_search *search)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_NOTES_SEARCH, organisation_id, search->terms.words,
		      db_from_texts(arena, search->terms.terms, search->terms.count),
		      db_from_instant(arena, search->from), db_from_instant(arena, search->until),
		      search->before_id, db_from_int(arena, search->limit), search->reader_id,
		      db_from_instant(arena, search->now_us), db_id(search->athlete_id),
		      search->trail[1], search->trail[2], search->trail[3], search->trail[4],
		      search->trail[5], search->trail[6], search->trail[7],
		      db_from_int(arena, search->looks));
}

struct note_hit note_hit(const struct db_result *result, size_t row)
{
	return (struct note_hit){
		.note_id = db_text(result, row, 0),
		.signed_at = db_instant(result, row, 1),
		.encounter_id = db_text(result, row, 2),
		.athlete_id = db_text(result, row, 3),
		.practitioner_id = db_text(result, row, 4),
		.clinic_id = db_text(result, row, 5),
		.complaint = db_text(result, row, 6),
		.version = (int32_t)db_int(result, row, 7),
		.found = db_bool(result, row, 8),
	};
}
