#include "scheduling/store/feed.h"

#include "scheduling_sql.h"

size_t feed_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const char *url)
{
	return DB_ADD(unit, &SQL_TRAINING_FEED_FIND, organisation_id, athlete_id, url);
}

struct feed_look feed_look(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct feed_look){
		.athlete_known = db_bool(result, 0, 0),
		.feed_id = db_text(result, 0, 1),
		.feeds = db_int(result, 0, 2),
	};
}

void feed_put(struct db_unit *unit, const char *organisation_id, const struct feed_row *feed)
{
	DB_ADD(unit, &SQL_TRAINING_FEED_PUT, organisation_id, feed->feed_id, feed->athlete_id,
	       feed->url, db_from_instant(db_unit_arena(unit), feed->next_at));
}

size_t feed_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		 const char *feed_id)
{
	return DB_ADD(unit, &SQL_TRAINING_FEED_LIST, organisation_id, db_id(athlete_id),
		      db_id(feed_id));
}

static int64_t instant_or_none(const struct db_result *result, size_t row, unsigned column)
{
	return db_is_null(result, row, column) ? 0 : db_instant(result, row, column);
}

struct feed_row feed_row(const struct db_result *result, size_t row)
{
	return (struct feed_row){
		.feed_id = db_text(result, row, 0),
		.athlete_id = db_text(result, row, 1),
		.url = db_text(result, row, 2),
		.good_at = instant_or_none(result, row, 3),
		.tried_at = instant_or_none(result, row, 4),
		.next_at = db_instant(result, row, 5),
		.fault = db_text(result, row, 6),
		.failures = (int32_t)db_int(result, row, 7),
		.etag = db_text(result, row, 8),
		.last_modified = db_text(result, row, 9),
	};
}

void feed_end(struct db_unit *unit, const char *organisation_id, const char *feed_id,
	      int64_t now_us)
{
	DB_ADD(unit, &SQL_TRAINING_FEED_END, organisation_id, feed_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void feed_clear(struct db_unit *unit, const char *organisation_id, const struct feed_row *feed,
		int64_t now_us)
{
	DB_ADD(unit, &SQL_TRAINING_FEED_CLEAR, organisation_id, feed->athlete_id, feed->feed_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

FIBER struct status feed_outlook(struct db *db, struct arena *arena, struct feed_row **ret_feeds,
				 size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index = DB_ADD0(unit, &SQL_TRAINING_FEED_OUTLOOK);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *rows = db_unit_result(unit, index);
	size_t count = db_result_rows(rows);
	struct feed_row *feeds = ARENA_ARRAY(arena, count, struct feed_row);
	if (!feeds)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for feeds");
	for (size_t row = 0; row < count; row++) {
		feeds[row] = feed_row(rows, row);
		feeds[row].organisation_id =
			db_text(rows, row, db_result_column(rows, "organisation_id"));
	}
	*ret_feeds = feeds;
	*ret_count = count;
	return status;
}

void feed_claim(struct db_unit *unit, const struct feed_row *feed, int64_t until_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_TRAINING_FEED_CLAIM, feed->organisation_id, feed->feed_id,
	       db_from_instant(arena, feed->next_at), db_from_instant(arena, until_us));
}

void feed_done(struct db_unit *unit, const struct feed_row *feed, int64_t claimed_until_us)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_TRAINING_FEED_DONE, feed->organisation_id, feed->feed_id,
	       db_from_instant(arena, claimed_until_us), db_from_instant(arena, feed->tried_at),
	       feed->good_at ? db_from_instant(arena, feed->good_at) : NULL, feed->etag,
	       feed->last_modified, db_from_instant(arena, feed->next_at),
	       db_from_int(arena, feed->failures), feed->fault);
}
