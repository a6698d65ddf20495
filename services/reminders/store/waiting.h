/* What waits to be sent, and which addresses take nothing. Functions with a unit add a statement to
 * it; rows are read when it has run, and live as long as its arena. */
#ifndef SOLEUS_REMINDERS_STORE_WAITING_H
#define SOLEUS_REMINDERS_STORE_WAITING_H

#include "db/db.h"

#define WAITING_COUNTED 10000 /* messages of a lane, at most */
#define WAITING_LANES   1000

struct lane_row {
	const char *clinic_id; /* "": of no clinic */
	int32_t priority;      /* enum message_priority */
	int32_t waiting;
	int32_t overdue; /* at `now` */
	int64_t next_due_at;
};
size_t queue_lanes(struct db_unit *unit, const char *organisation_id, int64_t now);
struct lane_row lane_row(const struct db_result *result, size_t row);

struct waiting_asked {
	const char *clinic_id; /* "": those of no clinic */
	int64_t after_at;      /* 0: from the first on */
	const char *after_id;  /* "": of that instant all */
	int32_t limit;
};
struct waiting_row {
	const char *message_id;
	const char *athlete_id; /* "": of nobody who is known */
	const char *purpose;
	int32_t priority;
	int64_t due_at;
	int64_t stale_at;
	const char *why;
};
/* Soonest due first. */
size_t queue_list(struct db_unit *unit, const char *organisation_id,
		  const struct waiting_asked *asked);
struct waiting_row waiting_row(const struct db_result *result, size_t row);

struct opt_out_row {
	const char *address;
	int64_t opted_out_at;
	const char *athlete_ids; /* parted by blanks; "": nobody has it now */
};
size_t opt_outs_list(struct db_unit *unit, const char *organisation_id, const char *after_address,
		     int32_t limit);
struct opt_out_row opt_out_row(const struct db_result *result, size_t row);

#endif
