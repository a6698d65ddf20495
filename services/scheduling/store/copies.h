/* Copies of what other services own, written as their events come. Each function adds one
 * idempotent statement to the unit of the event. */
#ifndef SOLEUS_SCHEDULING_STORE_COPIES_H
#define SOLEUS_SCHEDULING_STORE_COPIES_H

#include "db/db.h"

struct room_row {
	const char *clinic_id;
	const char *room_id;
	const char *name;
	const char *kind;
	int64_t capacity;
	const char *const *equipment;
	size_t equipment_count;
};

struct review_row {
	const char *athlete_id;
	const char *review_id;
	const char *area;
	const char *side;
	const char *advice;
	int64_t raised_at;
	int64_t answered_at; /* 0: open */
};

struct screening_row {
	const char *appointment_id;
	const char *screening_id;
	const char *outcome;
	const char *why;
	int64_t recorded_at;
};

void copies_put_clinic(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		       const char *name, const char *zone);
void copies_put_room(struct db_unit *unit, const char *organisation_id,
		     const struct room_row *room);
struct practitioner_row {
	const char *practitioner_id;
	const char *const *skills;
	size_t skill_count;
	const char *const *clinic_ids;
	size_t clinic_count;
};

void copies_put_practitioner(struct db_unit *unit, const char *organisation_id,
			     const struct practitioner_row *practitioner);
void copies_put_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			const char *zone);
void copies_put_screening(struct db_unit *unit, const char *organisation_id,
			  const struct screening_row *screening);
void copies_put_review(struct db_unit *unit, const char *organisation_id,
		       const struct review_row *review);

/* FIBER. Whether the events of `source` have been applied up to the position (`xid`, `id`). */
FIBER struct status copies_applied(struct db *db, struct arena *arena, const char *source,
				   const char *xid, const char *id, bool *ret_applied);

#endif
