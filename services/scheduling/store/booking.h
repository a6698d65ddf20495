/* The hot path: what Book has to know in one row, and the booking itself. Both are coalesced, so
 * that callers at the same time share round trips and commits. */
#ifndef SOLEUS_SCHEDULING_STORE_BOOKING_H
#define SOLEUS_SCHEDULING_STORE_BOOKING_H

#include "db/db.h"
#include "scheduling/store/around.h"

struct booking_asked {
	const char *organisation_id;
	const char *key;
	const char *athlete_id;
	const char *service_id;
	const char *clinic_id;
	const char *practitioner_id;
	const char *room_id; /* "": a free one of the clinic */
	int64_t starts_at;
};

struct booking_look {
	bool athlete_known;
	bool practitioner_known;
	bool clinic_known;
	bool service_known;
	bool works;        /* the whole visit lies in the practitioner's hours there */
	const char *rooms; /* ids parted by blanks: free ones, or the one that was asked for */
	int64_t duration_us;
	int64_t buffer_before_us;
	int64_t buffer_after_us;
	int64_t offset_s; /* of the clinic's zone */
	int64_t day_starts_at;
	int64_t day_ends_at;
	struct around around;
};

FIBER struct status booking_look(struct db *db, struct arena *arena,
				 const struct booking_asked *asked, struct booking_look *ret_look);

/* Everything about a new appointment. What comes behind booked_by is of the fast path alone. */
struct booking {
	const char *appointment_id;
	const char *room_id;
	int64_t place;           /* in the room, from 1 */
	const char *state;       /* "held", "booked" */
	int64_t hold_expires_at; /* 0: none */
	const char *series_id;   /* "": none */
	const char *override_reason;
	const char *overridden; /* names of refusals, parted by blanks */
	int64_t ends_at;
	int64_t blocked_from;
	int64_t blocked_until;
	const char *grade;
	const char *timing_override_reason;
	int64_t booked_at;
	const char *booked_by;
	const char *fingerprint;
	const uint8_t *reply;
	size_t reply_length;
	const char *event_type;
	const char *traceparent;
	const uint8_t *event;
	size_t event_length;
};

/* FIBER. OK with `*ret_booked` false: something conflicts, nothing was written. */
FIBER struct status booking_insert(struct db *db, struct arena *arena,
				   const struct booking_asked *asked, const struct booking *booking,
				   bool *ret_booked);

/* The same in a unit with other changes, which fails when something conflicts: then
 * booking_conflicts. */
void booking_add(struct db_unit *unit, const struct booking_asked *asked,
		 const struct booking *booking);
bool booking_conflicts(const struct db_unit *unit);

struct booking_refused {
	bool key_known; /* the same command came twice and the other was first */
	bool practitioner_busy;
	bool athlete_busy;
	bool room_busy;
	const char *rooms; /* free ones */
};

/* FIBER. Why, as it is now. */
FIBER struct status booking_refused(struct db *db, struct arena *arena,
				    const struct booking_asked *asked,
				    const struct booking *booking,
				    struct booking_refused *ret_refused);

#endif
