/* C values as PostgreSQL's text format. */
#include "db/db.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

const char *db_from_int(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "%lld", (long long)number);
}

const char *db_from_double(struct arena *arena, double number)
{
	if (isnan(number))
		return "NaN";
	if (isinf(number))
		return number > 0 ? "Infinity" : "-Infinity";
	return arena_printf(arena, "%.17g", number);
}

const char *db_from_bool(bool value)
{
	return value ? "t" : "f";
}

const char *db_from_instant(struct arena *arena, int64_t instant_us)
{
	if (instant_us == INT64_MAX)
		return "infinity";
	if (instant_us == INT64_MIN)
		return "-infinity";
	char text[TEXT_INSTANT_BYTES];
	text_from_instant(instant_us, text);
	return arena_strdup(arena, text);
}

const char *db_from_bytes(struct arena *arena, const void *bytes, size_t length)
{
	const unsigned char *from = bytes;
	char *text = length < SIZE_MAX / 4 ? arena_alloc(arena, 2 * length + 3) : 0;
	if (!text)
		return 0;
	char *at = text;
	*at++ = '\\';
	*at++ = 'x';
	for (size_t i = 0; i < length; i++) {
		*at++ = "0123456789abcdef"[from[i] >> 4];
		*at++ = "0123456789abcdef"[from[i] & 0xf];
	}
	*at = '\0';
	return text;
}

/* Every element is quoted, so that none can be taken for NULL, for two, or for none. */

static size_t quoted_length(const char *text)
{
	size_t length = 2;
	for (; *text; text++)
		length += *text == '"' || *text == '\\' ? 2 : 1;
	return length;
}

static char *write_quoted(char *at, const char *text)
{
	*at++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*at++ = '\\';
		*at++ = *text;
	}
	*at++ = '"';
	return at;
}

const char *db_from_texts(struct arena *arena, const char *const *texts, size_t count)
{
	size_t bytes = 3;
	for (size_t i = 0; i < count; i++)
		bytes += 1 + (texts[i] ? quoted_length(texts[i]) : strlen("NULL"));
	char *literal = arena_alloc(arena, bytes);
	if (!literal)
		return 0;
	char *at = literal;
	*at++ = '{';
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			*at++ = ',';
		at = texts[i] ? write_quoted(at, texts[i]) : stpcpy(at, "NULL");
	}
	*at++ = '}';
	*at = '\0';
	return literal;
}

const char *db_id(const char *id)
{
	return id && *id ? id : 0;
}
