/* When a message may go out: 8 to 21 in the recipient's own zone (quiet hours 21–8).
 *
 * The zone is a function: offset from UTC in seconds at an instant. Tests hand in a table, the
 * daemon a real zone. Nothing here assumes that a day has 24 hours: clock changes in the night,
 * at midnight or at the window's edge give the first instant that is truly permitted.
 *
 *     struct local_zone zone = {offset_seconds_at, "Europe/Vienna"};
 *     int64_t send_at = send_window_next(&send_window_ours, &zone, due_at);
 */
#ifndef SOLEUS_REMINDERS_RULES_SEND_WINDOW_H
#define SOLEUS_REMINDERS_RULES_SEND_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

/* Offset of local time from UTC in seconds at `at` (positive east). It changes at most once within
 * 24 hours, at a whole second. */
struct local_zone {
	int32_t (*offset_seconds_at)(const void *zone, int64_t at);
	const void *zone;
};

/* Open for local minutes of the day in [opens_minute, closes_minute); opens < closes ≤ 1440. */
struct send_window {
	int32_t opens_minute;
	int32_t closes_minute;
};

extern const struct send_window send_window_ours; /* 08:00–21:00 */

bool send_window_is_open(const struct send_window *window, const struct local_zone *zone,
			 int64_t at);

/* Why a message is not sent that the window holds for too long. */
#define SEND_WINDOW_TOO_LATE "quiet hours last until its time has passed"

/* The first instant at or after `due_at` at which the window is open. */
int64_t send_window_next(const struct send_window *window, const struct local_zone *zone,
			 int64_t due_at);

/* The instant of `minute` (of the local day) on the day `days_after` the local day of `at`;
 * negative days are before. A local time that comes twice is taken the first time, one that is
 * skipped gives the instant of the skip. */
int64_t local_day_instant(const struct local_zone *zone, int64_t at, int32_t days_after,
			  int32_t minute);

#endif
