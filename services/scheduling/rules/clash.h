/* Whether a coming visit clashes with a calendar that has changed since the visit was graded (T1,
 * T3).
 *
 * A visit that was graded good or fair clashes as soon as the timing warns of it. One that staff
 * booked in spite of a warning clashes only with sessions that came, or moved, later: what was
 * overridden with a reason stays overridden.
 */
#ifndef SOLEUS_SCHEDULING_RULES_CLASH_H
#define SOLEUS_SCHEDULING_RULES_CLASH_H

#include "scheduling/rules/timing.h"

struct clash_visit {
	struct timing_visit at;
	bool warned; /* when it was graded */
	int64_t graded_at;
};

/* A session, and since when it is of this kind and at this time. */
struct clash_session {
	struct training_session session;
	int64_t changed_at;
};

/* Writes to `ret_sessions` (room for `count`) those that can clash; returns how many. */
size_t clash_sessions(const struct clash_visit *visit, const struct clash_session *sessions,
		      size_t count, struct training_session *ret_sessions);

/* True with the reasons that warn, alone, in `ret_timing`. `sessions` as clash_sessions has them.
 */
bool clash_is_found(const struct clash_visit *visit, const struct training_session *sessions,
		    size_t count, const struct timing_windows *windows,
		    struct timing_result *ret_timing);

#endif
