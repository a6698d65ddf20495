/* Times that were given back, and the search for who is offered them.
 *
 * A time is leased to one worker at a time, on the server's own clock, for a lease is about a
 * process; what the worker decides holds only while the lease is its own. Matching is one statement
 * for a page of candidates, read in order from an index.
 */
#ifndef SOLEUS_SCHEDULING_STORE_FREED_H
#define SOLEUS_SCHEDULING_STORE_FREED_H

#include "db/db.h"
#include "scheduling/rules/waitlist.h"
#include "scheduling/store/appointment.h"

/* The visit's time, as `row` has it, is free again from the unit on. One that has begun, or that
 * nobody can wait for, is not kept. */
void freed_add(struct db_unit *unit, const char *organisation_id, const struct appointment_row *row,
	       int64_t now_us);

/* Before the absence is removed in the same unit. */
void freed_add_by_absence(struct db_unit *unit, const char *organisation_id, const char *absence_id,
			  int64_t now_us);

/* ---- For the worker ---- */

struct freed_owner {
	const char *organisation_id;
	int64_t at; /* when there is next something to do */
};

/* FIBER. Of every organisation that has something; one may be there twice. */
FIBER struct status freed_outlook(struct db *db, struct arena *arena,
				  struct freed_owner **ret_owners, size_t *ret_count);

struct freed_slot {
	const char *lease_id;
	const char *slot_id;
	int64_t version;
	const char *practitioner_id;
	const char *clinic_id;
	const char *service_id;
	int64_t starts_at;
	int64_t ends_at;
};

#define FREED_LEASE_US INT64_C(4000000)

/* FIBER. At most `limit` that are due. */
FIBER struct status freed_claim(struct db *db, struct arena *arena, const char *organisation_id,
				int64_t now_us, const char *lease_id, int64_t limit,
				struct freed_slot **ret_slots, size_t *ret_count);

/* To `state` ("exhausted", "taken", "passed"), or "open": to be looked at again at `look_at`. */
void freed_decide(struct db_unit *unit, const char *organisation_id, const struct freed_slot *slot,
		  const char *state, int64_t look_at);

/* Whom a time would fit, graded; urgent and long waiting first. */
struct freed_candidates {
	struct waitlist_candidate *waiting;
	size_t waiting_count;
	struct waitlist_candidate *offered; /* who have an open offer of another time */
	size_t offered_count;
	int64_t offered_until;          /* the first end of these; INT64_MAX: there are none */
	size_t count;                   /* of both */
	struct waitlist_candidate last; /* of the page, for the next one */
	bool more;
};

/* Who is looked at only when it suits none of the first WAITLIST_RANKED comes in larger pages. */
#define FREED_PAGE_BEHIND 256

/* FIBER. A page of those behind `after` (NULL: from the first on). */
FIBER struct status freed_match(struct db *db, struct arena *arena, const char *organisation_id,
				const struct freed_slot *slot,
				const struct waitlist_candidate *after, int64_t now_us,
				struct freed_candidates *ret_candidates);

struct freed_offer {
	const char *offer_id;
	const char *appointment_id; /* the hold, in the same unit */
	const struct waitlist_candidate *candidate;
	int64_t offered_at;
	int64_t expires_at;
	int32_t rank;
	const char *why;
};

/* First in a unit: the unit fails with SL001 (freed_is_lost) when the time is not the lease's any
 * more, with SL008 (freed_athlete_is_lost) when the athlete does not wait any more or
 * has an open offer of another time. */
void freed_add_offer(struct db_unit *unit, const char *organisation_id,
		     const struct freed_slot *slot, const struct freed_offer *offer);
bool freed_is_lost(const struct db_unit *unit);
bool freed_athlete_is_lost(const struct db_unit *unit);

#endif
