/* Replies on the wire: soleus.v1.ReplyHeader to and from a struct status. */
#ifndef SOLEUS_BUS_REPLY_H
#define SOLEUS_BUS_REPLY_H

#include "base/arena.h"
#include "base/status.h"
#include "bus/bus.h"
#include "bus/message_id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

/* Makes a frame with the header; texts that do not fit into `limit` bytes, or are not UTF-8, are
 * left out. False when out of memory. An OK status takes no bytes on the wire. */
bool reply_header_frame(const uint8_t message_id[MESSAGE_ID_BYTES], struct status status,
			struct arena *arena, size_t limit, zmq_msg_t *ret_frame);

/* Makes the frame of the payload, of at most `limit` bytes: for an OK status `call->stored_reply`,
 * or else `reply`; for others what the handler filled in (a refused booking names alternatives), or
 * nothing. Returns the status that is to be sent: INTERNAL when OK has no payload that fits. */
struct status reply_payload_frame(struct status status, const ProtobufCMessage *reply,
				  const struct call *call, size_t limit, zmq_msg_t *ret_frame);

/* Reads a header; false when not even a message id can be read. Everything lives in `arena`. A
 * header that cannot be read otherwise is INTERNAL. */
bool reply_header_read(const uint8_t *bytes, size_t length, struct arena *arena,
		       uint8_t ret_message_id[MESSAGE_ID_BYTES], struct status *ret_status);

/* The same status with its texts in `arena`. */
struct status reply_status_copy(struct status status, struct arena *arena);

#endif
