#include "base/clock.h"
#include "base/metrics.h"
#include "bus/arena_pool.h"
#include "bus/context.h"
#include "bus/dispatch.h"
#include "bus/limits.h"
#include "bus/link.h"
#include "bus/reply.h"
#include "bus/socket.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PEER_QUEUE 4096

/* Somewhat beyond the limit a request is still read, to be refused in words instead of by the end
 * of its connection; and the fewer of a peer wait for us. */
#define READ_LIMITS   4
#define PEER_REQUESTS 256

static struct metric requests_read =
	METRIC_COUNTER_BY("soleus_bus_requests_total", "method", "Requests of a known method.");
static struct metric request_time = METRIC_HISTOGRAM_BY(
	"soleus_bus_request_seconds", "method", "From the turn that read a request to its reply.");
static struct metric replies_sent =
	METRIC_COUNTER_BY("soleus_bus_replies_total", "code", "Replies by status.");
static struct metric replies_lost = METRIC_COUNTER("soleus_bus_replies_lost_total",
						   "Replies whose peer had gone or was too slow.");
static struct metric bad_frames =
	METRIC_COUNTER("soleus_bus_bad_frames_total", "Messages that are no request.");
static struct metric requests_in_flight =
	METRIC_GAUGE("soleus_bus_in_flight", "Requests that have not been answered yet.");
METRICS_FROM_THE_START(&requests_read, &request_time, &replies_sent, &replies_lost, &bad_frames,
		       &requests_in_flight)

/* A request arrives (on_message), is decided (request_decide), runs (request_run), is answered
 * (request_answer), and ends (request_end) when its answer went out with the others of the turn
 * (on_flush). */
static bool on_message(void *argument);
static bool on_flush(void *argument);

struct metrics_of_method {
	struct metric *requests;
	struct metric *time;
};

struct bus_server {
	struct bus *bus; /* NULL once closed, as the socket */
	struct socket *socket;
	struct method_table *methods;
	struct metrics_of_method *metrics; /* by method's number */
	struct limits limits;
	void *context;
	bool stopping;
	size_t references;              /* its owner's, and one for each request */
	struct request *answered_first; /* in the order of their answers */
	struct request **answered_end;
	size_t message_limit_bytes;
	struct arena_pool arenas;
};

/* In its own arena. */
struct request {
	struct call call; /* first: a handler's closure data is the call */
	struct bus_server *server;
	struct dispatch dispatch;
	struct load *load; /* NULL until it counts */
	int64_t arrived_us;
	bool answered;        /* its reply is here, and then gone */
	struct request *next; /* in the queue of answered ones */
	zmq_msg_t route;
	zmq_msg_t payload;
	zmq_msg_t reply_header;
	zmq_msg_t reply_payload;
};

/* ---- Ends ---- */

static void server_release(struct bus_server *server)
{
	assert(server->references > 0);
	if (--server->references > 0)
		return;
	arena_pool_free(&server->arenas);
	limits_free(&server->limits);
	method_table_free(server->methods);
	free(server->metrics);
	free(server);
}

static void request_end(struct request *request)
{
	struct bus_server *server = request->server;
	if (request->load) {
		limits_end(&server->limits, request->load);
		metric_add(&requests_in_flight, -1);
	}
	zmq_msg_close(&request->route);
	zmq_msg_close(&request->payload);
	if (request->answered) {
		zmq_msg_close(&request->reply_header);
		zmq_msg_close(&request->reply_payload);
	}
	arena_pool_give(&server->arenas, request->call.arena);
	server_release(server);
}

/* ---- Answering ---- */

static void count_reply(enum status_code code)
{
	static struct metric *by_code[STATUS_UNAUTHENTICATED + 1];
	assert(code <= STATUS_UNAUTHENTICATED);
	if (!by_code[code])
		by_code[code] = metric_with(&replies_sent, status_code_name(code));
	metric_add(by_code[code], 1);
}

/* Exactly one reply for each request. */
static void request_answer(struct request *request, struct status status,
			   const ProtobufCMessage *reply)
{
	struct bus_server *server = request->server;
	assert(!request->answered);
	request->answered = true;
	status = reply_payload_frame(status, reply, &request->call, server->message_limit_bytes,
				     &request->reply_payload);
	if (!reply_header_frame(request->dispatch.message_id, status, request->call.arena,
				server->message_limit_bytes, &request->reply_header))
		zmq_msg_init(&request->reply_header); /* out of memory: its client will time out */
	count_reply(status.code);
}

