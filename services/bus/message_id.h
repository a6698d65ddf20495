/* What a request and its reply are known by: a UUIDv7, field 1 of both headers. */
#ifndef SOLEUS_BUS_MESSAGE_ID_H
#define SOLEUS_BUS_MESSAGE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESSAGE_ID_BYTES 16

/* A source of ids; those of one source sort as they were made. Zero is a fresh one. */
struct message_ids {
	uint32_t source; /* random, once */
	uint64_t made;
};

void message_id_next(struct message_ids *ids, uint8_t ret_message_id[MESSAGE_ID_BYTES]);

/* The id of a header, also of one that cannot be decoded otherwise: its sender is to know. False
 * when there is none. */
bool message_id_find(const uint8_t *header, size_t length,
		     uint8_t ret_message_id[MESSAGE_ID_BYTES]);

#endif
