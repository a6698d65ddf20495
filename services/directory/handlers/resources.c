#include "directory/handlers/resources.h"

#include <string.h>

#define WORDS_MAX    20
#define CAPACITY_MAX 50

void check_word_list(struct check *check, const char *field, char **words, size_t count)
{
	check_that(check, count <= WORDS_MAX, field, "at most 20");
	for (size_t i = 0; i < count && i < WORDS_MAX; i++)
		check_name(check, arena_printf(check->arena, "%s[%zu]", field, i), words[i]);
}

void check_clinic_ids(struct check *check, char **clinic_ids, size_t count)
{
	check_that(check, count <= CLINICS_MAX, "clinic_ids", "at most 100");
	for (size_t i = 0; i < count && i < CLINICS_MAX; i++)
		check_id(check, arena_printf(check->arena, "clinic_ids[%zu]", i), clinic_ids[i]);
}

void check_capacity(struct check *check, int32_t capacity)
{
	check_that(check, capacity >= 0 && capacity <= CAPACITY_MAX, "capacity", "1 to 50");
}

char **word_list(struct arena *arena, const char *read, size_t *ret_count)
{
	size_t count = *read ? 1 : 0, at = 0;
	char *rest = arena_strdup(arena, read);
	for (const char *c = read; *c; c++)
		count += *c == WORD_SEPARATOR;
	char **words = ARENA_ARRAY(arena, count, char *);
	while (rest && words && at < count)
		words[at++] = strsep(&rest, (const char[]){WORD_SEPARATOR, 0});
	*ret_count = at;
	return words;
}
