/* Copies of what other services decide, kept by their events. Each function adds one statement to
 * the event's unit; asked twice, the copy is the same. */
#ifndef SOLEUS_NOTES_STORE_COPY_H
#define SOLEUS_NOTES_STORE_COPY_H

#include "db/db.h"

struct copied_clinic {
	const char *clinic_id;
	const char *jurisdiction;
	const char *zone;
};

void copy_clinic(struct db_unit *unit, const char *organisation_id,
		 const struct copied_clinic *clinic);

/* One row or none. */
size_t clinic_find(struct db_unit *unit, const char *organisation_id, const char *clinic_id,
		   int64_t now_us);
const char *clinic_jurisdiction(const struct db_result *clinics, size_t row);
int32_t clinic_day(const struct db_result *clinics, size_t row); /* there at now_us, since 1970 */

struct copied_practitioner {
	const char *practitioner_id;
	int64_t needling_training_hours;
	const char *const *clinic_ids;
	size_t clinic_count;
};

void copy_practitioner(struct db_unit *unit, const char *organisation_id,
		       const struct copied_practitioner *practitioner);

/* `home_clinic_id` may be "". */
void copy_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  const char *home_clinic_id, const char *birth_date /* "": not known */);

/* Nothing new is opened for who is erased; what is signed stays. */
void copy_athlete_erased(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
			 int64_t at_us);

/* R5. The newest by `recorded_at` stays. */
struct copied_consent {
	const char *athlete_id;
	const char *consent_id;
	bool granted;
	const char *text_version;
	int64_t recorded_at;
	bool copy_given;
};

void copy_consent(struct db_unit *unit, const char *organisation_id,
		  const struct copied_consent *consent);

struct copied_appointment {
	const char *appointment_id;
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	const char *state; /* as scheduling names it */
	int64_t ends_at;
	const char
		*own_word_of; /* whose own booking or move it is; "": nobody's; NULL: as before */
};

void copy_appointment(struct db_unit *unit, const char *organisation_id,
		      const struct copied_appointment *appointment);

/* O5. */
struct copied_review {
	const char *athlete_id;
	const char *review_id;
	const char *area;
	const char *side;
	const char *advice;
	int64_t raised_at;
	int64_t answered_at; /* 0 while it is open */
};

void copy_review(struct db_unit *unit, const char *organisation_id,
		 const struct copied_review *review);

/* Open reviews of an athlete, oldest first. */
size_t reviews_open(struct db_unit *unit, const char *organisation_id, const char *athlete_id);
struct copied_review review_row(const struct db_result *result, size_t row);

#endif
