/* Several visits of one athlete that are booked in one unit, all or none.
 *
 * Each is an attempt of its own, and looks at the others: what they take of time, places, plans and
 * the way between clinics is taken for it too.
 *
 *     struct series *series = series_of_call(call, request->visits, request->n_visits);
 *     struct status status = series_make(series, write, &mine);
 *     for (size_t i = 0; i < series->count; i++)
 *             … series->visits[i].fault …
 */
#ifndef SOLEUS_SCHEDULING_HANDLERS_SERIES_H
#define SOLEUS_SCHEDULING_HANDLERS_SERIES_H

#include "scheduling/handlers/attempt.h"

#define SERIES_MIN 2
#define SERIES_MAX 12

struct series_visit {
	size_t index; /* in the request */
	struct attempt attempt;
	struct status fault; /* OK: it can be */
};

struct series {
	const char *series_id;
	size_t count;
	struct series_visit visits[SERIES_MAX]; /* as they follow each other in time */
	struct attempt *attempts[SERIES_MAX];   /* those of the visits */
};

/* In the call's arena; NULL beyond its budget. */
struct series *series_of_call(struct call *call, Soleus__V1__BookRequest *const *visits,
			      size_t count);

/* FIBER. Writes all of it in one unit and returns its status; `ret_unit` is that unit. */
typedef FIBER struct status series_write(struct series *series, void *argument,
					 const struct db_unit **ret_unit);

/* FIBER. When visits cannot be: NOT_FOUND, ALREADY_EXISTS or FAILED_PRECONDITION, whichever of
 * their faults comes first here, with all of them in its message. */
FIBER struct status series_make(struct series *series, series_write *write, void *argument);

/* False when one of the other visits stands in its way. */
bool series_has_room(const struct series *series, const struct series_visit *visit,
		     const Soleus__V1__Slot *slot);

#endif
