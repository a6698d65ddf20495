#include "scheduling/store/hours.h"

#include "base/text.h"

#include "scheduling_sql.h"

#include <stdlib.h>
#include <string.h>

size_t hours_find_workplace(struct db_unit *unit, const char *organisation_id,
			    const char *practitioner_id, const char *clinic_id)
{
	return DB_ADD(unit, &SQL_WORKPLACE_KNOWN, organisation_id, practitioner_id, clinic_id);
}

struct workplace_known hours_workplace(const struct db_unit *unit, size_t index)
{
	const struct db_result *result = db_unit_result(unit, index);
	return (struct workplace_known){db_bool(result, 0, 0), !db_is_null(result, 0, 1),
					db_text(result, 0, 1), db_bool(result, 0, 2)};
}

void hours_lock(struct db_unit *unit, const char *organisation_id, const char *practitioner_id,
		const char *clinic_id, int64_t now_us)
{
	DB_ADD(unit, &SQL_WORKPLACE_LOCK, organisation_id, practitioner_id, clinic_id,
	       db_from_instant(db_unit_arena(unit), now_us));
}

void hours_clear_weekly(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id)
{
	DB_ADD(unit, &SQL_HOURS_WEEKLY_CLEAR, organisation_id, practitioner_id, clinic_id);
}

static const char *date_text(struct arena *arena, int32_t day)
{
	char text[TEXT_INSTANT_BYTES];
	text_from_date(day, text);
	return arena_strdup(arena, text);
}

static const char *dates_text(struct arena *arena, const int32_t *days, size_t count)
{
	const char **texts = ARENA_ARRAY(arena, count, const char *);
	for (size_t i = 0; texts && i < count; i++)
		texts[i] = date_text(arena, days[i]);
	return db_from_texts(arena, texts, texts ? count : 0);
}

