#include "scheduling/store/training.h"

#include "scheduling_sql.h"

enum { UID, TITLE, KIND, STARTS, ENDS, ALL_DAY, UNCERTAIN, GIVEN, COLUMNS };
enum { SOURCE = COLUMNS, CORRECTED, RPE, MINUTES };

struct session_columns {
	const char *values[COLUMNS]; /* an array each */
};

const struct session_columns *training_columns(struct arena *arena, const struct session_row *rows,
					       size_t count)
{
	struct session_columns *columns = ARENA_NEW(arena, struct session_columns);
	const char **texts[COLUMNS];
	for (size_t column = 0; column < COLUMNS; column++)
		if (!(texts[column] = ARENA_ARRAY(arena, count, const char *)) || !columns)
			return NULL;
	for (size_t row = 0; row < count; row++) {
		texts[UID][row] = rows[row].uid;
		texts[TITLE][row] = rows[row].title;
		texts[KIND][row] = session_kind_name(rows[row].kind);
		texts[STARTS][row] = db_from_instant(arena, rows[row].starts_at);
		texts[ENDS][row] = db_from_instant(arena, rows[row].ends_at);
		texts[ALL_DAY][row] = db_from_bool(rows[row].all_day);
		texts[UNCERTAIN][row] = db_from_bool(rows[row].uncertain);
		texts[GIVEN][row] = db_from_bool(rows[row].given);
	}
	for (size_t column = 0; column < COLUMNS; column++)
		if (!(columns->values[column] = db_from_texts(arena, texts[column], count)))
			return NULL;
	return columns;
}

size_t training_look(struct db_unit *unit, const struct training_calendar *calendar)
{
	struct arena *arena = db_unit_arena(unit);
	const char *const *values = calendar->sessions->values;
	return DB_ADD(unit, &SQL_TRAINING_SEEN, calendar->organisation_id, calendar->athlete_id,
		      calendar->source, values[UID], values[TITLE], values[KIND], values[STARTS],
		      values[ENDS], values[ALL_DAY], values[UNCERTAIN], values[GIVEN],
		      calendar->whole ? db_from_instant(arena, calendar->from_at) : NULL,
		      calendar->whole ? db_from_instant(arena, calendar->until_at) : NULL,
		      db_from_instant(arena, calendar->now_us),
		      db_from_texts(arena, calendar->unread, calendar->unread_count));
}

struct training_seen training_seen(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	struct training_seen seen = {
		.athlete_known = db_bool(result, 0, 0),
		.added = db_int(result, 0, 1),
		.changed = db_int(result, 0, 2),
		.removed = db_int(result, 0, 4),
		.uncertain = db_int(result, 0, 5),
	};
	seen.unchanged = db_int(result, 0, 3) - seen.added - seen.changed;
	return seen;
}

void training_put(struct db_unit *unit, const struct training_calendar *calendar)
{
	struct arena *arena = db_unit_arena(unit);
	const char *const *values = calendar->sessions->values;
	const char *now = db_from_instant(arena, calendar->now_us);
	DB_ADD(unit, &SQL_TRAINING_PUT, calendar->organisation_id, calendar->athlete_id,
	       calendar->source, values[UID], values[TITLE], values[KIND], values[STARTS],
	       values[ENDS], values[ALL_DAY], values[UNCERTAIN], values[GIVEN], now);
	if (calendar->whole)
		DB_ADD(unit, &SQL_TRAINING_REMOVE, calendar->organisation_id, calendar->athlete_id,
		       calendar->source, values[UID], db_from_instant(arena, calendar->from_at),
		       db_from_instant(arena, calendar->until_at), now,
		       db_from_texts(arena, calendar->unread, calendar->unread_count));
}

size_t training_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t from_us, int64_t until_us)
{
	struct arena *arena = db_unit_arena(unit);
	return DB_ADD(unit, &SQL_TRAINING_LIST, organisation_id, athlete_id,
		      db_from_instant(arena, from_us), db_from_instant(arena, until_us));
}

struct session_row training_row(const struct db_result *result, size_t row)
{
	struct session_row session = {
		.uid = db_text(result, row, UID),
		.title = db_text(result, row, TITLE),
		.kind = SESSION_MODERATE,
		.starts_at = db_instant(result, row, STARTS),
		.ends_at = db_instant(result, row, ENDS),
		.all_day = db_bool(result, row, ALL_DAY),
		.uncertain = db_bool(result, row, UNCERTAIN),
		.given = db_bool(result, row, GIVEN),
		.source = db_text(result, row, SOURCE),
		.corrected = db_bool(result, row, CORRECTED),
	};
	session_kind_find(db_text(result, row, KIND), &session.kind);
	if (!db_is_null(result, row, RPE)) {
		session.rpe = db_double(result, row, RPE);
		session.minutes = (int32_t)db_int(result, row, MINUTES);
	}
	return session;
}

