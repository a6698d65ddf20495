#include "directory/handlers/resources.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define WORDS_MAX    20
#define CAPACITY_MAX 50
#define HOURS_MAX    10000

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

struct training check_training(struct check *check, int32_t hours, const char *place,
			       const char *on)
{
	int32_t day = 0, today = (int32_t)(clock_now_us() / CLOCK_DAY_US);
	check_that(check, hours >= 0 && hours <= HOURS_MAX, "needling_training_hours",
		   "0 to 10,000 hours; 0: not recorded");
	check_words(check, "needling_training_place", place);
	/* Tomorrow may have begun where it was learned. */
	check_that(check, !*on || (text_to_date(on, &day) && day <= today + 1),
		   "needling_training_on", "a date (YYYY-MM-DD) that is not to come, or nothing");
	return (struct training){hours, place, on};
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
