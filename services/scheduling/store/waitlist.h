/* Who waits, and what was offered to whom. Functions add statements to a unit; results are read
 * when it has run. */
#ifndef SOLEUS_SCHEDULING_STORE_WAITLIST_H
#define SOLEUS_SCHEDULING_STORE_WAITLIST_H

#include "db/db.h"
#include "scheduling/rules/waitlist.h"

/* ---- Entries ---- */

struct waitlist_entry {
	const char *entry_id;
	const char *athlete_id;
	const char *service_id;
	const char *const *clinic_ids; /* none: any */
	size_t clinic_count;
	const char *const *practitioner_ids; /* none: any */
	size_t practitioner_count;
	const int32_t *weekdays; /* 1 Monday to 7 Sunday; none: any */
	size_t weekday_count;
	const char *opens; /* "08:30", of the clinic's zone */
	const char *closes;
	int64_t from_at;
	int64_t until_at;
	const char *least_grade;
	int32_t notice_minutes;
	int32_t urgency;
	enum waitlist_entry_state state;
	int64_t joined_at;
	int32_t offers;
};

struct waitlist_known {
	bool athlete;
	bool service;
	bool clinics;
	bool practitioners;
};

size_t waitlist_find_known(struct db_unit *unit, const char *organisation_id,
			   const struct waitlist_entry *entry);
struct waitlist_known waitlist_known(const struct db_unit *unit, size_t index);

void waitlist_join(struct db_unit *unit, const char *organisation_id,
		   const struct waitlist_entry *entry);

size_t waitlist_find(struct db_unit *unit, const char *organisation_id, const char *entry_id);
/* Of athlete_id, whatever became of them, or "": of all who wait. service_id "": any. */
size_t waitlist_list(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     const char *service_id, int64_t limit);
struct waitlist_entry waitlist_entry(struct arena *arena, const struct db_result *result,
				     size_t row);
/* The open offer of the entry that waitlist_find found; "": none. */
const char *waitlist_entry_offer(const struct db_result *found);

/* Of one that waits; the unit fails with SL001 when it does not any more. */
void waitlist_leave(struct db_unit *unit, const char *organisation_id, const char *entry_id,
		    int64_t now_us);
void waitlist_lapse(struct db_unit *unit, const char *organisation_id, int64_t now_us);

/* ---- Offers ---- */

struct waitlist_offer {
	const char *offer_id;
	const char *entry_id;
	const char *athlete_id;
	const char *appointment_id; /* the hold */
	int64_t starts_at;
	int64_t ends_at;
	const char *practitioner_id;
	const char *clinic_id;
	const char *service_id;
	int64_t offered_at;
	int64_t expires_at;
	enum waitlist_offer_state state;
	int32_t rank;
	const char *why;
	int64_t offset_s; /* of the clinic's zone at starts_at */
};

size_t waitlist_find_offers(struct db_unit *unit, const char *organisation_id,
			    const char *const *offer_ids, size_t count);
size_t waitlist_offers_of_athlete(struct db_unit *unit, const char *organisation_id,
				  const char *athlete_id);
size_t waitlist_offers_of_slot(struct db_unit *unit, const char *organisation_id,
			       const char *slot_id);
struct waitlist_offer waitlist_offer(const struct db_result *result, size_t row);

/* FIBER. NOT_FOUND when there is none. */
FIBER struct status waitlist_read_offer(struct db *db, struct arena *arena,
					const char *organisation_id, const char *offer_id,
					struct waitlist_offer *ret_offer);

/* The offer ends, and with it what its entry and its time were in; the unit fails with SL001 when
 * it has ended already. `leaves`: the athlete waits no more. */
void waitlist_end_offer(struct db_unit *unit, const char *organisation_id, const char *offer_id,
			enum waitlist_offer_state to, bool leaves, int64_t now_us);

#endif
