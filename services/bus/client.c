#include "base/clock.h"
#include "base/metrics.h"
#include "bus/context.h"
#include "bus/frames.h"
#include "bus/link.h"
#include "bus/method_table.h"
#include "bus/pending.h"
#include "bus/reply.h"
#include "bus/request.h"
#include "bus/socket.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define METHOD_NAME (METHOD_NAME_MAX + 1)

static struct metric replies_late = METRIC_COUNTER("soleus_bus_client_replies_late_total",
						   "Replies that nobody waited for any more.");
METRICS_FROM_THE_START(&replies_late)

/* A call is made and queued (call_make), sent with the others of its turn as soon as there is a
 * connection (on_flush), and finished by its reply (on_reply), its time-out (on_timeout), a
 * connection that breaks under it (on_broken) or the end of the client. */
static bool on_flush(void *argument);
static bool on_reply(void *argument);
static void on_timeout(void *argument);
static void on_broken(void *argument);

enum call_state {
	CALL_UNSENT,  /* in the client's queue; its payload is here */
	CALL_SENT,    /* waits for its reply */
	CALL_FINISHED /* in no table; `status` says how */
};

/* On the caller's stack. After its fiber is resumed neither is touched again. */
struct outgoing {
	struct pending pending; /* first: what the table gives back */
	struct bus_client *client;
	struct fiber *fiber;
	struct arena *arena; /* the caller's */
	enum call_state state;
	struct outgoing *next; /* in the queue of unsent ones */
	struct loop_timer timer;
	const char *method;
	size_t method_length;
	const struct bus_call_options *options;
	int64_t deadline_us; /* on clock_monotonic_us */
	zmq_msg_t payload;
	struct status status;
	zmq_msg_t reply; /* with an error empty, as a rule */
};

struct bus_client {
	struct bus *bus;
	struct socket *socket;
	struct pending_table pending;
	struct outgoing *unsent_first; /* in the order in which they were made */
	struct outgoing **unsent_end;
	struct message_ids ids;
	struct arena *scratch; /* for the header of one reply */
};

/* ---- One call's end ---- */

static void unqueue(struct bus_client *client, struct outgoing *call)
{
	struct outgoing **at = &client->unsent_first;
	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	if (!call->next)
		client->unsent_end = at;
}

/* The call is in the table no more. Its fiber runs at once: nothing of the client may be used after
 * this, for the fiber may close it. */
static void finish(struct outgoing *call, struct status status)
{
	assert(call->state != CALL_FINISHED);
	struct bus_client *client = call->client;
	if (call->state == CALL_UNSENT) {
		unqueue(client, call);
		zmq_msg_close(&call->payload);
	}
	call->state = CALL_FINISHED;
	call->status = reply_status_copy(status, call->arena);
	loop_timer_stop(client->bus->loop, &call->timer);
	fiber_resume(call->fiber);
}

static void on_timeout(void *argument)
{
	struct outgoing *call = argument;
	bool sent = call->state == CALL_SENT;
	pending_take(&call->client->pending, call->pending.message_id);
	finish(call,
	       sent ? status_error(STATUS_DEADLINE_EXCEEDED, "no reply came in time")
		    : status_error(STATUS_UNAVAILABLE, "there was no connection, or the daemon "
						       "does not know the key; nothing "
						       "was sent"));
}

static bool on_reply(void *argument)
{
	struct bus_client *client = argument;
	struct frames frames;
	if (!frames_receive(socket_zmq(client->socket), &frames))
		return false;
	uint8_t message_id[MESSAGE_ID_BYTES];
	struct status status;
	struct pending *entry = 0;
	arena_reset(client->scratch);
	if (frames.count == 2 &&
	    reply_header_read(zmq_msg_data(&frames.parts[0]), zmq_msg_size(&frames.parts[0]),
			      client->scratch, message_id, &status))
		entry = pending_take(&client->pending, message_id);
	if (entry) {
		struct outgoing *call = (struct outgoing *)entry;
		zmq_msg_move(&call->reply, &frames.parts[1]);
		/* The scratch is not the fiber's: its texts are copied before it runs. */
		finish(call, status);
	} else {
		metric_add(&replies_late, 1);
	}
	frames_close(&frames);
	return true;
}

/* ---- One call's beginning ---- */

enum sending { SENT, WAITS, BROKEN };

static const char no_memory[] = "no memory for the request";
static const char no_memory_for_reply[] = "no memory for the reply";

/* The payload is gone unless it WAITS. Nothing of a message goes out before its last frame. The
 * header is made here, for it says how much time is left. */
