/* How long to wait before the next try: doubles from the first to the longest, with up to a
 * quarter of it more, so that those who failed together do not come back together. */
#ifndef SOLEUS_EVENTS_BACKOFF_H
#define SOLEUS_EVENTS_BACKOFF_H

#include "base/random.h"

#include <stdint.h>

struct backoff {
	int64_t first_us;
	int64_t longest_us;
	int64_t next_us; /* 0: nothing has failed */
};

static inline int64_t backoff_next(struct backoff *backoff)
{
	int64_t wait_us = backoff->next_us ? backoff->next_us : backoff->first_us;
	backoff->next_us = wait_us < backoff->longest_us / 2 ? wait_us * 2 : backoff->longest_us;
	return wait_us + (int64_t)random_below((uint64_t)wait_us / 4 + 1);
}

static inline void backoff_reset(struct backoff *backoff)
{
	backoff->next_us = 0;
}

#endif
