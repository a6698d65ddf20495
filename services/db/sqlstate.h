/* SQLSTATE, PostgreSQL's five-character codes, as a status: once, at the edge.
 *
 * The words are fixed, because the server's own can quote the values of a row.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html
 *
 * Class SL is ours, raised by SQL (require() in the events room):
 *     SL001 ABORTED              a cursor or a version was moved by somebody else
 *     SL002 FAILED_PRECONDITION  the state does not allow it
 *     SL003 NOT_FOUND            no such record for this organisation
 *     SL004 INVALID_ARGUMENT     values that do not go together
 *     SL005 PERMISSION_DENIED    not this principal's to do
 *     SL006 ALREADY_EXISTS       done before
 *     SL007 RESOURCE_EXHAUSTED   a limit of the service is reached
 */
#ifndef SOLEUS_DB_SQLSTATE_H
#define SOLEUS_DB_SQLSTATE_H

#include "base/status.h"

#include <stdbool.h>

/* NULL or "" (the connection failed without a code) is UNAVAILABLE; an unknown code INTERNAL. */
struct status sqlstate_status(const char *sqlstate);

/* True when the same unit may well succeed at once: deadlock, serialization failure. */
bool sqlstate_heals(const char *sqlstate);

/* True when the fault is in how the lane stands to the server, not in the unit: read-only after a
 * failover, prepared statements gone. The lane is to connect anew. */
bool sqlstate_spoils_lane(const char *sqlstate);

/* True when statements and schema, or role and rights, do not fit: waiting does not help. */
bool sqlstate_is_lasting(const char *sqlstate);

/* True when the server has run short of something (disk, memory, connections): another unit would
 * fare no better. */
bool sqlstate_is_shortage(const char *sqlstate);

#endif
