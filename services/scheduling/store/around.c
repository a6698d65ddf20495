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

struct around around_read(struct arena *arena, const char *sessions, const char *reviews)
{
	struct around around = {0};
	read_sessions(arena, sessions, &around);
	read_reviews(arena, reviews, &around);
	return around;
}
