/* What a preview looks at: the visits to come, and how an athlete would be reached. */
#ifndef SOLEUS_REMINDERS_STORE_PREVIEW_H
#define SOLEUS_REMINDERS_STORE_PREVIEW_H

#include "reminders/store/copies.h"

struct preview_asked {
	int64_t from;
	int64_t until;
	const char *athlete_id;     /* "": all */
	const char *appointment_id; /* "": all */
	int64_t limit;
};

/* FIBER. Runs `unit` with what the caller has put into it; visits live in its arena. */
FIBER struct status preview_visits(struct db *db, struct db_unit *unit, const char *organisation_id,
				   const struct preview_asked *asked, struct visit **ret_visits,
				   size_t *ret_count);

struct preview_way {
	bool has_consent;
	const char *channel; /* "": no address */
	bool opted_out;
};
struct preview_reach {
	bool known; /* the athlete is */
	struct preview_way reminders;
	struct preview_way check_ins;
	const char *language;
	bool has_guardian;
	const char *clinic_name;
	const char *visit_when;
};

size_t preview_reach_ask(struct db_unit *unit, const char *organisation_id,
			 const struct visit *visit);
struct preview_reach preview_reach_take(struct db_unit *unit, size_t asked);

#endif
