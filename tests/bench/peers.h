/* graphile-worker and pg-boss on the mailing's server, in a database of their own; peers/peers.mjs
 * is how they are used. */
#ifndef SOLEUS_TESTS_PEERS_H
#define SOLEUS_TESTS_PEERS_H

#include "mailing.h"

/* Jobs per second. `peer` is "graphile" or "pgboss". Ends the program when it fails. */
double peers_dispatch(struct mailing *mailing, const char *peer);
double peers_enqueue(struct mailing *mailing, const char *peer);

#endif
