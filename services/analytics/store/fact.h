/* Facts: visits, treated areas, measured values; and the copies of whom and where they are of.
 *
 * Every fact has a key that follows from what told it, so it is one however often it is told.
 * Functions with a unit add statements to it; rows are read when it has run, and live as long as
 * its arena. */
#ifndef SOLEUS_ANALYTICS_STORE_FACT_H
#define SOLEUS_ANALYTICS_STORE_FACT_H

#include "analytics/rules/episode.h"
#include "db/db.h"

void copy_clinic(struct db_unit *unit, const char *organisation_id, const char *clinic_id);
void copy_athlete(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

struct visit_row {
	const char *note_id;
	const char *athlete_id;
	const char *clinic_id;
	const char *practitioner_id;
	int64_t treated_at;
	bool needled;
	const char *const *drivers;
	size_t driver_count;
};

void visit_add(struct db_unit *unit, const char *organisation_id, const struct visit_row *visit);

/* All of one note. */
void treatments_add(struct db_unit *unit, const char *organisation_id,
		    const struct treatment *treatments, size_t count);

/* What told of values: all of one athlete and one instant. */
struct measure_origin {
	const char *athlete_id;
	const char *note_id; /* "": none */
	const char *source;  /* note, check_in, desk */
	int64_t taken_at;
	int64_t told_at; /* the same whenever it is told again */
};

void measures_add(struct db_unit *unit, const char *organisation_id,
		  const struct measure_origin *origin, const struct measure *measures,
		  size_t count);

/* An athlete's facts of areas since an instant, in no order. */
size_t treatments_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		     int64_t since);
size_t measures_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t since);

/* A clinic between two instants. Facts are those of the athletes whom it treated then, wherever,
 * from `from` until `facts_until`. */
struct clinic_period {
	const char *clinic_id;
	int64_t from;
	int64_t until;
	int64_t facts_until;
	int32_t facts_most; /* rows of each kind */
};

size_t clinic_treatments(struct db_unit *unit, const char *organisation_id,
			 const struct clinic_period *period);
size_t clinic_measures(struct db_unit *unit, const char *organisation_id,
		       const struct clinic_period *period);

struct treatment treatment_row(const struct db_result *result, size_t row);
struct measure measure_row(const struct db_result *result, size_t row);

/* What a note said, taken back: an amendment says it anew. */
void facts_withdraw(struct db_unit *unit, const char *organisation_id, const char *note_id,
		    const char *athlete_id);

struct clinic_counts {
	bool known;
	int32_t treatments;
	int32_t athletes;
	int32_t open_reviews;
};

size_t clinic_count(struct db_unit *unit, const char *organisation_id,
		    const struct clinic_period *period);
struct clinic_counts clinic_counts(const struct db_result *result);

/* One row or none. */
size_t athlete_find(struct db_unit *unit, const char *organisation_id, const char *athlete_id);

#endif
