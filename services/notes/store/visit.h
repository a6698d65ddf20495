/* Screenings and encounters: what happens at a visit before its note. Functions with a unit add
 * statements to it; rows are read when it has run, and live as long as its arena. */
#ifndef SOLEUS_NOTES_STORE_VISIT_H
#define SOLEUS_NOTES_STORE_VISIT_H

#include "db/db.h"

struct screening_row {
	const char *screening_id;
	const char *visit_id; /* the appointment, or the encounter of a walk-in */
	const char *athlete_id;
	const char *const *items; /* codes of rules/caution.h */
	size_t item_count;
	const char *outcome;
	int64_t recorded_at;
	const char *recorded_by;
	bool by_staff;
	const char *const *open_items; /* questions without an answer */
	size_t open_count;
	const char *language; /* of the questions; "" where staff asked */
};

/* What is known before a screening. */
struct screening_look {
	bool athlete_known;
	const char *visit_athlete_id; /* "": no such visit */
	bool visit_of_person;         /* under this or another of the person's ids */
	const char *visit_id;
	const char *appointment_id; /* "": a walk-in */
	bool cancelled;
	bool is_signed; /* its note is */
	/* Of the newest screening, and of the newest by staff: a blank between; NULL: there is
	 * none. */
	const char *items;
	const char *staff_items;
	const char *birth_date; /* "": not known */
};

/* By the appointment or the encounter; the other is "". */
size_t screening_look(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		      const char *appointment_id, const char *encounter_id);
struct screening_look screening_looked(const struct db_unit *unit, size_t index);
void screening_add(struct db_unit *unit, const char *organisation_id,
		   const struct screening_row *screening);

/* A visit as scheduling has told of it. */
struct appointment_found {
	bool found; /* false: nothing else is set */
	const char *athlete_id;
	const char *state;
	int64_t ends_at;
};

size_t appointment_find(struct db_unit *unit, const char *organisation_id,
			const char *appointment_id);
struct appointment_found appointment_found(const struct db_unit *unit, size_t index);

struct encounter_row {
	const char *encounter_id;
	const char *appointment_id; /* "": a walk-in */
	const char *athlete_id;
	const char *practitioner_id;
	const char *clinic_id;
	int64_t opened_at;
	const char *opened_by;
	const char
		*caller_id; /* who must work at the clinic, as who treats must; NULL: nobody must */
};

/* Opens the record of a visit, unless it is open or may not be. */
size_t encounter_open(struct db_unit *unit, const char *organisation_id,
		      const struct encounter_row *encounter);

/* What was found, with the record's pre-fill. */
struct encounter_opened {
	bool athlete_known;
	bool practitioner_known;
	bool practitioner_fits; /* false: does not work there, and must */
	bool clinic_known;
	bool place_fits;                    /* the visit is booked there */
	const char *appointment_athlete_id; /* "": no such appointment */
	const char *appointment_state;
	const char *encounter_id; /* "": not opened */
	const char *athlete_id;   /* of the encounter, as the next */
	const char *practitioner_id;
	const char *screening_items;   /* codes with a blank between */
	const char *screening_outcome; /* "": not screened */
	bool treatment_consent;        /* R5: in force */
	const char *open_items;        /* questions without an answer, as screening_items */
};

struct encounter_opened encounter_opened(const struct db_unit *unit, size_t index);

/* The same at the check-in, when scheduling's word is all that is known; who treats takes it over.
 */
void encounter_check_in(struct db_unit *unit, const char *organisation_id,
			const struct encounter_row *encounter);

/* The event of an opening, packed. */
struct encounter_event {
	const char *type;
	const uint8_t *payload;
	size_t length;
	const char *traceparent;
};

/* Puts it into the outbox, when the unit opened the encounter or took it over. */
void encounter_tell(struct db_unit *unit, const char *organisation_id,
		    const struct encounter_row *encounter, const struct encounter_event *event);

/* O2: what was measured before earlier treatments, since an instant. */
size_t measures_due(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		    int64_t since);

struct measure_due {
	const char *instrument;
	const char *area;
	const char *side;
	double value;
	int64_t treated_at;
	const char *note_id;
};

struct measure_due measure_due_row(const struct db_result *result, size_t row);

/* One row or none. */
size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

#endif
