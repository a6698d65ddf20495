#include "bus/socket.h"

#include "base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>
#include <zmq.h>

#define HEARTBEAT_MS         5000
#define HEARTBEAT_TIMEOUT_MS 15000
#define HEARTBEAT_TTL_MS     30000 /* beyond 65 s it breaks peers */
#define HANDSHAKE_MS         10000
#define RECONNECT_MS         50
#define RECONNECT_MAX_MS     2000

#define THREAD_OF_LINKS 1 /* as sets of one thread */
#define THREAD_OF_NAMES 2

struct socket {
	void *zmq; /* NULL once closed */
	struct loop *loop;
	socket_receive *receive;
	socket_flush *flush;
	void *argument;
	int64_t turn_us;
	bool started;
	bool unsent; /* flush has something to do */
	bool used;   /* since ZMQ_EVENTS was read: what it said then may not hold */
	bool woken;  /* the descriptor spoke in this turn */
	bool ready;  /* prepare saw work */
	unsigned handles;
	int kept; /* descriptor; -1: none */
	uv_poll_t poll;
	uv_prepare_t prepare;
	uv_check_t check;
	uv_idle_t idle;
};

void *socket_zmq(struct socket *socket)
{
	socket->used = true;
	return socket->zmq;
}

int64_t socket_turn_us(const struct socket *socket)
{
	return socket->turn_us;
}

void socket_flush_soon(struct socket *socket)
{
	socket->unsent = true;
}

void socket_option(struct socket *socket, int option, int value)
{
	int set = zmq_setsockopt(socket->zmq, option, &value, sizeof(value));
	assert(set == 0);
	(void)set;
}

void socket_keep(struct socket *socket, int descriptor)
{
	assert(socket->kept < 0);
	socket->kept = descriptor;
}

/* The set of threads that may carry links made from now on. */
static void set_threads(struct socket *socket, uint64_t threads)
{
	int set = zmq_setsockopt(socket->zmq, ZMQ_AFFINITY, &threads, sizeof(threads));
	assert(set == 0);
	(void)set;
}

void socket_looks_up(struct socket *socket)
{
	set_threads(socket, THREAD_OF_NAMES);
}

struct status socket_open(struct loop *loop, void *zmq_context, int type, size_t message_limit,
			  struct socket **ret_socket)
{
	struct socket *socket = calloc(1, sizeof(*socket));
	if (!socket)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for a socket");
	socket->loop = loop;
	socket->kept = -1;
	socket->zmq = zmq_socket(zmq_context, type);
	if (!socket->zmq) {
		free(socket);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "ZeroMQ gave no socket");
	}
	int64_t limit = (int64_t)message_limit;
	zmq_setsockopt(socket->zmq, ZMQ_MAXMSGSIZE, &limit, sizeof(limit));
	set_threads(socket, THREAD_OF_LINKS);
	socket_option(socket, ZMQ_LINGER, 0);
	socket_option(socket, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
	socket_option(socket, ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS);
	socket_option(socket, ZMQ_HEARTBEAT_TTL, HEARTBEAT_TTL_MS);
	socket_option(socket, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
	socket_option(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS);
	socket_option(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS);
	*ret_socket = socket;
	return status_ok();
}

/* ---- A turn of the loop, in the order of its phases ---- */

static void on_idle(uv_idle_t *idle)
{
	(void)idle; /* its existence keeps the loop from sleeping */
}

static bool has_work(struct socket *socket)
{
	int events = 0;
	size_t length = sizeof(events);
	int wanted = ZMQ_POLLIN | (socket->unsent ? ZMQ_POLLOUT : 0);
	return zmq_getsockopt(socket->zmq, ZMQ_EVENTS, &events, &length) == 0 && events & wanted;
}

static void flush_unsent(struct socket *socket)
{
	if (socket->unsent)
		socket->unsent = !socket->flush(socket->argument);
}

static void on_prepare(uv_prepare_t *prepare)
{
	struct socket *socket = prepare->data;
	flush_unsent(socket);
	/* After the sending, for that may have swallowed what the descriptor had to say. Room to
	 * send that shows only now is used in the next turn, which comes at once. Of a socket that
	 * nobody has used the descriptor says everything. */
	socket->ready = (socket->used || socket->woken) && has_work(socket);
	socket->used = socket->woken = false;
	if (socket->ready)
		uv_idle_start(&socket->idle, on_idle);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
	struct socket *socket = poll->data;
	(void)status;
	(void)events;
	socket->woken = true;
}

static void on_check(uv_check_t *check)
{
	struct socket *socket = check->data;
	uv_idle_stop(&socket->idle);
	if (!socket->woken && !socket->ready)
		return;
	socket->turn_us = clock_monotonic_us();

	/* Receiving looks for itself whether there is something. */
	for (unsigned done = 1; done <= SOCKET_BUDGET; done++) {
		if (!socket->receive(socket->argument) || !socket->zmq)
			return;
		if (done % SOCKET_BURST == 0)
			flush_unsent(socket);
	}
}

/* ---- Begin and end ---- */

void socket_start(struct socket *socket, socket_receive *receive, socket_flush *flush,
		  void *argument)
{
	uv_loop_t *uv = loop_uv(socket->loop);
	int descriptor;
	size_t length = sizeof(descriptor);
	int got = zmq_getsockopt(socket->zmq, ZMQ_FD, &descriptor, &length);
	assert(got == 0 && !socket->started);
	(void)got;

	socket->receive = receive;
	socket->flush = flush;
	socket->argument = argument;
	socket->started = true;
	socket->handles = 4;
	socket->poll.data = socket->prepare.data = socket->check.data = socket->idle.data = socket;
	uv_poll_init(uv, &socket->poll, descriptor);
	uv_prepare_init(uv, &socket->prepare);
	uv_check_init(uv, &socket->check);
	uv_idle_init(uv, &socket->idle);
	uv_poll_start(&socket->poll, UV_READABLE, on_poll);
	uv_prepare_start(&socket->prepare, on_prepare);
	uv_check_start(&socket->check, on_check);
}

static void on_closed(uv_handle_t *handle)
{
	struct socket *socket = handle->data;
	if (--socket->handles == 0)
		free(socket);
}

void socket_close(struct socket *socket)
{
	if (!socket)
		return;
	assert(socket->zmq);
	if (socket->started) {
		/* libuv lets go of the descriptor before ZeroMQ closes it. */
		uv_close((uv_handle_t *)&socket->poll, on_closed);
		uv_close((uv_handle_t *)&socket->prepare, on_closed);
		uv_close((uv_handle_t *)&socket->check, on_closed);
		uv_close((uv_handle_t *)&socket->idle, on_closed);
	}
	zmq_close(socket->zmq);
	socket->zmq = 0;
	if (socket->kept >= 0)
		close(socket->kept);
	if (!socket->started)
		free(socket);
}
