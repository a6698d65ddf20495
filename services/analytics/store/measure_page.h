/* An athlete's values page by page, as they were written. */
#ifndef SOLEUS_ANALYTICS_STORE_MEASURE_PAGE_H
#define SOLEUS_ANALYTICS_STORE_MEASURE_PAGE_H

#include "db/db.h"

struct measure_page {
	const char *athlete_id;
	int64_t after_at;     /* behind this instant, */
	const char *after_id; /* and of it behind this measure; "": from it on */
	int64_t limit;
};

size_t measures_page(struct db_unit *unit, const char *organisation_id,
		     const struct measure_page *page);

struct measure_page_row {
	const char *measure_id;
	const char *athlete_id;
	const char *note_id; /* "": not from a note */
	const char *source;
	const char *instrument;
	int32_t scoring_version;
	const char *area;
	const char *side;
	const char *moment;
	double value;
	int64_t taken_at;
};

struct measure_page_row measure_page_row(const struct db_result *result, size_t row);

#endif
