#include "ctl/near.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define NEAREST 3

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t near_distance(const char *a, const char *b)
{
	size_t row[NEAR_BYTES_MAX + 1];
	size_t length = strlen(b);
	if (length > NEAR_BYTES_MAX || strlen(a) > NEAR_BYTES_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			bool same = tolower((unsigned char)a[i]) == tolower((unsigned char)b[j]);
			size_t here = least(least(row[j], row[j + 1]) + 1, corner + !same);
			corner = row[j + 1];
			row[j + 1] = here;
		}
	}
	return row[length];
}

static const char *last_part(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot ? dot + 1 : name;
}

/* SIZE_MAX when it is not near: more than a third is another. */
static size_t distance(const char *given, const char *name)
{
	const char *given_last = last_part(given), *name_last = last_part(name);
	size_t found = least(near_distance(given, name), near_distance(given_last, name_last));
	if (strlen(given_last) >= 4 && strcasestr(name, given_last))
		found = least(found, 1);
	return found <= strlen(given_last) / 3 || found <= 1 ? found : SIZE_MAX;
}

const char *near_names(struct arena *arena, const char *given, const char *const *names)
{
	const char *nearest[NEAREST] = {0};
	size_t distances[NEAREST] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
	for (size_t i = 0; names[i]; i++) {
		size_t found = distance(given, names[i]);
		size_t at = NEAREST;
		while (at > 0 && found < distances[at - 1])
			at--;
		if (at == NEAREST)
			continue;
		memmove(nearest + at + 1, nearest + at, (NEAREST - 1 - at) * sizeof(*nearest));
		memmove(distances + at + 1, distances + at,
			(NEAREST - 1 - at) * sizeof(*distances));
		nearest[at] = names[i];
		distances[at] = found;
	}
	const char *text = "";
	for (size_t i = 0; i < NEAREST && nearest[i]; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", nearest[i]);
	return text;
}