static enum sending call_send(struct bus_client *client, struct outgoing *call, int64_t now_us)
{
	void *zmq = socket_zmq(client->socket);
	zmq_msg_t header;
	int64_t left_us = call->deadline_us > now_us ? call->deadline_us - now_us : 1;
	if (!request_header_frame(call->pending.message_id, call->options, left_us, &header)) {
		zmq_msg_close(&call->payload);
		return BROKEN;
	}
	if (!frame_send_bytes(zmq, call->method, call->method_length, true)) {
		bool waits = errno == EAGAIN;
		zmq_msg_close(&header);
		if (!waits)
			zmq_msg_close(&call->payload);
		return waits ? WAITS : BROKEN;
	}
	if (!frame_send(zmq, &header, true)) {
		zmq_msg_close(&call->payload);
		return BROKEN;
	}
	return frame_send(zmq, &call->payload, false) ? SENT : BROKEN;
}

static void on_broken(void *argument)
{
	struct outgoing *call = argument;
	pending_take(&call->client->pending, call->pending.message_id);
	finish(call, status_error(STATUS_UNAVAILABLE, "the connection broke; nothing was sent"));
}

static bool on_flush(void *argument)
{
	struct bus_client *client = argument;
	int64_t now_us = clock_monotonic_us();
	for (struct outgoing *call; (call = client->unsent_first);) {
		enum sending sending = call_send(client, call, now_us);
		if (sending == WAITS)
			return false;
		unqueue(client, call);
		call->state = CALL_SENT;
		if (sending == BROKEN) /* its timer, so that whatever ends it first stops this */
			loop_timer_start(client->bus->loop, &call->timer, 0, 0, on_broken, call);
	}
	return true;
}

static void enqueue(struct bus_client *client, struct outgoing *call)
{
	call->state = CALL_UNSENT;
	*client->unsent_end = call;
	client->unsent_end = &call->next;
	socket_flush_soon(client->socket);
}

/* Sends the call and waits for its end. The payload's frame is there already, and is taken. */
static FIBER struct status call_make(struct bus_client *client, struct outgoing *call)
{
	const struct bus_call_options *options = call->options;
	int64_t timeout_us = options && options->timeout_us ? options->timeout_us : BUS_TIMEOUT_US;
	if (timeout_us > BUS_TIMEOUT_MAX_US)
		timeout_us = BUS_TIMEOUT_MAX_US;
	assert(fiber_current());
	call->client = client;
	call->fiber = fiber_current();
	call->deadline_us = clock_monotonic_us() + timeout_us;
	message_id_next(&client->ids, call->pending.message_id);
	if (!pending_add(&client->pending, &call->pending)) {
		zmq_msg_close(&call->payload);
		return status_error(STATUS_RESOURCE_EXHAUSTED, no_memory);
	}

	enqueue(client, call);
	loop_timer_start(client->bus->loop, &call->timer, timeout_us > 0 ? timeout_us : 0, 0,
			 on_timeout, call);
	fiber_suspend();
	return call->status;
}

FIBER struct status bus_call_bytes(struct bus_client *client, const char *method,
				   const struct bus_call_options *options, const uint8_t *request,
				   size_t request_length, struct arena *arena,
				   const uint8_t **ret_reply, size_t *ret_reply_length)
{
	struct outgoing call = {.arena = arena,
				.method = method,
				.method_length = strlen(method),
				.options = options};
	if (request_length > client->bus->request_limit_bytes)
		return message_too_long(arena, request_length, client->bus->request_limit_bytes);
	zmq_msg_init(&call.reply);
	if (zmq_msg_init_size(&call.payload, request_length) != 0)
		return status_error(STATUS_RESOURCE_EXHAUSTED, no_memory);
	if (request_length > 0)
		memcpy(zmq_msg_data(&call.payload), request, request_length);
	struct status status = call_make(client, &call);
	/* With an error only when the handler said more than the status does. */
	if (status_is_ok(status) || zmq_msg_size(&call.reply) > 0) {
		size_t length = zmq_msg_size(&call.reply);
		const uint8_t *reply = arena_memdup(arena, zmq_msg_data(&call.reply), length);
		if (reply) {
			*ret_reply = reply;
			*ret_reply_length = length;
		} else if (status_is_ok(status)) {
			status = status_error(STATUS_RESOURCE_EXHAUSTED, no_memory_for_reply);
		}
	}
	zmq_msg_close(&call.reply);
	return status;
}

/* "Book", or the full name, to the full name. 0 when it is too long. */
static size_t full_name(const ProtobufCServiceDescriptor *service, const char *method,
			char ret_name[METHOD_NAME])
{
	size_t prefix = strlen(service->name);
	bool full = strncmp(method, service->name, prefix) == 0 && method[prefix] == '.';
	const char *last = full ? method + prefix + 1 : method;
	size_t length = strlen(last);
	if (prefix + 1 + length >= METHOD_NAME)
		return 0;
	memcpy(ret_name, service->name, prefix);
	ret_name[prefix] = '.';
	memcpy(ret_name + prefix + 1, last, length + 1);
	return prefix + 1 + length;
}

