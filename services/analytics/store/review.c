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

size_t review_look(struct db_unit *unit, const char *organisation_id, const char *review_id)
{
	return DB_ADD(unit, &SQL_REVIEW_LOOK, organisation_id, review_id);
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
	return (struct review_row){
		.review_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.clinic_id = db_text(result, row, 2),
		.area = db_text(result, row, 3),
		.side = db_text(result, row, 4),
		.visits = (int32_t)db_int(result, row, 5),
		.raised_at = db_instant(result, row, 6),
		.advice = db_text(result, row, 7),
		.answer = db_text(result, row, 8),
		.answered_at = db_is_null(result, row, 9) ? 0 : db_instant(result, row, 9),
	};
}
