/* A place in an outbox: transaction, then event within it. Zero is before the first. */
#ifndef SOLEUS_EVENTS_POSITION_H
#define SOLEUS_EVENTS_POSITION_H

#include <stdbool.h>
#include <stdint.h>

struct position {
	uint64_t xid;
	int64_t id;
};

static inline bool position_is(struct position a, struct position b)
{
	return a.xid == b.xid && a.id == b.id;
}

static inline bool position_before(struct position a, struct position b)
{
	return a.xid != b.xid ? a.xid < b.xid : a.id < b.id;
}

#endif
