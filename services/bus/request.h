/* Requests on the wire: soleus.v1.RequestHeader from the options of a call. */
#ifndef SOLEUS_BUS_REQUEST_H
#define SOLEUS_BUS_REQUEST_H

#include "bus/bus.h"
#include "bus/dispatch.h"

#include <stdbool.h>
#include <zmq.h>

/* Message ids are UUIDv7; those of one source sort as they were made. */
struct message_ids {
	uint32_t source; /* random, once */
	uint64_t made;
};

void message_id_next(struct message_ids *ids, uint8_t ret_message_id[MESSAGE_ID_BYTES]);

/* Makes a frame with the header; `options` may be NULL. False when out of memory. */
bool request_header_frame(const uint8_t message_id[MESSAGE_ID_BYTES],
			  const struct bus_call_options *options, int64_t timeout_us,
			  zmq_msg_t *ret_frame);

#endif
