/* SOLEUS_PUBLIC_URL: how the world reaches the gateway. The daemons that write addresses on it, and
 * the gateway itself, read the same setting and ask for the same of it. */
#ifndef SOLEUS_DAEMON_PUBLIC_URL_H
#define SOLEUS_DAEMON_PUBLIC_URL_H

#include "base/status.h"

/* Letters at most, so that texts have room for an address. */
#define PUBLIC_URL_MOST 100

/* "" (not known), or http:// or https:// and a host, without a / at the end, in PUBLIC_URL_MOST
 * letters; else FAILED_PRECONDITION, which says what is wrong. */
struct status public_url_check(const char *url);

#endif
