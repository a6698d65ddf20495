/* Binding and connecting under the rules of this house: CURVE unless the link cannot leave the
 * host, every bound socket behind ZAP. */
#ifndef SOLEUS_BUS_LINK_H
#define SOLEUS_BUS_LINK_H

#include "bus/context.h"
#include "bus/socket.h"

/* Sets what a bound socket needs (CURVE when the bus has a key, the ZAP `domain`, its enforcement)
 * without binding it. */
void link_guard(const struct bus *bus, void *zmq_socket, const char *domain);

/* FAILED_PRECONDITION for a plain socket that others than this host could reach; INVALID_ARGUMENT
 * for an endpoint that is neither ipc nor tcp. */
struct status link_bind(const struct bus *bus, struct socket *socket, const char *endpoint,
			const char *domain);
struct status link_connect(const struct bus *bus, struct socket *socket, const char *endpoint,
			   const char *server_key);

#endif
