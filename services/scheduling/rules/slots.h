/* Free slots: working windows minus busy ranges, computed, never stored.
 *
 * One pass over both lists, O(windows + busy + slots). All ranges are half-open instants in UTC, so
 * that a change of the clock is the caller's business once, when local hours become instants.
 *
 *     size_t count = slots_find(windows, 14, busy, busy_count, &request, slots, SLOTS_PER_PAGE);
 */
#ifndef SOLEUS_SCHEDULING_RULES_SLOTS_H
#define SOLEUS_SCHEDULING_RULES_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/* [starts_at, ends_at); an empty one is ignored. */
struct slots_range {
	int64_t starts_at;
	int64_t ends_at;
};

struct slots_request {
	int64_t duration_us;      /* > 0: of the visit, without buffers */
	int64_t buffer_before_us; /* ≥ 0: must be free too, may lie outside working hours */
	int64_t buffer_after_us;
	int64_t step_us;     /* > 0: starts lie a whole number of steps after the window's start */
	int64_t earliest_at; /* no visit starts before; the buffer may */
};

/* Writes at most `capacity` visits (without buffers) in order of start, none twice, and returns how
 * many; `capacity` of them means there may be more. `windows` and `busy` are sorted by start and
 * may overlap among themselves (a start of the later window counts only behind those of the
 * earlier); `busy` ranges already hold the buffers of what they stand for. */
size_t slots_find(const struct slots_range *windows, size_t window_count,
		  const struct slots_range *busy, size_t busy_count,
		  const struct slots_request *request, struct slots_range *ret_slots,
		  size_t capacity);

#endif
