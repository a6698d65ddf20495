/* The erasure of an athlete: contact points, addresses and words go, decisions stay. */
#ifndef SOLEUS_REMINDERS_STORE_ERASURE_H
#define SOLEUS_REMINDERS_STORE_ERASURE_H

#include "db/db.h"

/* `why` is of messages that were still planned. */
void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t now, const char *why);

#endif
