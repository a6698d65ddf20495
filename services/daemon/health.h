/* What a supervisor asks over HTTP: GET /healthz (the loop turns), /readyz (200 or 503), /metrics
 * (Prometheus text). Nothing else is answered, nothing is read; libmicrohttpd runs on the loop.
 */
#ifndef SOLEUS_DAEMON_HEALTH_H
#define SOLEUS_DAEMON_HEALTH_H

#include "base/status.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stdint.h>

struct health;

/* True when ready, else `*ret_why` says why not, in static words. */
typedef bool health_ready(void *argument, const char **ret_why);

/* Listens on `address` (IPv4 or IPv6). */
struct status health_open(struct loop *loop, const char *address, uint16_t port,
			  health_ready *ready, void *argument, struct health **ret_health);

/* NULL is allowed. No request is answered any more. */
void health_close(struct health *health);

#endif
