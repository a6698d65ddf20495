#include "scheduling/store/calendar_feed.h"

#include "scheduling_sql.h"

#include <string.h>

const char *feed_subject_kind(const struct feed_subject *subject)
{
	if (*subject->practitioner_id)
		return "practitioner";
	return *subject->room_id ? "room" : "athlete";
}

const char *feed_subject_id(const struct feed_subject *subject)
{
	if (*subject->practitioner_id)
		return subject->practitioner_id;
	return *subject->room_id ? subject->room_id : subject->athlete_id;
}

size_t calendar_feed_find_subject(struct db_unit *unit, const char *organisation_id,
				  const struct feed_subject *subject)
{
	return DB_ADD(unit, &SQL_CALENDAR_FEED_SUBJECT, organisation_id,
		      db_id(subject->practitioner_id), db_id(subject->room_id),
		      db_id(subject->athlete_id));
}

bool calendar_feed_subject_known(const struct db_unit *unit, size_t index)
{
	return db_bool(db_unit_result(unit, index), 0, 0);
}

int64_t calendar_feed_open_count(const struct db_unit *unit, size_t index)
{
	return db_int(db_unit_result(unit, index), 0, 1);
}

void calendar_feed_add(struct db_unit *unit, const char *organisation_id,
		       const struct calendar_feed_row *feed,
		       const uint8_t token_hash[TOKEN_HASH_BYTES])
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_CALENDAR_FEED_ADD, organisation_id, feed->feed_id, feed->subject_kind,
	       feed->subject_id, db_from_bytes(arena, token_hash, TOKEN_HASH_BYTES),
	       db_from_instant(arena, feed->made_at), feed->made_by);
}

void calendar_feed_revoke(struct db_unit *unit, const char *organisation_id, const char *feed_id,
			  const char *athlete_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_CALENDAR_FEED_REVOKE, organisation_id, feed_id,
	       db_from_instant(db_unit_arena(unit), now_us), athlete_id);
}

bool calendar_feed_is_gone(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL001") == 0;
}

size_t calendar_feed_list(struct db_unit *unit, const char *organisation_id, const char *subject_id)
{
	return DB_ADD(unit, &SQL_CALENDAR_FEED_LIST, organisation_id, subject_id);
}

struct calendar_feed_row calendar_feed_row(const struct db_result *result, size_t row)
{
	return (struct calendar_feed_row){
		.feed_id = db_text(result, row, 0),
		.subject_kind = db_text(result, row, 1),
		.subject_id = db_text(result, row, 2),
		.made_at = db_instant(result, row, 3),
		.made_by = db_text(result, row, 4),
		.revoked_at = db_is_null(result, row, 5) ? 0 : db_instant(result, row, 5),
	};
}

size_t calendar_feed_find(struct db_unit *unit, const char *organisation_id,
			  const uint8_t token_hash[TOKEN_HASH_BYTES])
{
	return DB_ADD(unit, &SQL_CALENDAR_FEED_FIND, organisation_id,
		      db_from_bytes(db_unit_arena(unit), token_hash, TOKEN_HASH_BYTES));
}

bool calendar_feed_found(const struct db_unit *unit, size_t index, struct feed_subject *ret_subject)
{
	const struct db_result *result = db_unit_result(unit, index);
	if (db_result_rows(result) == 0)
		return false;
	const char *kind = db_text(result, 0, 0), *id = db_text(result, 0, 1);
	*ret_subject = (struct feed_subject){
		.practitioner_id = strcmp(kind, "practitioner") == 0 ? id : "",
		.room_id = strcmp(kind, "room") == 0 ? id : "",
		.athlete_id = strcmp(kind, "athlete") == 0 ? id : "",
	};
	return true;
}

size_t calendar_feed_visits(struct db_unit *unit, const char *organisation_id,
			    const struct feed_subject *subject, const struct feed_window *window)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_CALENDAR_FEED_VISITS, organisation_id,
		      db_id(subject->practitioner_id), db_id(subject->room_id),
		      db_id(subject->athlete_id), db_from_instant(arena, window->from_us),
		      db_from_instant(arena, window->until_us),
		      db_from_instant(arena, window->now_us), db_from_int(arena, window->limit),
		      db_from_instant(arena, window->cancelled_since_us));
}

struct feed_visit feed_visit(const struct db_result *result, size_t row)
{
	return (struct feed_visit){
		.appointment_id = db_text(result, row, 0),
		.version = db_int(result, row, 1),
		.state = db_text(result, row, 2),
		.starts_at = db_instant(result, row, 3),
		.ends_at = db_instant(result, row, 4),
		.changed_at = db_instant(result, row, 5),
		.service = db_text(result, row, 6),
		.clinic = db_text(result, row, 7),
		.zone = db_text(result, row, 8),
		.room = db_text(result, row, 9),
	};
}
