/* What keeps a service's schema well while years go by: old idempotency keys are forgotten, months
 * get their partitions before they come, and a restored dump is noticed. */
#ifndef SOLEUS_EVENTS_UPKEEP_H
#define SOLEUS_EVENTS_UPKEEP_H

#include "base/arena.h"
#include "base/status.h"
#include "db/db.h"

/* FIBER. Whether the outbox holds events of transactions that this server has not come to: a dump
 * was restored and `soleusctl migrate` has not run since. Nobody would read what is written now. */
FIBER struct status upkeep_outbox_is_ahead(struct db *db, struct arena *arena, bool *ret_ahead);

/* FIBER. Forgets some keys that were made before `before_us`; how many. Not all at once: others
 * wait for the same lane. */
FIBER struct status upkeep_forget_keys(struct db *db, struct arena *arena, int64_t before_us,
				       int64_t *ret_count);

/* FIBER. Makes one monthly partition that is missing in the 400 days behind `now_us`; its name, in
 * the arena, or "" when none is. */
FIBER struct status upkeep_make_partition(struct db *db, struct arena *arena, int64_t now_us,
					  const char **ret_made);

#endif
