/* Upstream reviews (O5): their rows. At most one is open for each athlete, area and side. */
#ifndef SOLEUS_ANALYTICS_STORE_REVIEW_H
#define SOLEUS_ANALYTICS_STORE_REVIEW_H

#include "db/db.h"

struct review_row {
	const char *review_id;
	const char *athlete_id;
	const char *clinic_id;
	const char *area;
	const char *side;
	int32_t visits;
	int64_t raised_at;
	const char *advice;
	const char *answer;  /* "" while it is open */
	int64_t answered_at; /* 0 while it is open */
};

/* Fails by review_one_open while another of the athlete's area and side is open. */
void review_add(struct db_unit *unit, const char *organisation_id, const struct review_row *review);

/* Ends the unit with SL002 when the review is answered already. */
void review_answer(struct db_unit *unit, const char *organisation_id,
		   const struct review_row *review, const char *driver, const char *answered_by);

/* One row or none. */
size_t review_look(struct db_unit *unit, const char *organisation_id, const char *review_id);

/* Newest first. `athlete_id` "": of all athletes. */
size_t reviews_of(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		  bool open_only, int64_t limit);
struct review_row review_row(const struct db_result *result, size_t row);

#endif
