/* The erasure of an athlete. */
#ifndef SOLEUS_SCHEDULING_STORE_ERASURE_H
#define SOLEUS_SCHEDULING_STORE_ERASURE_H

#include "db/db.h"

/* All but visits, which the handler cancels; waitlist entries with an open offer end with that. */
void athlete_erase(struct db_unit *unit, const char *organisation_id, const char *athlete_id,
		   int64_t at_us);

#endif
