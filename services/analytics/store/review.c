#include "analytics/store/review.h"

#include "analytics_sql.h"

void review_add(struct db_unit *unit, const char *organisation_id, const struct review_row *review)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_REVIEW_ADD, organisation_id, review->review_id, review->athlete_id,
	       review->clinic_id, review->area, review->side, db_from_int(arena, review->visits),
	       db_from_instant(arena, review->raised_at), review->advice);
}

void review_answer(struct db_unit *unit, const char *organisation_id,
		   const struct review_row *review, const char *driver, const char *answered_by)
{
	DB_ADD(unit, &SQL_REVIEW_ANSWER, organisation_id, review->review_id, review->answer, driver,
	       db_from_instant(db_unit_arena(unit), review->answered_at), answered_by);
}

size_t review_look(struct db_unit *unit, const char *organisation_id, const char *review_id,
		   const char *key)
{
	return DB_ADD(unit, &SQL_REVIEW_LOOK, organisation_id, review_id, key);
}

static struct review_row row_from(const struct db_result *result, size_t row, unsigned column)
{
	return (struct review_row){
		.review_id = db_text(result, row, column),
		.athlete_id = db_text(result, row, column + 1),
		.clinic_id = db_text(result, row, column + 2),
		.area = db_text(result, row, column + 3),
		.side = db_text(result, row, column + 4),
		.visits = (int32_t)db_int(result, row, column + 5),
		.raised_at = db_instant(result, row, column + 6),
		.advice = db_text(result, row, column + 7),
		.answer = db_text(result, row, column + 8),
		.answered_at = db_is_null(result, row, column + 9)
				       ? 0
				       : db_instant(result, row, column + 9),
	};
}

bool review_looked_key_known(const struct db_result *result)
{
	return db_bool(result, 0, 0);
}

struct review_row review_looked(const struct db_result *result)
{
	return row_from(result, 0, 1);
}

size_t reviews_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  bool open_only, int64_t limit)
{
	struct arena *arena = db_unit_arena(unit);
	if (!*athlete_id)
		return DB_ADD(unit, &SQL_REVIEWS_LIST, organisation_id, db_from_bool(open_only),
			      db_from_int(arena, limit));
	return DB_ADD(unit, &SQL_REVIEWS_OF, organisation_id, athlete_id, db_from_bool(open_only),
		      db_from_int(arena, limit));
}

struct review_row review_row(const struct db_result *result, size_t row)
{
	return row_from(result, row, 0);
}