size_t training_zone(struct db_unit *unit, const char *organisation_id, const char *athlete_id)
{
	return DB_ADD(unit, &SQL_TRAINING_ZONE, organisation_id, athlete_id);
}

void training_correct(struct db_unit *unit, const struct training_key *key, enum session_kind kind,
		      int64_t now_us)
{
	DB_ADD(unit, &SQL_TRAINING_CORRECT, key->organisation_id, key->athlete_id, key->source,
	       key->uid, session_kind_name(kind), db_from_instant(db_unit_arena(unit), now_us));
}

void training_put_load(struct db_unit *unit, const struct training_key *key, double rpe,
		       int64_t minutes)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_TRAINING_LOAD_PUT, key->organisation_id, key->athlete_id, key->source,
	       key->uid, db_from_double(arena, rpe), db_from_int(arena, minutes));
}

size_t training_load(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t until_us)
{
	return DB_ADD(unit, &SQL_TRAINING_LOAD_DAYS, organisation_id, athlete_id,
		      db_from_instant(db_unit_arena(unit), until_us));
}

bool training_load_read(const struct db_result *result, struct load_days *ret_days)
{
	struct load_days days = {0};
	for (size_t row = 0; row < db_result_rows(result) && row < LOAD_DAYS; row++) {
		days.day[row] = db_text(result, row, 0);
		days.load[row] = db_double(result, row, 1);
		days.sessions[row] = (int32_t)db_int(result, row, 2);
		days.sessions_without_load += (int32_t)db_int(result, row, 3);
		days.has_earlier = db_bool(result, row, 4);
	}
	if (db_result_rows(result) != LOAD_DAYS)
		return false;
	*ret_days = days;
	return true;
}

/* ---- Words ---- */

size_t training_words(struct db_unit *unit, const char *organisation_id)
{
	return DB_ADD(unit, &SQL_TRAINING_WORD_LIST, organisation_id);
}

struct training_words training_words_read(struct arena *arena, const struct db_result *result)
{
	struct training_words words = {
		.list = ARENA_ARRAY(arena, db_result_rows(result), struct classify_word)};
	for (size_t row = 0; words.list && row < db_result_rows(result); row++) {
		struct classify_word *word = &words.list[words.count];
		word->phrase = db_text(result, row, 0);
		if (session_kind_find(db_text(result, row, 1), &word->kind))
			words.count++;
	}
	return words;
}

void training_put_words(struct db_unit *unit, const char *organisation_id,
			const struct classify_word *words, size_t count, const char *const *removed,
			size_t removed_count)
{
	struct arena *arena = db_unit_arena(unit);
	const char **phrases = ARENA_ARRAY(arena, count, const char *);
	const char **kinds = ARENA_ARRAY(arena, count, const char *);
	for (size_t i = 0; phrases && kinds && i < count; i++) {
		phrases[i] = words[i].phrase;
		kinds[i] = session_kind_name(words[i].kind);
	}
	DB_ADD(unit, &SQL_TRAINING_WORD_REMOVE, organisation_id,
	       db_from_texts(arena, removed, removed_count));
	DB_ADD(unit, &SQL_TRAINING_WORD_PUT, organisation_id,
	       db_from_texts(arena, phrases, phrases && kinds ? count : 0),
	       db_from_texts(arena, kinds, phrases && kinds ? count : 0));
}

size_t training_titles(struct db_unit *unit, const char *organisation_id, int64_t from_us)
{
	return DB_ADD(unit, &SQL_TRAINING_TITLES, organisation_id,
		      db_from_instant(db_unit_arena(unit), from_us));
}

struct training_title training_title(const struct db_result *result, size_t row)
{
	struct training_title title = {
		.title = db_text(result, row, 0),
		.kind = SESSION_MODERATE,
		.uncertain = db_bool(result, row, 2),
		.sessions = db_int(result, row, 3),
	};
	session_kind_find(db_text(result, row, 1), &title.kind);
	return title;
}

void training_reclassify(struct db_unit *unit, const char *organisation_id, int64_t from_us,
			 const struct training_title *titles, size_t count, int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	const char **columns[3];
	for (size_t column = 0; column < 3; column++)
		if (!(columns[column] = ARENA_ARRAY(arena, count, const char *)))
			count = 0; /* the unit ends: its arena is spent */
	for (size_t i = 0; i < count; i++) {
		columns[0][i] = titles[i].title;
		columns[1][i] = session_kind_name(titles[i].kind);
		columns[2][i] = db_from_bool(titles[i].uncertain);
	}
	DB_ADD(unit, &SQL_TRAINING_RECLASSIFY, organisation_id, db_from_instant(arena, from_us),
	       db_from_texts(arena, columns[0], count), db_from_texts(arena, columns[1], count),
	       db_from_texts(arena, columns[2], count), db_from_instant(arena, now_us));
}
