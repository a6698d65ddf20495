/* Local copies of what directory, scheduling and notes own, kept by their events. All are upserts:
 * the same event twice changes nothing, and none waits for an event of another source. */
#ifndef SOLEUS_REMINDERS_STORE_COPIES_H
#define SOLEUS_REMINDERS_STORE_COPIES_H

#include "db/db.h"
#include "knowledge/plan.h"

struct clinic {
	const char *clinic_id;
	const char *name;
	const char *zone;
};
void clinic_put(struct db_unit *unit, const char *organisation_id, const struct clinic *clinic);

struct contact_point {
	const char *channel;
	const char *value;
	const char *address; /* value as it is compared */
};
struct athlete {
	const char *athlete_id;
	const char *zone;
	const char *home_clinic_id;
	bool has_guardian;
	const char *language; /* "": not known */
	const struct contact_point *contact_points;
	size_t contact_point_count;
};
/* Addresses that the athlete had before are kept for the erasure alone. */
void athlete_put(struct db_unit *unit, const char *organisation_id, const struct athlete *athlete);

/* FIBER. Whether the athlete is known to live in that zone. */
FIBER struct status athlete_lives_in(struct db *db, struct arena *arena,
				     const char *organisation_id, const struct athlete *athlete,
				     bool *ret_lives_there);

struct consent {
	const char *athlete_id;
	const char *purpose;
	const char *channel;
	bool granted;
	int64_t recorded_at;
};
void consent_put(struct db_unit *unit, const char *organisation_id, const struct consent *consent);

struct visit {
	const char *appointment_id;
	const char *athlete_id;
	const char *clinic_id;
	int64_t starts_at;
	int64_t ends_at;
	int64_t booked_at; /* or moved to this time */
	int32_t version;   /* of the appointment, that set this time; 0: the one that is known */
	bool moved;
	const char *zone; /* where the athlete lives from now on; NULL: as is known */
};
/* Of a row of visit_find, visits_ahead or preview_visits. */
struct visit visit_row(const struct db_result *result, size_t row);

/* `state`: booked, checked_in, completed, cancelled, no_show. */
void visit_put(struct db_unit *unit, const char *organisation_id, const struct visit *visit,
	       const char *state);

#define TREATMENT_AREAS_MAX 64

struct treatment {
	const char *encounter_id;
	const char *appointment_id; /* "": without an appointment */
	const char *athlete_id;
	const char *clinic_id;
	int64_t treated_at;
	int64_t ends_at; /* of the visit; read only */
	bool thorax;
	const char *const *areas; /* "calf:left" */
	size_t area_count;
	int32_t plan_days[PLAN_STEPS_MOST];
	size_t plan_day_count;
	const char *zone; /* as a visit's */
};
void treatment_put(struct db_unit *unit, const char *organisation_id,
		   const struct treatment *treatment);

/* FIBER. What may have been planned for the person who has the id, under any of their ids: visits
 * that begin after `since` and treatments of the six weeks before it. At most 50 of each, in
 * `arena`. */
struct athlete_past {
	struct visit *visits;
	size_t visit_count;
	struct treatment *treatments; /* without areas */
	size_t treatment_count;
};
FIBER struct status athlete_past_read(struct db *db, struct arena *arena,
				      const char *organisation_id, const char *athlete_id,
				      int64_t since, struct athlete_past *ret_past);

/* FIBER. When the visit ends; `ret_ends_at` is untouched when it is not known. */
FIBER struct status visit_ends_at_read(struct db *db, struct arena *arena,
				       const char *organisation_id, const char *appointment_id,
				       int64_t *ret_ends_at);

#endif
