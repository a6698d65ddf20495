#include "knowledge/window.h"

#define HOUR_US INT64_C(3600000000)

/* Hours from the end of treatment. A value of the next morning is neither right after nor 48 h. */
const struct outcome_window_bounds outcome_windows[OUTCOME_WINDOWS] = {
	[OUTCOME_WINDOW_NONE] = {"none", 0, 0, 0},
	[OUTCOME_WINDOW_IMMEDIATE] = {"immediate", 0, 0, 12},
	[OUTCOME_WINDOW_48H] = {"48h", 48, 36, 72},
	[OUTCOME_WINDOW_10D] = {"10d", 240, 168, 336},
	[OUTCOME_WINDOW_4W] = {"4w", 672, 504, 1008},
};

enum outcome_window outcome_window_of(int64_t treated_at, int64_t measured_at)
{
	int64_t after = measured_at - treated_at;
	for (int i = OUTCOME_WINDOW_IMMEDIATE; i < OUTCOME_WINDOWS; i++)
		if (after >= outcome_windows[i].from_hours * HOUR_US &&
		    after < outcome_windows[i].to_hours * HOUR_US)
			return (enum outcome_window)i;
	return OUTCOME_WINDOW_NONE;
}

int64_t outcome_window_target(enum outcome_window window, int64_t treated_at)
{
	return treated_at + outcome_windows[window].target_hours * HOUR_US;
}
