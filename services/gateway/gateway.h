/* The gateway: what comes over HTTP becomes calls of the daemons that own the data.
 *
 * It has no database and no secret of a link: who made a token reads it. It is an edge: its key
 * lets it call for organisations that it has found out itself, here by a token alone.
 */
#ifndef SOLEUS_GATEWAY_GATEWAY_H
#define SOLEUS_GATEWAY_GATEWAY_H

#include "daemon/daemon.h"
#include "http/server.h"

struct gateway {
	struct daemon *daemon;
	struct http_server *server;
	const char
		*public_url; /* how the world reaches it, without a / at the end; "": not known */
	const char *twilio_token; /* "": nothing is taken from Twilio */
};

static inline struct gateway *gateway_of(const struct http_exchange *exchange)
{
	return exchange->context;
}

/* The table of all that is served. */
extern const struct http_route gateway_routes[];

#endif
