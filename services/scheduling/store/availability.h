/* What availability is computed from: openings less absences, busy ranges (by btree, not by
 * probes), rooms by place, the athlete's visits, training and open reviews. Two units side by side,
 * one more before them to find who works there when nobody is named; a visit that is booked in
 * between is found by the constraints when the slot is.
 *
 * Ranges come packed, a row for each calendar: a row for each visit cost twice as much as finding
 * it.
 */
#ifndef SOLEUS_SCHEDULING_STORE_AVAILABILITY_H
#define SOLEUS_SCHEDULING_STORE_AVAILABILITY_H

#include "db/db.h"
#include "scheduling/rules/slots.h"
#include "scheduling/store/around.h"

#define AVAILABILITY_SERVICES_MAX 6 /* one after the other */

struct availability_asked {
	const char *organisation_id;
	const char *const *service_ids;
	size_t service_count;   /* 1 to AVAILABILITY_SERVICES_MAX */
	const char *athlete_id; /* "" for nobody's */
	const char *const *clinic_ids;
	size_t clinic_count; /* 0: all */
	const char *const *practitioner_ids;
	size_t practitioner_count; /* 0: any */
	const char *skill;         /* beside the services' own; "" for none */
	int64_t from_at;           /* visits start in [from_at, until_at) */
	int64_t until_at;
};

struct availability_service {
	int64_t duration_us;
	int64_t buffer_before_us;
	int64_t buffer_after_us;
	const char *skill;
	const char *room_kind;
	const char *equipment; /* words parted by unit separators */
};

/* One opening of one practitioner at one clinic, or what absences leave of it. Local time is UTC
 * plus offset_s seconds, from changes_at on (0: never) plus later_offset_s. */
struct availability_window {
	const char *practitioner_id;
	const char *clinic_id;
	struct slots_range range;
	int64_t offset_s;
	int64_t later_offset_s;
	int64_t changes_at;
	int64_t day_starts_at; /* the local day */
	int64_t day_ends_at;
};

/* Sorted by start. */
struct availability_ranges {
	struct slots_range *list;
	size_t count;
	size_t capacity;
};

struct availability_busy {
	const char *practitioner_id;
	struct availability_ranges ranges;
};

/* One place of a room. */
struct availability_room {
	const char *clinic_id;
	const char *room_id;
	uint8_t room[16]; /* the same, packed */
	int64_t place;
	unsigned suits;                  /* bit i: service i */
	struct availability_ranges busy; /* with buffers */
	struct availability_ranges absences;
};

struct availability {
	struct availability_service services[AVAILABILITY_SERVICES_MAX];
	size_t service_count;
	bool services_known;
	bool athlete_known;
	struct availability_window *windows; /* by practitioner, clinic, start */
	size_t window_count;
	size_t window_capacity;
	struct availability_busy *practitioners; /* who is busy at all */
	size_t practitioner_count;
	struct availability_room *rooms; /* by clinic, room, place */
	size_t room_count;
	struct availability_ranges visits;
	struct around around;
};

/* FIBER. Everything lives in `arena`. An unknown service or athlete is OK here: see the members. */
FIBER struct status availability_load(struct db *db, struct arena *arena,
				      const struct availability_asked *asked,
				      struct availability *ret_availability);

#endif
