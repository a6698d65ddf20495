/* Merges of two records of one athlete: their rows. As in directory/store/athlete.h. */
#ifndef SOLEUS_DIRECTORY_STORE_MERGE_H
#define SOLEUS_DIRECTORY_STORE_MERGE_H

#include "db/db.h"

struct merge {
	const char *merge_id;
	const char *survivor_id;
	const char *merged_id;
};

/* Who did it, why, and when. */
struct merge_word {
	const char *by;
	const char *reason;
	int64_t at_us;
};

/* One of the two who are to be merged. */
struct merge_party {
	const char *athlete_id;
	const char *survivor_id; /* whose record it is part of; "": its own */
	const char *merge_id;    /* by which merge; "" */
	bool erased;
	int64_t taken;          /* so many are merged into it */
	const char *birth_date; /* YYYY-MM-DD */
};

/* How a row of athlete_person was merged. */
struct merge_row {
	const char *merge_id;
	struct merge_word word;
};

/* One row for each that is known, the survivor first. */
size_t merge_look(struct db_unit *unit, const char *organisation_id, const char *survivor_id,
		  const char *merged_id);
struct merge_party merge_party(const struct db_result *result, size_t row);

/* Locks both, then merges them; the unit fails with SL001 when they cannot be merged any more. */
void merge_add(struct db_unit *unit, const char *organisation_id, const struct merge *merge,
	       const struct merge_word *word);

/* False: there is no such merge. */
size_t merge_find(struct db_unit *unit, const char *organisation_id, const char *merge_id);
bool merge_found(const struct db_unit *unit, size_t index, struct merge *ret_merge,
		 bool *ret_in_force);

/* The unit fails with SL001 when it is not in force any more. */
void merge_end(struct db_unit *unit, const char *organisation_id, const char *merge_id,
	       const struct merge_word *word);

struct merge_row merge_row(const struct db_result *result, size_t row);

#endif
