/* The file of the services' public keys, for their clients: one line "NAME KEY" for each. Written
 * by `soleusctl keys`. */
#ifndef SOLEUS_BUS_SERVER_KEYS_H
#define SOLEUS_BUS_SERVER_KEYS_H

#include "base/arena.h"
#include "base/status.h"

/* The key (Z85) of `service` from the file `path`, in `arena`. FAILED_PRECONDITION, with what to
 * do, when the file or a good line is missing; `*ret_key` is then untouched. */
struct status server_key_read(const char *path, const char *service, struct arena *arena,
			      const char **ret_key);

#endif
