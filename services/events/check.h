/* What comes from outside, checked: all faults of a form are collected, then refused at once; and
 * whose records a principal may see.
 *
 *     struct check check = check_begin(call);
 *     check_name(&check, "name", request->name);
 *     if (check_failed(&check))
 *             return check_status(&check);
 */
#ifndef SOLEUS_EVENTS_CHECK_H
#define SOLEUS_EVENTS_CHECK_H

#include "base/status.h"
#include "events/command.h"

struct check {
	struct arena *arena;
	struct faults faults;
};

/* Without an organisation in the call there is a fault already. */
struct check check_begin(const struct call *call);
bool check_failed(const struct check *check);
struct status check_status(const struct check *check);

/* `field` is static or in the arena, as is `expected`. */
void check_that(struct check *check, bool holds, const char *field, const char *expected);
void check_id(struct check *check, const char *field, const char *id);
void check_id_or_empty(struct check *check, const char *field, const char *id);
/* Not blank, at most 200 bytes, no control characters. */
void check_name(struct check *check, const char *field, const char *name);
/* At most 500 bytes, no control characters, may be empty. */
void check_words(struct check *check, const char *field, const char *words);
/* An instant from 2000 to 2100. */
void check_instant(struct check *check, const char *field, int64_t at_us);

/* A page of a list in the order of time, behind the last item of the page before: after_at and
 * after_id of a request (0 and "": the first page), and its limit (0: the usual one). */
void check_page(struct check *check, int64_t after_at, const char *after_id, int32_t limit,
		int32_t limit_most);

/* Anybody who works here, not an athlete alone. */
bool is_staff(const struct call *call);

/* Staff see every athlete of their organisation, athletes themselves alone. */
bool may_see_athlete(const struct call *call, const char *athlete_id);

/* The one athlete whose records the principal may see; NULL for all of the organisation. */
const char *sees_athlete_alone(const struct call *call);

/* The practitioner whom clinics bound, an id that nobody has for a practitioner's key that names
 * none; NULL for who is not bound: clinic leads, operators, services, the desk, athletes. */
const char *bounded_practitioner(const struct call *call);

#endif
