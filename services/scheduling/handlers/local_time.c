#include "scheduling/handlers/local_time.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

char *local_time_text(struct arena *arena, int64_t at_us, int64_t offset_s)
{
	static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int64_t local_us = at_us + offset_s * CLOCK_SECOND_US;
	int64_t days = local_us / CLOCK_DAY_US - (local_us % CLOCK_DAY_US < 0);
	char text[TEXT_INSTANT_BYTES]; /* 2026-11-26T09:00:00Z */
	text_from_instant(local_us, text);
	return arena_printf(arena, "%s %.2s %s %.4s %.5s", weekdays[(days % 7 + 7) % 7], text + 8,
			    months[(strtol(text + 5, NULL, 10) - 1) % 12], text, text + 11);
}
