/* Rows of clashes between coming visits and the calendar, and of athletes who are to be checked. */
#ifndef SOLEUS_SCHEDULING_STORE_CLASH_H
#define SOLEUS_SCHEDULING_STORE_CLASH_H

#include "db/db.h"
#include "scheduling/rules/clash.h"
#include "scheduling/store/appointment.h"

/* The coming visits of an athlete, of every athlete of the organisation, are to be checked. */
void clash_ask(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
	       int64_t now_us);
void clash_ask_all(struct db_unit *unit, const char *organisation_id, int64_t now_us);

/* One that is asked for, of whatever organisation. */
struct clash_asked {
	const char *organisation_id;
	const char *athlete_id;
	const char *asked; /* as it was read: of how many */
	int64_t due_at;
	bool last;
};

/* FIBER. The earliest due first, at most 200. */
FIBER struct status clash_outlook(struct db *db, struct arena *arena,
				  struct clash_asked **ret_asked, size_t *ret_count);

/* A visit that is to come, or that has ended while it clashed. */
struct clash_row {
	struct appointment_row appointment;
	struct clash_visit visit;
	const char *reasons; /* of the open clash, "" for none */
	int64_t found_at;    /* of the open clash */
};

struct clash_facts {
	struct clash_row *visits;
	size_t visit_count;
	struct clash_session *sessions;
	size_t session_count;
	struct timing_windows windows;
};

/* FIBER. What tells how the athlete's visits after `now_us` fit the calendar. */
FIBER struct status clash_load(struct db *db, struct arena *arena, const struct clash_asked *asked,
			       int64_t now_us, struct clash_facts *ret_facts);

/* A visit clashes, or no longer does. `reasons` are lines: a rule, a blank, the words. */
void clash_found(struct db_unit *unit, const char *organisation_id,
		 const struct appointment_row *visit, const char *reasons, int64_t now_us);
void clash_cleared(struct db_unit *unit, const char *organisation_id, const char *appointment_id,
		   int64_t now_us);

/* What was asked for is done, and is to be done a last time at `again_at` (0: never). The unit
 * ends, ABORTED, when it was asked again meanwhile or another instance has done it. */
void clash_checked(struct db_unit *unit, const struct clash_asked *asked, int64_t again_at);

/* Open clashes of coming visits, of a clinic and an athlete ("": of any), at most 500. */
size_t clash_list(struct db_unit *unit, const char *organisation_id, int64_t now_us,
		  const char *clinic_id, const char *athlete_id);
const char *clash_row_reasons(const struct db_result *result, size_t row);
int64_t clash_row_found_at(const struct db_result *result, size_t row);

#endif
