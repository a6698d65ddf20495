/* Rows of appointments and the move between their states. */
#ifndef SOLEUS_SCHEDULING_STORE_APPOINTMENT_H
#define SOLEUS_SCHEDULING_STORE_APPOINTMENT_H

#include "db/db.h"

/* held → booked → checked_in → completed; cancelled, no_show and expired are ends, as completed is.
 * The trigger appointment_moves refuses any other move. */
enum appointment_state {
	APPOINTMENT_HELD, /* until hold_expires_at */
	APPOINTMENT_BOOKED,
	APPOINTMENT_CHECKED_IN, /* the athlete is here */
	APPOINTMENT_COMPLETED,  /* its note is signed */
	APPOINTMENT_CANCELLED,
	APPOINTMENT_NO_SHOW,
	APPOINTMENT_EXPIRED, /* a hold that nobody confirmed */
};

struct appointment_row {
	const char *appointment_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *room_id;
	const char *service_id;
	int64_t starts_at;
	int64_t ends_at;
	enum appointment_state state;
	const char *grade;
	const char *timing_override_reason;
	const char *screening_outcome; /* "" until screened */
	const char *screening_why;
	int64_t offset_s; /* of the clinic's zone from UTC at starts_at */
	int64_t version;  /* from 1; each change is one more */
	int64_t place;    /* in the room, from 1 */
	const char *override_reason;
	const char *overridden;  /* names of the refusals, parted by blanks */
	const char *series_id;   /* "": none */
	int64_t hold_expires_at; /* 0: none */
};

const char *appointment_state_name(enum appointment_state state);

/* `key`: of the command that asks, "" for a query. One row or none. */
size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id, const char *key);
bool appointment_key_known(const struct db_result *found);
/* Those that start in [from_us, until_us), earliest first. */
size_t appointments_of_clinic(struct db_unit *unit, const char *organisation_id,
			      const char *clinic_id, int64_t from_us, int64_t until_us,
			      int64_t limit);
size_t appointments_of_athlete(struct db_unit *unit, const char *organisation_id,
			       const char *athlete_id, int64_t from_us, int64_t until_us,
			       int64_t limit);
struct appointment_row appointment_row(const struct db_result *result, size_t row);

/* From the state in which it was read, else the unit fails: then appointment_has_moved. */
void appointment_move(struct db_unit *unit, const char *organisation_id,
		      const struct appointment_row *from, enum appointment_state to, int64_t now_us,
		      const char *reason, const char *by);
bool appointment_has_moved(const struct db_unit *unit);

#endif
