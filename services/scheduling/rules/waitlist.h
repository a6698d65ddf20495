/* Who of those that wait for a time is offered it first, for how long, and why.
 *
 * Asked are the first WAITLIST_RANKED who are free then, by urgency and joining; only when it suits
 * none of them, those behind them. So however many come later, they do not overtake who waits
 * long, and however many wait, it costs the same. The order among those asked is: the more urgent
 * (staff say so), whom the time suits better (T1, T2), who has waited more days, who was offered
 * less, who joined first. It depends on nothing else, so that it can be told to everybody:
 * waitlist_why says which of these put an athlete before the next.
 *
 *     count = waitlist_rank(candidates, count, starts_at, now_us);
 *     waitlist_why(candidates, count, 0, &asked, now_us, why, sizeof(why));
 */
#ifndef SOLEUS_SCHEDULING_RULES_WAITLIST_H
#define SOLEUS_SCHEDULING_RULES_WAITLIST_H

#include "scheduling/rules/timing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WAITLIST_RANKED 32

struct waitlist_candidate {
	const char *entry_id;
	const char *athlete_id;
	int32_t urgency; /* 0 to 2 */
	int64_t joined_at;
	int32_t offers;          /* of other times, before */
	enum timing_grade grade; /* of this time, for this athlete */
	enum timing_grade least; /* that the entry asks for */
	int32_t notice_minutes;
	int64_t reached_at; /* the first instant at which the athlete may be written to */
};

/* Better first; no two entries are equal. */
int waitlist_compare(const struct waitlist_candidate *one, const struct waitlist_candidate *other,
		     int64_t now_us);

/* Keeps those whom the time suits as much as they ask for and who hear of it early enough, best
 * first, each athlete once; returns how many. */
size_t waitlist_rank(struct waitlist_candidate *candidates, size_t count, int64_t starts_at,
		     int64_t now_us);

/* Messages go out from 8 to 21 in the athlete's zone. */
#define WAITLIST_REACH_OPENS  "08:00"
#define WAITLIST_REACH_CLOSES "21:00"

#define WAITLIST_OFFER_MOST_US  (INT64_C(60) * 60000000)
#define WAITLIST_OFFER_LEAST_US (INT64_C(10) * 60000000)

/* Until when an offer that the athlete can read from `reached_at` on stands: an eighth of what is
 * left until the visit, 10 to 60 minutes. 0: there is no time for an offer. */
int64_t waitlist_offer_ends_at(int64_t reached_at, int64_t starts_at);

#define WAITLIST_WHY_BYTES 256

/* How far the search for one time has come. */
struct waitlist_asked {
	size_t people; /* asked so far */
	bool more;     /* there are more */
	size_t before; /* whom it suited, and for whom it could not be held */
};

/* "1 of 3 who fit: urgency 1, timing good, waits 12 days, 0 offers before; ahead of the next by
 * timing"; while there are more, "1 of 3 who fit among the first 32: …". Of those that
 * waitlist_rank left, the one at `index`. Always terminated. */
void waitlist_why(const struct waitlist_candidate *candidates, size_t count, size_t index,
		  const struct waitlist_asked *asked, int64_t now_us, char *ret_why, size_t bytes);

/* ---- States: a trigger of the same rules keeps them in the database ---- */

enum waitlist_entry_state {
	WAITLIST_WAITING,
	WAITLIST_OFFERED, /* one offer is open */
	WAITLIST_BOOKED,  /* an offer was accepted */
	WAITLIST_LEFT,    /* the athlete wants no more */
	WAITLIST_LAPSED,  /* what was waited for is over */
};
#define WAITLIST_ENTRY_STATES 5

enum waitlist_offer_state {
	WAITLIST_OFFER_OPEN, /* its time is held for the athlete */
	WAITLIST_OFFER_ACCEPTED,
	WAITLIST_OFFER_DECLINED,
	WAITLIST_OFFER_EXPIRED,
};
#define WAITLIST_OFFER_STATES 4

const char *waitlist_entry_state_name(enum waitlist_entry_state state);
bool waitlist_entry_state_find(const char *name, enum waitlist_entry_state *ret_state);
const char *waitlist_offer_state_name(enum waitlist_offer_state state);
bool waitlist_offer_state_find(const char *name, enum waitlist_offer_state *ret_state);

#endif
