/* What availability is computed from, fetched in one unit: working hours as instants, busy ranges
 * (by btree, not by probes), rooms, the athlete's visits, training and open reviews. */
#ifndef SOLEUS_SCHEDULING_STORE_AVAILABILITY_H
#define SOLEUS_SCHEDULING_STORE_AVAILABILITY_H

#include "db/db.h"
#include "scheduling/rules/slots.h"
#include "scheduling/store/around.h"

struct availability_asked {
	const char *organisation_id;
	const char *service_id;
	const char *athlete_id; /* "" for nobody's */
	const char *const *clinic_ids;
	size_t clinic_count; /* 0: all */
	const char *const *practitioner_ids;
	size_t practitioner_count; /* 0: any */
	int64_t from_at;           /* visits start in [from_at, until_at) */
	int64_t until_at;
};

/* One opening of one practitioner at one clinic. Local time is UTC plus offset_s seconds, from
 * changes_at on (0: never) plus later_offset_s. */
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

/* The sorted busy ranges of one practitioner or room. */
struct availability_busy {
	const char *id;
	const struct slots_range *ranges;
	size_t count;
};

struct availability_room {
	const char *clinic_id;
	struct availability_busy busy; /* id: the room's */
};

struct availability {
	bool service_known;
	bool athlete_known;
	struct slots_request request;        /* duration and buffers of the service */
	struct availability_window *windows; /* by practitioner, clinic, start */
	size_t window_count;
	struct availability_busy *practitioners; /* who is busy at all */
	size_t practitioner_count;
	struct availability_room *rooms;
	size_t room_count;
	struct slots_range *visits;
	size_t visit_count;
	struct around around;
};

/* FIBER. Everything lives in `arena`. An unknown service or athlete is OK here: see the members. */
FIBER struct status availability_load(struct db *db, struct arena *arena,
				      const struct availability_asked *asked,
				      struct availability *ret_availability);

#endif
