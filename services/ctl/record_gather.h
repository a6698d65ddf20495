/* Reads an athlete's whole record from the daemons, page by page, under the caller's own key: who
 * may not read a part does not get the record, and every page is in the trail of the daemon that
 * gave it.
 */
#ifndef SOLEUS_CTL_RECORD_GATHER_H
#define SOLEUS_CTL_RECORD_GATHER_H

#include "ctl/session.h"
#include "record/record.h"

/* FIBER. What is read lives in `arena`. Says on standard error how far it has come. `*ret_what` is
 * the method that failed, when one did. */
FIBER struct status record_gather(struct session *session, struct arena *arena,
				  const char *athlete_id, struct record *ret_record,
				  const char **ret_what);

#endif
