/* Rows of appointments and the move between their states. */
#ifndef SOLEUS_SCHEDULING_STORE_APPOINTMENT_H
#define SOLEUS_SCHEDULING_STORE_APPOINTMENT_H

#include "db/db.h"
#include "scheduling/rules/life.h"

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
	int64_t confirmed_at;    /* by the athlete, for this time; 0: not */
	const char *confirmed_by;
};

/* `key`: of the command that asks, "" for a query. One row or none. */
size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id, const char *key);
/* A row of the audit trail for whoever reads it; `values` are audit_values(), `athlete_id` NULL for
 * any athlete's. Nothing when there is no such appointment. */
void appointment_audit(struct db_unit *unit, const char *const *values, const char *appointment_id,
		       const char *athlete_id);
bool appointment_key_known(const struct db_result *found);
/* Of its service, before the visit. */
int64_t appointment_cutoff_us(const struct db_result *found);
/* Those that start in [from_us, until_us), earliest first. */
size_t appointments_of_clinic(struct db_unit *unit, const char *organisation_id,
			      const char *clinic_id, int64_t from_us, int64_t until_us,
			      int64_t limit);
size_t appointments_of_athlete(struct db_unit *unit, const char *organisation_id,
			       const char *athlete_id, int64_t from_us, int64_t until_us,
			       int64_t limit);
/* One number: how many of the athlete's lie ahead, counted to `most`. */
size_t appointments_ahead(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			  int64_t now_us, int64_t most);
/* Those of the practitioner, in whatever clinic. */
size_t appointments_of_practitioner(struct db_unit *unit, const char *organisation_id,
				    const char *practitioner_id, int64_t from_us, int64_t until_us,
				    int64_t limit);
/* The open offer of the waitlist that a hold is for, also of dead holds; "": none. */
const char *appointment_offer_id(const struct db_result *found, size_t row);
struct appointment_row appointment_row(const struct db_result *result, size_t row);

/* Why an appointment is as it is from now on, and who said so. */
struct appointment_word {
	int64_t at;
	const char *by;
	const char *reason;
	const char *override_reason;
	const char *overridden; /* names of refusals, parted by blanks */
};

/* `row`, as it was read, to the state `to`, else the unit fails: then appointment_has_moved. `row`
 * is then as it is from now on. */
void appointment_move(struct db_unit *unit, const char *organisation_id,
		      struct appointment_row *row, enum appointment_state to,
		      const struct appointment_word *word);

/* The athlete comes at `starts_at`, said so at `at` by the channel `by`. */
void appointment_confirm(struct db_unit *unit, const char *organisation_id,
			 const char *appointment_id, int64_t starts_at, int64_t at, const char *by);

struct appointment_version {
	int64_t version;
	const char *practitioner_id;
	const char *clinic_id;
	const char *room_id;
	int64_t starts_at;
	int64_t ends_at;
	enum appointment_state state;
	struct appointment_word word; /* of the booking itself for the first */
	const char *grade;
	const char *timing_override_reason;
};

/* All versions, oldest first, the present one last. */
size_t appointment_history(struct db_unit *unit, const char *organisation_id,
			   const char *appointment_id);
struct appointment_version appointment_version(const struct db_result *result, size_t row);

bool appointment_has_moved(const struct db_unit *unit);

#endif
