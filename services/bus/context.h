/* What the files of this room share of a bus. Not for other rooms. */
#ifndef SOLEUS_BUS_CONTEXT_H
#define SOLEUS_BUS_CONTEXT_H

#include "bus/bus.h"
#include "bus/ending.h"
#include "bus/zap.h"

struct bus {
	struct loop *loop;
	void *zmq;
	struct zap zap;
	struct keyring *keyring;
	bool secure; /* we have a key: all our links are CURVE */
	char secret_key[KEY_CHARS + 1];
	char public_key[KEY_CHARS + 1];
	bool has_plain;
	struct principal plain;
	size_t message_limit_bytes;
	size_t request_limit_bytes;
	size_t arena_limit_bytes;
	unsigned in_flight_per_principal;
	unsigned in_flight;
	unsigned users; /* servers, clients, publishers and subscribers that are open */
	bool closing;   /* its context is gone, or goes */
	struct ending *ending;
	int64_t leave_us; /* when its end is not waited for any longer; on clock_monotonic_us */
};

/* The principal of a connection by the user id that ZAP gave it; NULL when there is none (any
 * more). Valid until the next call. */
const struct principal *bus_principal(struct bus *bus, const char *user_id);

#endif
