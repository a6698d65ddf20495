#include "bus/frames.h"

#include <errno.h>
#include <string.h>

static bool receive_one(void *zmq_socket, zmq_msg_t *ret_frame)
{
	int got;
	zmq_msg_init(ret_frame);
	do
		got = zmq_msg_recv(ret_frame, zmq_socket, ZMQ_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		zmq_msg_close(ret_frame);
	return got >= 0;
}

bool frames_receive(void *zmq_socket, struct frames *ret_frames)
{
	ret_frames->kept = 0;
	ret_frames->count = 0;
	for (bool more = true; more;) {
		zmq_msg_t beyond;
		bool keep = ret_frames->kept < FRAMES_KEPT;
		zmq_msg_t *frame = keep ? &ret_frames->parts[ret_frames->kept] : &beyond;
		/* Messages are atomic: after the first frame the others are there. */
		if (!receive_one(zmq_socket, frame))
			break;
		ret_frames->count++;
		more = zmq_msg_more(frame);
		if (keep)
			ret_frames->kept++;
		else
			zmq_msg_close(frame);
	}
	return ret_frames->count > 0;
}

void frames_close(struct frames *frames)
{
	for (unsigned i = 0; i < frames->kept; i++)
		zmq_msg_close(&frames->parts[i]);
	frames->kept = 0;
}

bool frames_is(struct frames *frames, unsigned index, const char *text)
{
	size_t length = strlen(text);
	return index < frames->kept && zmq_msg_size(&frames->parts[index]) == length &&
	       memcmp(zmq_msg_data(&frames->parts[index]), text, length) == 0;
}

bool frame_send(void *zmq_socket, zmq_msg_t *frame, bool more)
{
	int flags = ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0);
	int sent;
	do
		sent = zmq_msg_send(frame, zmq_socket, flags);
	while (sent < 0 && errno == EINTR);
	if (sent >= 0)
		return true;
	int error = errno;
	zmq_msg_close(frame);
	errno = error;
	return false;
}

bool frame_send_bytes(void *zmq_socket, const void *bytes, size_t length, bool more)
{
	zmq_msg_t frame;
	if (zmq_msg_init_size(&frame, length) != 0)
		return false;
	if (length > 0)
		memcpy(zmq_msg_data(&frame), bytes, length);
	return frame_send(zmq_socket, &frame, more);
}

struct status message_too_long(struct arena *arena, size_t length, size_t limit)
{
	return status_errorf(arena, STATUS_INVALID_ARGUMENT,
			     "the message is too long: %zu bytes, where at most %zu are taken",
			     length, limit);
}

bool message_frame(const ProtobufCMessage *message, size_t limit, zmq_msg_t *ret_frame)
{
	size_t length = protobuf_c_message_get_packed_size(message);
	if (length > limit || zmq_msg_init_size(ret_frame, length) != 0)
		return false;
	protobuf_c_message_pack(message, zmq_msg_data(ret_frame));
	return true;
}