static struct status decode_reply(const ProtobufCMessageDescriptor *type, struct arena *arena,
				  zmq_msg_t *reply, ProtobufCMessage **ret_reply)
{
	struct status status =
		message_decode(type, arena, zmq_msg_data(reply), zmq_msg_size(reply), ret_reply);
	/* The server's fault, not the caller's. */
	if (!status_is_ok(status))
		status =
			(struct status){STATUS_INTERNAL, "the reply cannot be read", status.faults};
	return status;
}

/* Why a request has no frame. */
static struct status frame_refused(const struct bus_client *client, const ProtobufCMessage *request,
				   struct arena *arena)
{
	size_t length = protobuf_c_message_get_packed_size(request);
	return length > client->bus->request_limit_bytes
		       ? message_too_long(arena, length, client->bus->request_limit_bytes)
		       : status_error(STATUS_RESOURCE_EXHAUSTED, no_memory);
}

FIBER struct status bus_call(struct bus_client *client, const ProtobufCServiceDescriptor *service,
			     const char *method, const struct bus_call_options *options,
			     const ProtobufCMessage *request, struct arena *arena,
			     ProtobufCMessage **ret_reply)
{
	char name[METHOD_NAME];
	size_t length = full_name(service, method, name);
	const ProtobufCMethodDescriptor *descriptor =
		length ? protobuf_c_service_descriptor_get_method_by_name(
				 service, name + strlen(service->name) + 1)
		       : 0;
	if (!descriptor)
		return status_error(STATUS_UNIMPLEMENTED, "the service has no such method");
	struct outgoing call = {
		.arena = arena, .method = name, .method_length = length, .options = options};
	zmq_msg_init(&call.reply);
	if (!message_frame(request, client->bus->request_limit_bytes, &call.payload))
		return frame_refused(client, request, arena);
	struct status status = call_make(client, &call);
	struct status decoded = status_ok();
	if (status_is_ok(status) || zmq_msg_size(&call.reply) > 0)
		decoded = decode_reply(descriptor->output, arena, &call.reply, ret_reply);
	if (status_is_ok(status))
		status = decoded;
	zmq_msg_close(&call.reply);
	return status;
}

/* ---- The client's life ---- */

static const char no_memory_for_client[] = "no memory for a client";

/* What was opened before a failure is there. */
static struct status client_open(struct bus_client *client, struct bus *bus, const char *endpoint,
				 const char *server_key)
{
	client->bus = bus;
	client->scratch = arena_new(bus->arena_limit_bytes);
	if (!client->scratch)
		return status_error(STATUS_RESOURCE_EXHAUSTED, no_memory_for_client);
	struct status status = socket_open(bus->loop, bus->zmq, ZMQ_DEALER,
					   bus->message_limit_bytes, &client->socket);
	if (!status_is_ok(status))
		return status;
	/* Without a connection a call waits here, where its time-out knows it was not sent. */
	socket_option(client->socket, ZMQ_IMMEDIATE, 1);
	return link_connect(bus, client->socket, endpoint, server_key);
}

struct status bus_connect(struct bus *bus, const char *endpoint, const char *server_key,
			  struct bus_client **ret_client)
{
	struct bus_client *client = calloc(1, sizeof(*client));
	if (!client)
		return status_error(STATUS_RESOURCE_EXHAUSTED, no_memory_for_client);
	struct status status = client_open(client, bus, endpoint, server_key);
	if (!status_is_ok(status)) {
		socket_close(client->socket);
		arena_free(client->scratch);
		free(client);
		return status;
	}
	client->unsent_end = &client->unsent_first;
	bus->users++;
	socket_start(client->socket, on_reply, on_flush, client);
	*ret_client = client;
	return status;
}

/* Tells the callers from the loop, so that none of them runs inside bus_client_close. */
static void resume_later(void *argument)
{
	fiber_resume(argument);
}

void bus_client_close(struct bus_client *client)
{
	if (!client)
		return;
	struct bus *bus = client->bus;
	for (struct pending *entry; (entry = pending_take_any(&client->pending));) {
		struct outgoing *call = (struct outgoing *)entry;
		if (call->state == CALL_UNSENT)
			zmq_msg_close(&call->payload);
		call->state = CALL_FINISHED;
		call->status = status_error(STATUS_CANCELLED, "the client was closed");
		loop_timer_stop(bus->loop, &call->timer);
		loop_defer(bus->loop, resume_later, call->fiber);
	}
	socket_close(client->socket);
	pending_free(&client->pending);
	arena_free(client->scratch);
	free(client);
	bus->users--;
}
