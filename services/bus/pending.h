/* Calls that wait for their replies, by message id. Entries live in their callers; the table only
 * points at them. Cost: one look at the id's last bytes, which count up.
 */
#ifndef SOLEUS_BUS_PENDING_H
#define SOLEUS_BUS_PENDING_H

#include "bus/message_id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pending {
	struct pending *next;
	uint8_t message_id[MESSAGE_ID_BYTES];
};

/* Zero is empty. */
struct pending_table {
	struct pending **buckets; /* a power of two of them */
	size_t bucket_count;
	size_t count;
};

/* False when out of memory. The id must not be in the table. */
bool pending_add(struct pending_table *table, struct pending *entry);

/* Takes the entry out; NULL when there is none (any more). */
struct pending *pending_take(struct pending_table *table,
			     const uint8_t message_id[MESSAGE_ID_BYTES]);

/* Takes any entry out; NULL when the table is empty. */
struct pending *pending_take_any(struct pending_table *table);

void pending_free(struct pending_table *table);

#endif
