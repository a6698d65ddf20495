/* Who has not come: athletes whose plan has ended, and those not seen for long. */
#ifndef SOLEUS_REMINDERS_STORE_LAPSE_H
#define SOLEUS_REMINDERS_STORE_LAPSE_H

#include "db/db.h"

/* FIBER. Why the athlete of that message (rebooking) is not to be asked back; "": is. */
FIBER struct status lapse_read(struct db *db, struct arena *arena, const char *organisation_id,
			       const char *message_id, int64_t now, const char **ret_why);

struct recall_asked {
	int64_t before_at;     /* last seen before */
	int64_t now;           /* no visit to come then */
	const char *clinic_id; /* home; "": any */
	int64_t after_at;      /* seen then, and … */
	const char *after_id;  /* … behind this athlete; "": the first page */
	int64_t limit;
	const char *const *athlete_ids; /* these alone; NULL: all */
	size_t athlete_count;
};
struct recall_row {
	const char *athlete_id;
	const char *home_clinic_id;
	int64_t seen_at;
	bool reachable; /* with consent for reminders, and not opted out */
};

/* FIBER. Runs `unit` with what the caller has put into it. */
FIBER struct status recall_list(struct db *db, struct db_unit *unit, const char *organisation_id,
				const struct recall_asked *asked, struct recall_row **ret_rows,
				size_t *ret_count);

#endif
