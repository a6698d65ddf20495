/* What an endpoint's text says about who can reach it. */
#ifndef SOLEUS_BUS_ENDPOINT_H
#define SOLEUS_BUS_ENDPOINT_H

#include <stdbool.h>

enum endpoint_reach {
	ENDPOINT_UNKNOWN, /* not ipc or tcp, or not written as we write it */
	ENDPOINT_LOCAL,   /* ipc, or tcp on a loopback address: never leaves the host */
	ENDPOINT_REMOTE,
};

/* Judges the text alone, looks nothing up: a name other than localhost is remote. */
enum endpoint_reach endpoint_reach(const char *endpoint);

/* True when connecting has to ask a name server, or the hosts file, for an address. */
bool endpoint_is_looked_up(const char *endpoint);

#endif
