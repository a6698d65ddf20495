/* Which addresses of the network are this house's own: users name the hosts that are asked, and
 * must not reach through us what they cannot reach themselves. IPv4 and IPv6, also IPv4 within
 * IPv6. By the registries of special addresses (RFC 6890, 6598, 4193).
 */
#ifndef SOLEUS_TRANSFER_ADDRESS_H
#define SOLEUS_TRANSFER_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* True for an address of the public network; false for any other, and for families unknown. */
bool address_is_public(const struct sockaddr *address);

#endif
