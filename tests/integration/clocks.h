/* Wall clocks of tzdata as glibc reads them: what libical and PostgreSQL say is judged by these,
 * which know neither.
 *
 *     struct clocks clocks = clocks_that_change(2026, 2029);
 *     for (unsigned i = 0; i < clocks.count; i++)
 *             …wall_instant(&clocks.of[i], day, 9 * 60)…
 */
#ifndef SOLEUS_TESTS_CLOCKS_H
#define SOLEUS_TESTS_CLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WALL_CHANGES_MAX 24
#define WALL_BYTES       32

struct wall_change {
	int64_t at; /* microseconds since 1970, as all instants */
	int32_t before_s;
	int32_t after_s;
};

struct wall {
	char zone[64];
	int32_t first_s; /* the offset before all changes */
	unsigned count;
	struct wall_change changes[WALL_CHANGES_MAX];
};

struct clocks {
	struct wall *of;
	unsigned count;
	unsigned changes; /* of all */
	unsigned zones;   /* that were looked at, those that do not change too */
};

/* All zones and links of tzdata.zi that change in the days [from, until) since 1970; a fortnight
 * more is known of each at both ends. NULL list: there is no such file. End with clocks_end. */
struct clocks clocks_that_change(int32_t from_day, int32_t until_day);
void clocks_end(struct clocks *clocks);

/* One zone, with a fortnight more at both ends, whether it changes or not. */
struct wall wall_of(const char *zone, int32_t from_day, int32_t until_day);

int32_t wall_offset_s(const struct wall *wall, int64_t at);

/* When the wall clock shows `minutes` after midnight of `day`: the first time when it does twice;
 * when it never does, as if it had not been changed yet. */
int64_t wall_instant(const struct wall *wall, int32_t day, int32_t minutes);

/* The day and the minute that the wall clock shows. */
int32_t wall_day(const struct wall *wall, int64_t at);
int32_t wall_minutes(const struct wall *wall, int64_t at);

/* "Mon 02 Mar 2026 08:00" */
void wall_text(const struct wall *wall, int64_t at, char ret_text[WALL_BYTES]);

#endif
