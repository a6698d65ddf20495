/* The erasure of an athlete: contact points, addresses and words go, decisions stay. */
#ifndef SOLEUS_REMINDERS_STORE_ERASURE_H
#define SOLEUS_REMINDERS_STORE_ERASURE_H

#include "db/db.h"

/* FIBER. Ids of the messages that athlete_erase empties and that a channel has. */
FIBER struct status athlete_sent_messages(struct db *db, struct arena *arena,
					  const char *organisation_id, const char *athlete_id,
					  const char *const **ret_ids, size_t *ret_count);

/* `why` is of messages that were still planned. */
void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t now, const char *why);

#endif