static void request_measure(const struct request *request, int64_t now_us)
{
	const struct method *method = request->dispatch.method;
	if (method)
		metric_observe_us(request->server->metrics[method->number].time,
				  now_us - request->arrived_us);
}

/* Its answer waits for the end of the turn. */
static void request_queue(struct request *request)
{
	struct bus_server *server = request->server;
	assert(request->answered);
	if (!server->socket) {
		request_end(request);
		return;
	}
	*server->answered_end = request;
	server->answered_end = &request->next;
	socket_flush_soon(server->socket);
}

static struct request *request_unqueue(struct bus_server *server)
{
	struct request *request = server->answered_first;
	if (request) {
		server->answered_first = request->next;
		if (!request->next)
			server->answered_end = &server->answered_first;
	}
	return request;
}

/* A peer that has gone, or is too slow to take its replies, loses them. */
static bool send_reply(void *zmq, struct request *request)
{
	return frame_send(zmq, &request->route, true) &&
	       frame_send(zmq, &request->reply_header, true) &&
	       frame_send(zmq, &request->reply_payload, false);
}

static bool on_flush(void *argument)
{
	struct bus_server *server = argument;
	int64_t now_us = clock_monotonic_us();
	for (struct request *request; (request = request_unqueue(server));) {
		if (!send_reply(socket_zmq(server->socket), request))
			metric_add(&replies_lost, 1);
		request_measure(request, now_us);
		request_end(request);
	}
	return true;
}

/* ---- Running ---- */

static void on_reply(const ProtobufCMessage *reply, void *closure_data)
{
	struct request *request = closure_data;
	if (!request->answered)
		request_answer(request, request->call.status, reply);
}

static void request_run(void *argument)
{
	struct request *request = argument;
	const struct method *method = request->dispatch.method;
	fiber_local_set(&request->call);
	fiber_deadline_set(request->call.deadline_us);
	method->service->invoke(method->service, method->index, request->dispatch.request, on_reply,
				&request->call);
	if (!request->answered)
		request_answer(request, request->call.status, 0);
	fiber_local_set(0);
	request_queue(request);
}

static void request_start(struct request *request)
{
	struct bus_server *server = request->server;
	request->call.context = server->context;
	limits_begin(&server->limits, request->load);
	metric_add(&requests_in_flight, 1);
	struct status status = fiber_start(request_run, request);
	if (!status_is_ok(status)) {
		request_answer(request, status, 0);
		request_queue(request);
	}
}

/* ---- Arriving ---- */

static struct request *request_new(struct bus_server *server)
{
	struct arena *arena = arena_pool_take(&server->arenas);
	struct request *request = arena ? ARENA_NEW(arena, struct request) : 0;
	if (!request) {
		arena_free(arena);
		return 0;
	}
	request->call.arena = arena;
	request->server = server;
	request->arrived_us = socket_turn_us(server->socket);
	zmq_msg_init(&request->route);
	zmq_msg_init(&request->payload);
	server->references++;
	return request;
}

static struct frame frame_of(zmq_msg_t *message)
{
	return (struct frame){zmq_msg_data(message), zmq_msg_size(message)};
}

/* Frames: route, method, header, payload. */
static enum dispatch_verdict request_decide(struct request *request, struct frames *frames)
{
	struct bus_server *server = request->server;
	const char *user_id = zmq_msg_gets(&frames->parts[frames->kept - 1], "User-Id");
	const struct principal *peer = bus_principal(server->bus, user_id);
	request->load = peer ? limits_of(&server->limits, peer) : 0;

	struct dispatch_input input = {
		.frame_count = frames->count - 1,
		.peer = peer,
		.message_limit_bytes = server->message_limit_bytes,
		.stopping = server->stopping,
		.full = !request->load || limits_full(&server->limits, request->load),
		.arrived_us = request->arrived_us,
		.now_us = clock_monotonic_us(),
	};
	zmq_msg_move(&request->route, &frames->parts[0]);
	if (frames->kept > DISPATCH_FRAMES) {
		zmq_msg_move(&request->payload, &frames->parts[3]);
		input.frames[2] = frame_of(&request->payload);
	}
	for (unsigned i = 0; i < 2 && i + 1 < frames->kept; i++)
		input.frames[i] = frame_of(&frames->parts[i + 1]);
	return dispatch_decide(server->methods, &input, &request->call, &request->dispatch);
}

