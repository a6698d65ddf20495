/* Days of a recurrence rule (RFC 5545), by libical.
 *
 * Rules are of days alone: FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, without BYHOUR, BYMINUTE and
 * BYSECOND. They recur on the calendar, not in time, so zones and changes of the clock do not touch
 * them. Bounded: a rule gives at most RECUR_DAYS_MAX days, whatever it asks for.
 *
 * Not on a fiber: see zone.h.
 */
#ifndef SOLEUS_ICAL_RECUR_H
#define SOLEUS_ICAL_RECUR_H

#include "base/arena.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

#define RECUR_DAYS_MAX 4000

struct recur {
	const char *rrule;
	int32_t first_day;
	const int32_t *excluded; /* in any order */
	size_t excluded_count;
	const int32_t *added;
	size_t added_count;
};

/* INVALID_ARGUMENT with words for people when the rule cannot be used; arena for the words. */
struct status recur_check(struct arena *arena, const char *rrule);

/* The days of `recur` in [from_day, until_day), ascending, none twice, in the arena. The first day
 * is one of them only when the rule gives it. */
struct status recur_days(struct arena *arena, const struct recur *recur, int32_t from_day,
			 int32_t until_day, const int32_t **ret_days, size_t *ret_count);

#endif
