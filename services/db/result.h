/* What a statement gave back, seen by one caller: a PGresult, or one row of a batch's.
 *
 * A PGresult that several callers share is counted; each caller's arena holds one reference.
 */
#ifndef SOLEUS_DB_RESULT_H
#define SOLEUS_DB_RESULT_H

#include "db/db.h"

#include <libpq-fe.h>

struct db_result {
	const PGresult *pg;
	size_t first_row; /* the row of `pg` that is row 0 here */
	size_t rows;      /* how many of them the caller sees */
	unsigned hidden;  /* leading columns that the caller does not see */
};

/* A PGresult with as many owners as `references` says. */
struct result_shared {
	PGresult *pg;
	unsigned references;
};

/* All of `pg`, which ends with `arena`. */
struct db_result result_own(PGresult *pg, struct arena *arena);

/* One reference to a result that is still to come. NULL when out of memory. */
struct result_shared *result_share(void);
/* The result is cleared with the last reference. */
void result_release(struct result_shared *shared);

/* Row `row` without its first `hidden` columns; `arena` takes a reference of its own. */
struct db_result result_row(struct result_shared *shared, size_t row, unsigned hidden,
			    struct arena *arena);

#endif
