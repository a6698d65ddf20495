/* Requests on the wire: soleus.v1.RequestHeader from the options of a call. */
#ifndef SOLEUS_BUS_REQUEST_H
#define SOLEUS_BUS_REQUEST_H

#include "bus/bus.h"
#include "bus/message_id.h"

#include <stdbool.h>
#include <zmq.h>

/* Makes a frame with the header; `options` may be NULL. False when out of memory. */
bool request_header_frame(const uint8_t message_id[MESSAGE_ID_BYTES],
			  const struct bus_call_options *options, int64_t timeout_us,
			  zmq_msg_t *ret_frame);

#endif
