#include "scheduling/store/training.h"

#include "scheduling_sql.h"

enum { UID, TITLE, KIND, STARTS, ENDS, ALL_DAY, UNCERTAIN, COLUMNS };

struct session_columns {
	const char *values[COLUMNS]; /* an array each */
};

const struct session_columns *training_columns(struct arena *arena, const struct session_row *rows,
					       size_t count)
{
	struct session_columns *columns = ARENA_NEW(arena, struct session_columns);
	const char **texts[COLUMNS];
	for (size_t column = 0; column < COLUMNS; column++)
		texts[column] = ARENA_ARRAY(arena, count, const char *);
	for (size_t row = 0; row < count; row++) {
		texts[UID][row] = rows[row].uid;
		texts[TITLE][row] = rows[row].title;
		texts[KIND][row] = session_kind_name(rows[row].kind);
		texts[STARTS][row] = db_from_instant(arena, rows[row].starts_at);
		texts[ENDS][row] = db_from_instant(arena, rows[row].ends_at);
		texts[ALL_DAY][row] = db_from_bool(rows[row].all_day);
		texts[UNCERTAIN][row] = db_from_bool(rows[row].uncertain);
	}
	for (size_t column = 0; column < COLUMNS; column++)
		columns->values[column] = db_from_texts(arena, texts[column], count);
	return columns;
}

size_t training_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     const char *source, const struct session_columns *sessions)
{
	const char *const *values = sessions->values;
	return DB_ADD(unit, &SQL_TRAINING_SEEN, organisation_id, athlete_id, source, values[UID],
		      values[TITLE], values[KIND], values[STARTS], values[ENDS], values[ALL_DAY],
		      values[UNCERTAIN]);
}

struct training_seen training_seen(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct training_seen){
		.athlete_known = db_bool(result, 0, 0),
		.added = db_int(result, 0, 1),
		.changed = db_int(result, 0, 2),
		.unchanged = db_int(result, 0, 3),
	};
}

void training_put(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *source, const struct session_columns *sessions)
{
	const char *const *values = sessions->values;
	DB_ADD(unit, &SQL_TRAINING_PUT, organisation_id, athlete_id, source, values[UID],
	       values[TITLE], values[KIND], values[STARTS], values[ENDS], values[ALL_DAY],
	       values[UNCERTAIN]);
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
	};
	session_kind_find(db_text(result, row, KIND), &session.kind);
	return session;
}
