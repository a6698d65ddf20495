#include "scheduling/store/around.h"

#include <stdlib.h>
#include <string.h>

#define UNIT_SEPARATOR   "\x1f"
#define RECORD_SEPARATOR "\x1e"
#define FIELD_SEPARATOR  " "

static size_t count_of(const char *text, char separator)
{
	size_t count = *text ? 1 : 0;
	for (; *text; text++)
		count += *text == separator;
	return count;
}

/* The next field of `*rest`, "" behind the last. */
static const char *next(char **rest, const char *separator)
{
	const char *field = strsep(rest, separator);
	return field ? field : "";
}

static void read_sessions(struct arena *arena, const char *text, struct around *around)
{
	char *rest = arena_strdup(arena, text);
	size_t count = count_of(text, *FIELD_SEPARATOR) / 4;
	around->sessions = ARENA_ARRAY(arena, count, struct training_session);
	for (size_t i = 0; rest && around->sessions && i < count; i++) {
		struct training_session *session = &around->sessions[i];
		if (!session_kind_find(next(&rest, FIELD_SEPARATOR), &session->kind))
			session->kind = SESSION_MODERATE;
		session->starts_at = strtoll(next(&rest, FIELD_SEPARATOR), NULL, 10);
		session->ends_at = strtoll(next(&rest, FIELD_SEPARATOR), NULL, 10);
		session->all_day = *next(&rest, FIELD_SEPARATOR) == '1';
		around->session_count++;
	}
}

static void read_reviews(struct arena *arena, const char *text, struct around *around)
{
	char *rest = arena_strdup(arena, text);
	size_t count = count_of(text, *RECORD_SEPARATOR);
	around->reviews = ARENA_ARRAY(arena, count, struct review_row);
	for (size_t i = 0; rest && around->reviews && i < count; i++) {
		char *record = strsep(&rest, RECORD_SEPARATOR);
		struct review_row *review = &around->reviews[around->review_count++];
		review->review_id = next(&record, UNIT_SEPARATOR);
		review->area = next(&record, UNIT_SEPARATOR);
		review->side = next(&record, UNIT_SEPARATOR);
		review->advice = next(&record, UNIT_SEPARATOR);
		review->raised_at = strtoll(next(&record, UNIT_SEPARATOR), NULL, 10);
	}
}

static int32_t next_or(char **rest, int32_t otherwise)
{
	char *end = *rest;
	long number = strtol(*rest, &end, 10);
	bool known = end != *rest && number >= 0;
	*rest = end;
	return known ? (int32_t)number : otherwise;
}

struct timing_windows around_windows(const char *text, struct timing_defaults *ret_organisation,
				     int32_t *ret_check_ins)
{
	char *rest = (char *)text;
	struct timing_defaults defaults = timing_defaults_ours;
	struct timing_athlete athlete = timing_athlete_unknown;
	defaults.warn_hours = next_or(&rest, defaults.warn_hours);
	defaults.competition_hours = next_or(&rest, defaults.competition_hours);
	defaults.after_block_hours = next_or(&rest, defaults.after_block_hours);
	defaults.early_days = next_or(&rest, defaults.early_days);
	athlete.warn_hours = next_or(&rest, -1);
	athlete.competition_hours = next_or(&rest, -1);
	int32_t settling_hours = next_or(&rest, 0);
	int32_t check_ins = next_or(&rest, 0);
	athlete.settling_hours = timing_settling_hours(settling_hours, check_ins);
	if (ret_organisation)
		*ret_organisation = defaults;
	if (ret_check_ins)
		*ret_check_ins = check_ins;
	return timing_windows_of(&defaults, &athlete);
}

struct around around_read(struct arena *arena, const char *sessions, const char *reviews,
			  const char *windows)
{
	struct around around = {.windows = around_windows(windows, NULL, NULL)};
	read_sessions(arena, sessions, &around);
	read_reviews(arena, reviews, &around);
	return around;
}
