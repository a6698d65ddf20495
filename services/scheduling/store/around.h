/* What lies around a visit: the athlete's training (T1, T2) with the windows that hold for the
 * athlete (T3), and open upstream reviews (O5), which SQL hands over as one text each, so that they
 * come in the row of the one round trip. */
#ifndef SOLEUS_SCHEDULING_STORE_AROUND_H
#define SOLEUS_SCHEDULING_STORE_AROUND_H

#include "base/arena.h"
#include "scheduling/rules/timing.h"
#include "scheduling/store/copies.h"

struct around {
	struct training_session *sessions;
	size_t session_count;
	struct review_row *reviews;
	size_t review_count;
	struct timing_windows windows;
};

/* Reads "kind start end all-day …", reviews parted by unit and record separators, and windows as
 * "warn competition after-block early" of the organisation, "warn competition settling check-ins"
 * of the athlete (-1: none), as book_look_one.sql writes them; "" is ours. All in the arena. */
struct around around_read(struct arena *arena, const char *sessions, const char *reviews,
			  const char *windows);

/* The windows alone; `ret_check_ins` may be NULL. */
struct timing_windows around_windows(const char *text, struct timing_defaults *ret_organisation,
				     int32_t *ret_check_ins);

#endif
