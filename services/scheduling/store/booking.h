/* Taking a time: what has to be known in one row, the booking itself, and what it was refused for.
 * The look and the lone booking are coalesced, so that callers at the same time share round trips
 * and commits. */
#ifndef SOLEUS_SCHEDULING_STORE_BOOKING_H
#define SOLEUS_SCHEDULING_STORE_BOOKING_H

#include "db/db.h"
#include "scheduling/rules/refusal.h"
#include "scheduling/store/around.h"

struct booking_asked {
	const char *organisation_id;
	const char *key;
	const char *athlete_id;
	const char *service_id;
	const char *clinic_id;
	const char *practitioner_id;
	const char *room_id; /* "": one of the clinic that suits */
	const char *moved;   /* an appointment that is not in its own way; "": none */
	int64_t starts_at;
};

struct booking_room {
	const char *room_id;
	int64_t capacity; /* its places are 1 to capacity */
	unsigned faults;  /* as rules/refusal.h has them */
	uint64_t
		taken; /* bit p: place p. Of a room that was asked for with one place: unknown, 0 */
};

struct booking_look {
	bool athlete_known;
	bool practitioner_known;
	bool clinic_known;
	bool service_known;
	bool works; /* the whole visit lies in the practitioner's hours there */
	bool skilled;
	bool practitioner_absent;
	bool clinic_absent;
	bool planned;               /* a visit plan limits it: booking_limits */
	bool travels;               /* the practitioner works at clinics apart: booking_limits */
	struct booking_room *rooms; /* of the clinic, or the one that was asked for */
	size_t room_count;
	int64_t duration_us;
	int64_t buffer_before_us;
	int64_t buffer_after_us;
	int64_t hold_us;
	int64_t offset_s; /* of the clinic's zone */
	int64_t day_starts_at;
	int64_t day_ends_at;
	struct around around;
};

FIBER struct status booking_look(struct db *db, struct arena *arena,
				 const struct booking_asked *asked, struct booking_look *ret_look);

/* Everything about a new appointment. What comes behind booked_by is of the fast path alone, which
 * does not store what comes before: it is booked, and nothing is overridden. */
struct booking {
	const char *state;       /* "held", "booked" */
	int64_t hold_expires_at; /* 0: none */
	const char *series_id;   /* "": none */
	const char *override_reason;
	const char *overridden; /* names of refusals, parted by blanks */
	const char *appointment_id;
	const char *room_id;
	int64_t place; /* in the room, from 1 */
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

/* FIBER. The fast path. OK with `*ret_booked` false: something conflicts, nothing was written. */
FIBER struct status booking_insert(struct db *db, struct arena *arena,
				   const struct booking_asked *asked, const struct booking *booking,
				   bool *ret_booked);

/* The same in a unit with other changes, which fails when something conflicts: then
 * booking_conflicts. */
void booking_add(struct db_unit *unit, const struct booking_asked *asked,
		 const struct booking *booking);
/* Moves an appointment that was booked in `version`; the unit fails like that, or as
 * appointment_has_moved says. */
void booking_move(struct db_unit *unit, const struct booking_asked *asked,
		  const struct booking *booking, int64_t version, const char *reason);
bool booking_conflicts(const struct db_unit *unit);

/* Until the unit ends nobody else who locks one of `ids` goes on. */
void booking_lock(struct db_unit *unit, const char *organisation_id, const char *const *ids,
		  size_t count);

/* ---- Limits that no constraint keeps ---- */

struct booking_plan {
	int64_t visits;
	int64_t used;
	const char *service_id; /* "-": any */
	int64_t starts_at;
	int64_t ends_at;
};

struct booking_limits {
	struct refusal_neighbour before;
	struct refusal_neighbour after;
	struct booking_plan *plans;
	size_t plan_count;
};

FIBER struct status booking_limits(struct db *db, struct arena *arena,
				   const struct booking_asked *asked, const struct booking *booking,
				   struct booking_limits *ret_limits);

/* FIBER. From one clinic to another; 0: the same, or not known. */
FIBER struct status booking_way(struct db *db, struct arena *arena, const char *organisation_id,
				const char *from_clinic_id, const char *to_clinic_id,
				int64_t *ret_travel_us);

/* Behind booking_lock: adds the look at the limits, under the locks of the plans: the unit fails
 * with SL007, for which booking_limits_changed is true, when one of them is not kept. */
void booking_keep_limits(struct db_unit *unit, const struct booking_asked *asked,
			 const struct booking *booking, bool whatever_way, bool whatever_plan);
bool booking_limits_changed(const struct db_unit *unit);

/* The clinic becomes a place of work of the practitioner, when it is none. */
void booking_add_workplace(struct db_unit *unit, const struct booking_asked *asked, int64_t now_us);

/* ---- Refused, and holds ---- */

struct booking_refused {
	bool key_known; /* the same command came twice and the other was first */
	bool practitioner_busy;
	bool athlete_busy;
	bool place_busy;
	bool dead_holds; /* the organisation has some */
};

/* FIBER. Why, as it is at `now_us`; booking->room_id may be NULL. */
FIBER struct status booking_refused(struct db *db, struct arena *arena,
				    const struct booking_asked *asked,
				    const struct booking *booking, int64_t now_us,
				    struct booking_refused *ret_refused);

/* Holds past their time, as rows of store/appointment.h without screening. */
size_t booking_find_dead_holds(struct db_unit *unit, const char *organisation_id, int64_t now_us,
			       int64_t limit);

struct booking_holder {
	const char *organisation_id;
	int64_t expires_at; /* the first of its holds */
};

/* FIBER. Of every organisation. */
FIBER struct status booking_holders(struct db *db, struct arena *arena,
				    struct booking_holder **ret_holders, size_t *ret_count);

/* From held to booked; the unit fails (appointment_has_moved) when the hold has ended. */
void booking_confirm(struct db_unit *unit, const char *organisation_id, const char *appointment_id,
		     int64_t now_us, const char *by);

#endif
