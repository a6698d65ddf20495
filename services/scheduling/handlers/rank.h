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
	size_t limit;
};

struct ranked {
	const struct availability_window *window;
	struct slots_range visit;
	const char *room_id;
	enum timing_grade grade;
	int32_t score;
	int64_t order[2]; /* smaller is better */
};

/* The best first, at most `asked->limit`. NULL beyond the arena's budget. */
struct ranked *rank_slots(struct arena *arena, const struct availability *from,
			  const struct rank_asked *asked, size_t *ret_count);

/* The grade of one visit with its reasons. */
void rank_grade(const struct around *around, const struct slots_range *visit, int64_t day_starts_at,
		int64_t day_ends_at, struct timing_result *ret_timing);

#endif
