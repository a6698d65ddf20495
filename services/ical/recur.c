#include "ical/recur.h"

#include "base/text.h"

#include <libical/ical.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define RRULE_BYTES_MAX 512

/* libical keeps its last error in one place for all threads of some builds. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool recurs_by_days(const struct icalrecurrencetype *rule)
{
	return (rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE ||
		rule->freq == ICAL_MONTHLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE) &&
	       rule->by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX &&
	       rule->by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
	       rule->by_second[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

static struct status parse(const char *rrule, struct icalrecurrencetype *ret_rule)
{
	if (strlen(rrule) > RRULE_BYTES_MAX)
		return status_error(STATUS_INVALID_ARGUMENT, "a rule of at most 512 characters");
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(rrule);
	if (rule.freq == ICAL_NO_RECURRENCE)
		return status_error(STATUS_INVALID_ARGUMENT,
				    "a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,WE");
	if (!recurs_by_days(&rule))
		return status_error(STATUS_INVALID_ARGUMENT,
				    "a rule of days: FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, "
				    "without BYHOUR, BYMINUTE and BYSECOND");
	*ret_rule = rule;
	return status_ok();
}

struct status recur_check(struct arena *arena, const char *rrule)
{
	struct icalrecurrencetype rule;
	(void)arena;
	pthread_mutex_lock(&lock);
	struct status status = parse(rrule, &rule);
	pthread_mutex_unlock(&lock);
	return status;
}

static struct icaltimetype date_of(int32_t day)
{
	struct icaltimetype date = {.is_date = 1}; /* icaltime_null_date() has hours of -1 */
	char text[TEXT_INSTANT_BYTES];
	text_from_date(day, text);
	date.year = (int)strtol(text, NULL, 10);
	date.month = (int)strtol(text + 5, NULL, 10);
	date.day = (int)strtol(text + 8, NULL, 10);
	return date;
}

static int32_t day_of(struct icaltimetype date)
{
	date.is_date = 1;
	return (int32_t)(icaltime_as_timet(date) / 86400);
}

static bool is_among(const int32_t *days, size_t count, int32_t day)
{
	for (size_t i = 0; i < count; i++)
		if (days[i] == day)
			return true;
	return false;
}

/* The iterator walks from first_day on; the bound is on its steps too. */
static size_t walk(struct icalrecurrencetype rule, const struct recur *recur, int32_t from_day,
		   int32_t until_day, int32_t *ret_days)
{
	size_t count = 0;
	icalrecur_iterator *iterator = icalrecur_iterator_new(rule, date_of(recur->first_day));
	if (!iterator)
		return 0;
	/* libical stands still when told to start where it starts anyway, and cannot skip a count.
	 */
	if (from_day > recur->first_day && rule.count == 0)
		icalrecur_iterator_set_start(iterator, date_of(from_day));
	for (size_t steps = 0; count < RECUR_DAYS_MAX && steps < 4 * RECUR_DAYS_MAX; steps++) {
		struct icaltimetype next = icalrecur_iterator_next(iterator);
		if (icaltime_is_null_time(next))
			break;
		int32_t day = day_of(next);
		if (day >= until_day)
			break;
		if (day >= from_day && day >= recur->first_day &&
		    !is_among(recur->excluded, recur->excluded_count, day))
			ret_days[count++] = day;
	}
	icalrecur_iterator_free(iterator);
	return count;
}

static int compare(const void *one, const void *other)
{
	int32_t a = *(const int32_t *)one, b = *(const int32_t *)other;
	return (a > b) - (a < b);
}

struct status recur_days(struct arena *arena, const struct recur *recur, int32_t from_day,
			 int32_t until_day, const int32_t **ret_days, size_t *ret_count)
{
	struct icalrecurrencetype rule;
	int32_t *days = ARENA_ARRAY(arena, RECUR_DAYS_MAX + recur->added_count, int32_t);
	if (!days)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "the rule gives too many days");
	pthread_mutex_lock(&lock);
	struct status status = parse(recur->rrule, &rule);
	size_t count = status_is_ok(status) ? walk(rule, recur, from_day, until_day, days) : 0;
	pthread_mutex_unlock(&lock);
	if (!status_is_ok(status))
		return status;
	for (size_t i = 0; i < recur->added_count; i++)
		if (recur->added[i] >= from_day && recur->added[i] < until_day &&
		    !is_among(days, count, recur->added[i]))
			days[count++] = recur->added[i];
	qsort(days, count, sizeof(*days), compare);
	*ret_days = days;
	*ret_count = count;
	return status_ok();
}
