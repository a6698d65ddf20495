#include "scheduling/rules/waitlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_US INT64_C(60000000)
#define DAY_US    (1440 * MINUTE_US)
#define SHARE     8 /* of the time until the visit that one offer may take */

/* What decides between two, in this order. */
enum criterion {
	BY_URGENCY,
	BY_TIMING,
	BY_DAYS,
	BY_OFFERS,
	BY_JOINING,
	BY_ID,
};
#define CRITERIA 6

static int64_t days_waited(const struct waitlist_candidate *candidate, int64_t now_us)
{
	return now_us > candidate->joined_at ? (now_us - candidate->joined_at) / DAY_US : 0;
}

static int compare_numbers(int64_t one, int64_t other)
{
	return (one > other) - (one < other);
}

static int compare_by(enum criterion criterion, const struct waitlist_candidate *one,
		      const struct waitlist_candidate *other, int64_t now_us)
{
	switch (criterion) {
	case BY_URGENCY:
		return compare_numbers(other->urgency, one->urgency);
	case BY_TIMING:
		return compare_numbers(other->grade, one->grade);
	case BY_DAYS:
		return compare_numbers(days_waited(other, now_us), days_waited(one, now_us));
	case BY_OFFERS:
		return compare_numbers(one->offers, other->offers);
	case BY_JOINING:
		return compare_numbers(one->joined_at, other->joined_at);
	case BY_ID:
		break;
	}
	return strcmp(one->entry_id, other->entry_id);
}

/* The criterion that decides; BY_ID when nothing else does. */
static enum criterion criterion_between(const struct waitlist_candidate *one,
					const struct waitlist_candidate *other, int64_t now_us)
{
	int criterion = BY_URGENCY;
	while (criterion < BY_ID && compare_by((enum criterion)criterion, one, other, now_us) == 0)
		criterion++;
	return (enum criterion)criterion;
}

int waitlist_compare(const struct waitlist_candidate *one, const struct waitlist_candidate *other,
		     int64_t now_us)
{
	return compare_by(criterion_between(one, other, now_us), one, other, now_us);
}

static int compare_at(const void *one, const void *other, void *now_us)
{
	return waitlist_compare(one, other, *(const int64_t *)now_us);
}

static bool fits(const struct waitlist_candidate *candidate, int64_t starts_at)
{
	return candidate->grade >= candidate->least &&
	       candidate->reached_at + candidate->notice_minutes * MINUTE_US <= starts_at &&
	       waitlist_offer_ends_at(candidate->reached_at, starts_at) > 0;
}

/* Of an athlete with several entries the best one counts. */
static size_t drop_others_of_athletes(struct waitlist_candidate *ranked, size_t count)
{
	size_t left = 0;
	for (size_t i = 0; i < count; i++) {
		bool again = false;
		for (size_t j = 0; j < left && !again; j++)
			again = strcmp(ranked[j].athlete_id, ranked[i].athlete_id) == 0;
		if (!again)
			ranked[left++] = ranked[i];
	}
	return left;
}

size_t waitlist_rank(struct waitlist_candidate *candidates, size_t count, int64_t starts_at,
		     int64_t now_us)
{
	size_t left = 0;
	for (size_t i = 0; i < count; i++)
		if (fits(&candidates[i], starts_at))
			candidates[left++] = candidates[i];
	qsort_r(candidates, left, sizeof(*candidates), compare_at, &now_us);
	return drop_others_of_athletes(candidates, left);
}

int64_t waitlist_offer_ends_at(int64_t reached_at, int64_t starts_at)
{
	int64_t lasts_us = (starts_at - reached_at) / SHARE;
	if (lasts_us < WAITLIST_OFFER_LEAST_US)
		lasts_us = WAITLIST_OFFER_LEAST_US;
	if (lasts_us > WAITLIST_OFFER_MOST_US)
		lasts_us = WAITLIST_OFFER_MOST_US;
	return reached_at + lasts_us <= starts_at ? reached_at + lasts_us : 0;
}

void waitlist_why(const struct waitlist_candidate *candidates, size_t count, size_t index,
		  const struct waitlist_asked *asked, int64_t now_us, char *ret_why, size_t bytes)
{
	static const char *const names[CRITERIA] = {
		[BY_URGENCY] = "urgency",         [BY_TIMING] = "timing",
		[BY_DAYS] = "days waited",        [BY_OFFERS] = "fewer offers",
		[BY_JOINING] = "joining earlier", [BY_ID] = "the order of ids",
	};
	const struct waitlist_candidate *own = &candidates[index];
	int64_t days = days_waited(own, now_us);
	bool last = index + 1 == count;
	char among[sizeof(" among the first 18446744073709551615")] = "";
	if (asked->more)
		snprintf(among, sizeof(among), " among the first %zu", asked->people);
	snprintf(ret_why, bytes,
		 "%zu of %zu who fit%s: urgency %d, timing %s, waits %lld day%s, %d offer%s "
		 "before%s%s",
		 asked->before + index + 1, asked->before + count, among, own->urgency,
		 timing_grade_name(own->grade), (long long)days, days == 1 ? "" : "s", own->offers,
		 own->offers == 1 ? "" : "s", last ? "" : "; ahead of the next by ",
		 last ? "" : names[criterion_between(own, &candidates[index + 1], now_us)]);
}

/* ---- States ---- */

static const char *const entry_states[WAITLIST_ENTRY_STATES] = {
	[WAITLIST_WAITING] = "waiting", [WAITLIST_OFFERED] = "offered",
	[WAITLIST_BOOKED] = "booked",   [WAITLIST_LEFT] = "left",
	[WAITLIST_LAPSED] = "lapsed",
};

static const char *const offer_states[WAITLIST_OFFER_STATES] = {
	[WAITLIST_OFFER_OPEN] = "open",
	[WAITLIST_OFFER_ACCEPTED] = "accepted",
	[WAITLIST_OFFER_DECLINED] = "declined",
	[WAITLIST_OFFER_EXPIRED] = "expired",
};

static bool find_name(const char *const *names, int count, const char *name, int *ret_index)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0) {
			*ret_index = i;
			return true;
		}
	return false;
}

const char *waitlist_entry_state_name(enum waitlist_entry_state state)
{
	return entry_states[state];
}

bool waitlist_entry_state_find(const char *name, enum waitlist_entry_state *ret_state)
{
	int index;
	if (!find_name(entry_states, WAITLIST_ENTRY_STATES, name, &index))
		return false;
	*ret_state = (enum waitlist_entry_state)index;
	return true;
}

const char *waitlist_offer_state_name(enum waitlist_offer_state state)
{
	return offer_states[state];
}

bool waitlist_offer_state_find(const char *name, enum waitlist_offer_state *ret_state)
{
	int index;
	if (!find_name(offer_states, WAITLIST_OFFER_STATES, name, &index))
		return false;
	*ret_state = (enum waitlist_offer_state)index;
	return true;
}
