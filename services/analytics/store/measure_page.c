#include "analytics/store/measure_page.h"

#include "analytics_sql.h"

size_t measures_page(struct db_unit *unit, const char *organisation_id,
		     const struct measure_page *page)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_MEASURES_PAGE, organisation_id, page->athlete_id,
		      db_from_instant(arena, page->after_at),
		      *page->after_id ? page->after_id : DB_ID_LEAST,
		      db_from_int(arena, page->limit));
}

struct measure_page_row measure_page_row(const struct db_result *result, size_t row)
{
	return (struct measure_page_row){
		.measure_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.note_id = db_text(result, row, 2),
		.source = db_text(result, row, 3),
		.instrument = db_text(result, row, 4),
		.scoring_version = (int32_t)db_int(result, row, 5),
		.area = db_text(result, row, 6),
		.side = db_text(result, row, 7),
		.moment = db_text(result, row, 8),
		.value = db_double(result, row, 9),
		.taken_at = db_instant(result, row, 10),
	};
}