static const char *time_text(struct arena *arena, int32_t minutes)
{
	return arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

void hours_put_rule(struct db_unit *unit, const char *organisation_id,
		    const struct hours_rule *rule, const struct openings *openings)
{
	struct arena *arena = db_unit_arena(unit);
	DB_ADD(unit, &SQL_HOURS_RULE_PUT, organisation_id, rule->rule_id, rule->practitioner_id,
	       rule->clinic_id, rule->rrule, date_text(arena, rule->first_day),
	       time_text(arena, rule->opens), time_text(arena, rule->closes),
	       dates_text(arena, rule->excluded, rule->excluded_count),
	       dates_text(arena, rule->added, rule->added_count), db_from_bool(rule->weekly),
	       db_from_instant(arena, openings->until_at), openings->by);
}

bool hours_is_not_theirs(const struct db_unit *unit)
{
	return strcmp(db_unit_sqlstate(unit), "SL002") == 0;
}

void hours_remove_rule(struct db_unit *unit, const char *organisation_id, const char *rule_id)
{
	DB_ADD(unit, &SQL_HOURS_RULE_REMOVE, organisation_id, rule_id);
}

size_t hours_find_visits(struct db_unit *unit, const char *organisation_id,
			 const struct hours_rule *rule, const struct openings *openings,
			 int64_t now_us)
{
	struct arena *arena = db_unit_arena(unit);
	const char **opens = ARENA_ARRAY(arena, openings->count, const char *);
	const char **closes = ARENA_ARRAY(arena, openings->count, const char *);
	size_t count = opens && closes ? openings->count : 0;
	for (size_t i = 0; i < count; i++) {
		opens[i] = db_from_instant(arena, openings->list[i].opens_at);
		closes[i] = db_from_instant(arena, openings->list[i].closes_at);
	}
	return DB_ADD(unit, &SQL_HOURS_RULE_VISITS, organisation_id, rule->practitioner_id,
		      rule->clinic_id, rule->weekly ? NULL : rule->rule_id,
		      db_from_instant(arena, now_us), db_from_texts(arena, opens, count),
		      db_from_texts(arena, closes, count));
}

void hours_put_openings(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id,
			const struct openings *openings)
{
	enum { RULE, OPENS, CLOSES, OFFSET, LATER, CHANGES, DAY_STARTS, DAY_ENDS, COLUMNS };
	struct arena *arena = db_unit_arena(unit);
	const char **columns[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++)
		if (!(columns[i] = ARENA_ARRAY(arena, openings->count, const char *)))
			return; /* the unit's arena is spent: db_run says so */
	for (size_t i = 0; i < openings->count; i++) {
		const struct opening *opening = &openings->list[i];
		columns[RULE][i] = opening->rule_id;
		columns[OPENS][i] = db_from_instant(arena, opening->opens_at);
		columns[CLOSES][i] = db_from_instant(arena, opening->closes_at);
		columns[OFFSET][i] = db_from_int(arena, opening->offset_s);
		columns[LATER][i] = db_from_int(arena, opening->later_offset_s);
		columns[CHANGES][i] =
			opening->changes_at ? db_from_instant(arena, opening->changes_at) : NULL;
		columns[DAY_STARTS][i] = db_from_instant(arena, opening->day_starts_at);
		columns[DAY_ENDS][i] = db_from_instant(arena, opening->day_ends_at);
	}
	size_t count = openings->count;
	DB_ADD(unit, &SQL_OPENING_INSERT, organisation_id, practitioner_id, clinic_id,
	       db_from_texts(arena, columns[RULE], count),
	       db_from_texts(arena, columns[OPENS], count),
	       db_from_texts(arena, columns[CLOSES], count),
	       db_from_texts(arena, columns[OFFSET], count),
	       db_from_texts(arena, columns[LATER], count),
	       db_from_texts(arena, columns[CHANGES], count),
	       db_from_texts(arena, columns[DAY_STARTS], count),
	       db_from_texts(arena, columns[DAY_ENDS], count));
}

void hours_clear_openings(struct db_unit *unit, const char *organisation_id, const char *rule_id,
			  int64_t from_at)
{
	DB_ADD(unit, &SQL_OPENING_CLEAR, organisation_id, rule_id,
	       db_from_instant(db_unit_arena(unit), from_at));
}

void hours_rule_opened(struct db_unit *unit, const char *organisation_id,
		       const struct hours_rule *rule, const struct openings *openings)
{
	DB_ADD(unit, &SQL_HOURS_RULE_OPENED, organisation_id, rule->rule_id,
	       db_from_instant(db_unit_arena(unit), openings->until_at), openings->by,
	       rule->opened_until, rule->rrule);
}

size_t hours_find_rules(struct db_unit *unit, const char *organisation_id,
			const char *practitioner_id, const char *clinic_id, const char *rule_id)
{
	return DB_ADD(unit, &SQL_HOURS_RULES, organisation_id, db_id(practitioner_id),
		      db_id(clinic_id), db_id(rule_id));
}

/* "2026-03-02 2026-03-09" */
static const int32_t *read_days(struct arena *arena, const char *text, size_t *ret_count)
{
	size_t count = 0;
	int32_t *days = ARENA_ARRAY(arena, strlen(text) / 10 + 1, int32_t);
	for (const char *at = text; days && *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *word = arena_strndup(arena, at, length);
		if (word && text_to_date(word, &days[count]))
			count++;
		at += length;
	}
	*ret_count = count;
	return days;
}

struct hours_rule hours_rule(struct arena *arena, const struct db_result *result, size_t row)
{
	struct hours_rule rule = {
		.rule_id = db_text(result, row, 0),
		.practitioner_id = db_text(result, row, 1),
		.clinic_id = db_text(result, row, 2),
		.rrule = db_text(result, row, 3),
		.opens = (int32_t)db_int(result, row, 5),
		.closes = (int32_t)db_int(result, row, 6),
		.weekly = db_bool(result, row, 9),
		.opened_until = db_text(result, row, 10),
		.zone = db_text(result, row, 12),
	};
	text_to_date(db_text(result, row, 4), &rule.first_day);
	rule.excluded = read_days(arena, db_text(result, row, 7), &rule.excluded_count);
	rule.added = read_days(arena, db_text(result, row, 8), &rule.added_count);
	return rule;
}

FIBER struct status hours_due(struct db *db, struct arena *arena, int64_t until_at,
			      const char *version, struct hours_due **ret_due, size_t *ret_count)
{
	struct db_unit *unit = db_unit_new(arena, NULL);
	size_t index =
		DB_ADD(unit, &SQL_OPENING_OUTLOOK, db_from_instant(arena, until_at), version);
	struct status status = db_run(db, unit);
	if (!status_is_ok(status))
		return status;
	const struct db_result *result = db_unit_result(unit, index);
	size_t count = db_result_rows(result);
	struct hours_due *due = ARENA_ARRAY(arena, count, struct hours_due);
	for (size_t row = 0; due && row < count; row++)
		due[row] = (struct hours_due){db_text(result, row, 0), db_text(result, row, 1)};
	*ret_due = due;
	*ret_count = due ? count : 0;
	return status;
}
