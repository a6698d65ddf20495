#include "db/result.h"

#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void clear(void *pg)
{
	PQclear(pg);
}

struct db_result result_own(PGresult *pg, struct arena *arena)
{
	arena_defer(arena, clear, pg);
	return (struct db_result){.pg = pg, .rows = (size_t)PQntuples(pg)};
}

struct result_shared *result_share(void)
{
	struct result_shared *shared = calloc(1, sizeof(*shared));
	if (shared)
		shared->references = 1;
	return shared;
}

void result_release(struct result_shared *shared)
{
	assert(shared->references > 0);
	if (--shared->references > 0)
		return;
	PQclear(shared->pg);
	free(shared);
}

static void release(void *shared)
{
	result_release(shared);
}

struct db_result result_row(struct result_shared *shared, size_t row, unsigned hidden,
			    struct arena *arena)
{
	assert(row < (size_t)PQntuples(shared->pg));
	shared->references++;
	arena_defer(arena, release, shared);
	return (struct db_result){shared->pg, row, 1, hidden};
}

size_t db_result_rows(const struct db_result *result)
{
	return result->rows;
}

size_t db_result_affected(const struct db_result *result)
{
	/* PQcmdTuples only reads; its parameter lacks the const. */
	return strtoull(PQcmdTuples((PGresult *)result->pg), 0, 10);
}

unsigned db_result_column(const struct db_result *result, const char *name)
{
	int number = PQfnumber(result->pg, name);
	assert(number >= 0 && (unsigned)number >= result->hidden);
	return (unsigned)number - result->hidden;
}

/* libpq's own coordinates of a field. */
struct place {
	int row;
	int column;
};

static struct place place(const struct db_result *result, size_t row, unsigned column)
{
	assert(row < result->rows);
	unsigned number = column + result->hidden;
	assert(number < (unsigned)PQnfields(result->pg));
	return (struct place){(int)(result->first_row + row), (int)number};
}

bool db_is_null(const struct db_result *result, size_t row, unsigned column)
{
	struct place at = place(result, row, column);
	return PQgetisnull(result->pg, at.row, at.column);
}

const char *db_text(const struct db_result *result, size_t row, unsigned column)
{
	struct place at = place(result, row, column);
	return PQgetvalue(result->pg, at.row, at.column);
}

/* The readers below assert the form: what a column holds is decided by our own SQL. */

int64_t db_int(const struct db_result *result, size_t row, unsigned column)
{
	const char *text = db_text(result, row, column);
	if (*text == '\0')
		return 0;
	char *end;
	errno = 0;
	int64_t number = strtoll(text, &end, 10);
	assert(*end == '\0' && errno == 0);
	return number;
}

double db_double(const struct db_result *result, size_t row, unsigned column)
{
	const char *text = db_text(result, row, column);
	if (*text == '\0')
		return 0;
	char *end;
	double number = strtod(text, &end);
	assert(*end == '\0');
	return number;
}

bool db_bool(const struct db_result *result, size_t row, unsigned column)
{
	const char *text = db_text(result, row, column);
	assert(strcmp(text, "t") == 0 || strcmp(text, "f") == 0 || *text == '\0');
	return *text == 't';
}

int64_t db_instant(const struct db_result *result, size_t row, unsigned column)
{
	const char *text = db_text(result, row, column);
	if (*text == '\0')
		return 0;
	if (strcmp(text, "infinity") == 0)
		return INT64_MAX;
	if (strcmp(text, "-infinity") == 0)
		return INT64_MIN;
	int64_t instant_us = 0;
	bool understood = text_to_instant(text, &instant_us);
	assert(understood);
	(void)understood;
	return instant_us;
}

static uint8_t nibble(char digit)
{
	return (uint8_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

const uint8_t *db_bytes(const struct db_result *result, size_t row, unsigned column,
			struct arena *arena, size_t *ret_length)
{
	struct place at = place(result, row, column);
	const char *text = PQgetvalue(result->pg, at.row, at.column);
	size_t digits = (size_t)PQgetlength(result->pg, at.row, at.column);
	if (PQfformat(result->pg, at.column) == 1) {
		*ret_length = digits;
		return (const uint8_t *)text;
	}
	if (digits >= 2 && text[0] == '\\' && text[1] == 'x') {
		text += 2;
		digits -= 2;
	} else {
		assert(digits == 0); /* bytea_output is hex on every lane */
	}
	uint8_t *bytes = arena_alloc(arena, digits / 2 + 1);
	if (!bytes)
		return 0;
	for (size_t i = 0; i < digits / 2; i++)
		bytes[i] = (uint8_t)(nibble(text[2 * i]) << 4 | nibble(text[2 * i + 1]));
	*ret_length = digits / 2;
	return bytes;
}
