/* Where lanes connect to: the connection string taken apart once, with what every lane adds.
 *
 * Non-blocking libpq has no time-out of its own, so a host that is silent would hold up the ones
 * behind it for ever. The lane's timer ends such an attempt, and the next one begins with the next
 * host: the list is turned, not cut, so that target_session_attrs still sees all of it.
 */
#ifndef SOLEUS_DB_TARGET_H
#define SOLEUS_DB_TARGET_H

#include "base/status.h"

#include <libpq-fe.h>
#include <stdint.h>

struct target; /* never changed after target_new: workers read it */

/* INVALID_ARGUMENT when `url` is not a connection string (its text, which may hold a password, is
 * not repeated). The server's own statement_timeout is three quarters of `statement_timeout_us`:
 * it ends a slow statement first, so that only silence costs a lane. */
struct status target_new(const char *url, const char *application, int64_t statement_timeout_us,
			 struct target **ret_target);
void target_free(struct target *target);

/* Blocks while it looks up names: for a worker's thread. `turn` says with which host to begin.
 * NULL when out of memory. */
PGconn *target_connect(const struct target *target, unsigned turn);

#endif
