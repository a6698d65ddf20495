/* Free slots, graded and ranked: rules/slots and rules/timing over what one unit has fetched.
 *
 * Every opening gives its free starts; each is graded (once for a start, whoever it is with), kept
 * while it is among the best, and given a free room. Memory is that of the best; time is linear in
 * the starts. No I/O.
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_RANK_H
#define SOLEUS_SCHEDULING_HANDLERS_RANK_H

#include "base/arena.h"
#include "scheduling/rules/timing.h"
#include "scheduling/store/availability.h"

#define RANK_STEP_US (INT64_C(15) * 60 * 1000000) /* between two starts of an opening */

struct rank_asked {
	int64_t earliest_at; /* visits start in [earliest_at, until_at) */
	int64_t until_at;
	int64_t wanted_at; /* 0: best timing first; else nearest to it first, warned ones last */
	bool first_free;   /* earliest first, whatever the timing says */
	size_t limit;
};

/* One visit for each service that is asked for, right after each other: buffers are kept between.
 */
struct ranked {
	const struct availability_window *window;
	struct slots_range visit; /* from the first's start to the last's end */
	const char *room_ids[AVAILABILITY_SERVICES_MAX];
	enum timing_grade grade;
	int32_t score;
	int64_t order[2]; /* smaller is better */
};

/* The best first, at most `asked->limit`. NULL beyond the arena's budget. */
struct ranked *rank_slots(struct arena *arena, const struct availability *from,
			  const struct rank_asked *asked, size_t *ret_count);

/* The visit of service `index` of those that begin at `starts_at`. */
struct slots_range rank_part(const struct availability *from, int64_t starts_at, size_t index);

/* The grade of one visit with its reasons. */
void rank_grade(const struct around *around, const struct slots_range *visit, int64_t day_starts_at,
		int64_t day_ends_at, struct timing_result *ret_timing);

#endif
