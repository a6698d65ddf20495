#include "scheduling/rules/slots.h"

#include <assert.h>

/* The walk over the busy ranges. Footprints are asked for with a growing end, so that each range is
 * passed once; of those passed only the latest end matters. */
struct busy_walk {
	const struct slots_range *ranges;
	size_t count;
	size_t next;
	int64_t covered_to;
};

/* The end of what is busy inside [from, to), or `from` when it is free. */
static int64_t busy_until(struct busy_walk *walk, int64_t from, int64_t to)
{
	for (; walk->next < walk->count && walk->ranges[walk->next].starts_at < to; walk->next++) {
		const struct slots_range *range = &walk->ranges[walk->next];
		if (range->ends_at > range->starts_at && range->ends_at > walk->covered_to)
			walk->covered_to = range->ends_at;
	}
	return walk->covered_to > from ? walk->covered_to : from;
}

/* The first start on the window's grid at or after `at`. */
static int64_t on_grid(int64_t origin, int64_t step, int64_t at)
{
	if (at <= origin)
		return origin;
	return origin + (at - origin + step - 1) / step * step;
}

size_t slots_find(const struct slots_range *windows, size_t window_count,
		  const struct slots_range *busy, size_t busy_count,
		  const struct slots_request *request, struct slots_range *ret_slots,
		  size_t capacity)
{
	assert(request->duration_us > 0 && request->step_us > 0);
	assert(request->buffer_before_us >= 0 && request->buffer_after_us >= 0);
	struct busy_walk walk = {busy, busy_count, 0, INT64_MIN};
	int64_t earliest = request->earliest_at;
	size_t count = 0;
	for (size_t i = 0; i < window_count && count < capacity; i++) {
		int64_t start = on_grid(windows[i].starts_at, request->step_us, earliest);
		while (count < capacity && start + request->duration_us <= windows[i].ends_at) {
			int64_t from = start - request->buffer_before_us;
			int64_t end = start + request->duration_us;
			int64_t until = busy_until(&walk, from, end + request->buffer_after_us);
			if (until > from) { /* the next start whose buffer begins behind it */
				earliest = until + request->buffer_before_us;
				start = on_grid(windows[i].starts_at, request->step_us, earliest);
			} else {
				ret_slots[count++] = (struct slots_range){start, end};
				earliest = start + 1; /* overlapping windows give nothing twice */
				start += request->step_us;
			}
		}
	}
	return count;
}
