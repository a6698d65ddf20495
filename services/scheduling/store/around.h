/* What lies around a visit: the athlete's training (T1, T2) and open upstream reviews (O5), which
 * SQL hands over as one text each, so that they come in the row of the one round trip. */
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
};

/* Reads "kind start end all-day …" and reviews parted by unit and record separators, as
 * offer_training.sql and offer_reviews.sql write them. All in the arena. */
struct around around_read(struct arena *arena, const char *sessions, const char *reviews);

#endif