static void request_take(struct bus_server *server, struct frames *frames)
{
	struct request *request = request_new(server);
	if (!request)
		return; /* the client's own time-out tells it */
	enum dispatch_verdict verdict = request_decide(request, frames);
	if (request->dispatch.method)
		metric_add(server->metrics[request->dispatch.method->number].requests, 1);
	if (verdict == DISPATCH_RUN) {
		request_start(request);
		return;
	}
	request->load = 0;
	if (verdict == DISPATCH_DROP || request->dispatch.malformed)
		metric_add(&bad_frames, 1);
	if (verdict == DISPATCH_DROP) {
		request_end(request);
		return;
	}
	request_answer(request, request->dispatch.refusal, 0);
	request_queue(request);
}

static bool on_message(void *argument)
{
	struct bus_server *server = argument;
	struct frames frames;
	if (!frames_receive(socket_zmq(server->socket), &frames))
		return false;
	if (frames.count > 1)
		request_take(server, &frames);
	else
		metric_add(&bad_frames, 1);
	frames_close(&frames);
	return true;
}

/* ---- Begin and end ---- */

static struct status server_begin(struct bus_server *server, const char *endpoint,
				  ProtobufCService *const *services,
				  const struct access_rule *rules)
{
	struct bus *bus = server->bus;
	struct status status = method_table_new(services, rules, &server->methods);
	if (!status_is_ok(status))
		return status;
	size_t count = method_table_count(server->methods);
	server->metrics = calloc(count ? count : 1, sizeof(*server->metrics));
	if (!server->metrics)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the server");
	for (size_t i = 0; i < count; i++) {
		const char *name = method_table_at(server->methods, i)->name;
		server->metrics[i].requests = metric_with(&requests_read, name);
		server->metrics[i].time = metric_with(&request_time, name);
	}
	status = socket_open(bus->loop, bus->zmq, ZMQ_ROUTER,
			     READ_LIMITS * bus->message_limit_bytes, &server->socket);
	if (!status_is_ok(status))
		return status;
	socket_option(server->socket, ZMQ_ROUTER_MANDATORY, 1);
	socket_option(server->socket, ZMQ_SNDHWM, PEER_QUEUE);
	socket_option(server->socket, ZMQ_RCVHWM, PEER_REQUESTS);
	return link_bind(bus, server->socket, endpoint, ZAP_DOMAIN_CALLS);
}

struct status bus_serve(struct bus *bus, const char *endpoint, ProtobufCService *const *services,
			const struct access_rule *rules, void *context,
			struct bus_server **ret_server)
{
	struct bus_server *server = calloc(1, sizeof(*server));
	if (!server)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the server");
	server->bus = bus;
	server->context = context;
	server->references = 1;
	server->answered_end = &server->answered_first;
	server->message_limit_bytes = bus->message_limit_bytes;
	server->arenas.budget_bytes = bus->arena_limit_bytes;
	server->limits.in_flight_max = bus->in_flight;
	server->limits.per_principal_max = bus->in_flight_per_principal;
	struct status status = server_begin(server, endpoint, services, rules);
	if (!status_is_ok(status)) {
		socket_close(server->socket);
		server_release(server);
		return status;
	}
	bus->users++;
	socket_start(server->socket, on_message, on_flush, server);
	*ret_server = server;
	return status;
}

void bus_server_stop_accepting(struct bus_server *server)
{
	server->stopping = true;
}

size_t bus_server_in_flight(const struct bus_server *server)
{
	return server->limits.in_flight;
}

void bus_server_close(struct bus_server *server)
{
	if (!server)
		return;
	server->bus->users--;
	on_flush(server);
	/* The last replies may still be on their way out. */
	socket_option(server->socket, ZMQ_LINGER, 1000);
	socket_close(server->socket);
	server->socket = 0;
	server->bus = 0;
	server_release(server);
}
