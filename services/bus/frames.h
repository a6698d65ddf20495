/* One message of several frames, received whole. */
#ifndef SOLEUS_BUS_FRAMES_H
#define SOLEUS_BUS_FRAMES_H

#include "base/arena.h"
#include "base/status.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <zmq.h>

#define FRAMES_KEPT 8

struct frames {
	zmq_msg_t parts[FRAMES_KEPT];
	unsigned kept; /* parts that are here */
	size_t count;  /* frames that came; those beyond FRAMES_KEPT are gone */
};

/* False when nothing is there (or the socket is gone); `ret_frames` is then nothing to close. */
bool frames_receive(void *zmq_socket, struct frames *ret_frames);
void frames_close(struct frames *frames);

/* True when part `index` is exactly `text`. */
bool frames_is(struct frames *frames, unsigned index, const char *text);

/* Sends without waiting and takes the frame away, sent or not. False with zmq_errno. */
bool frame_send(void *zmq_socket, zmq_msg_t *frame, bool more);

/* As frame_send with a copy of the bytes. */
bool frame_send_bytes(void *zmq_socket, const void *bytes, size_t length, bool more);

/* The refusal of a frame of `length` bytes where `limit` are allowed. */
struct status message_too_long(struct arena *arena, size_t length, size_t limit);

/* Packs a message into a frame of at most `limit` bytes. False beyond it or when out of memory. */
bool message_frame(const ProtobufCMessage *message, size_t limit, zmq_msg_t *ret_frame);

#endif
