#include "http/server.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/random.h"
#include "http/exchange.h"
#include "http/listener.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define IDLE_S           10
#define CONNECTION_BYTES ((size_t)24 << 10) /* of the longest head */
#define EXCHANGE_BYTES   ((size_t)2 << 20)
#define RETRY_S          1

struct http_server {
	struct http_server_options options;
	struct loop *loop;
	struct http_listener *listener;
	struct exchange *working; /* list of those whose fiber runs */
	size_t in_flight;
	bool stopping;
};

/* One that is open; its timer runs while the client is to move. */
struct connection {
	struct http_server *server;
	struct loop_timer patience;
	int fd;
};

static struct metric requests =
	METRIC_COUNTER_BY("soleus_http_requests_total", "request", "Requests, by route and code.");
static struct metric seconds =
	METRIC_HISTOGRAM_BY("soleus_http_request_seconds", "route", "From the head to the answer.");
static struct metric cut_off =
	METRIC_COUNTER("soleus_http_slow_clients_total", "Connections of clients that were slow.");
METRICS_FROM_THE_START(&requests, &seconds, &cut_off)

/* ---- A connection's patience ---- */

/* libmicrohttpd sees the end of the line, and closes. */
static void on_impatience(void *argument)
{
	struct connection *connection = argument;
	metric_add(&cut_off, 1);
	shutdown(connection->fd, SHUT_RDWR);
}

static struct connection *connection_of(struct MHD_Connection *http)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(http, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

static void await_client(struct connection *connection)
{
	if (connection)
		loop_timer_start(connection->server->loop, &connection->patience,
				 connection->server->options.patience_us, 0, on_impatience,
				 connection);
}

static void on_connection(void *argument, struct MHD_Connection *http, void **context,
			  enum MHD_ConnectionNotificationCode what)
{
	struct http_server *server = argument;
	struct connection *connection = *context;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		connection = *context = calloc(1, sizeof(*connection));
		if (!connection)
			return;
		connection->server = server;
		connection->fd = MHD_get_connection_info(http, MHD_CONNECTION_INFO_CONNECTION_FD)
					 ->connect_fd;
		await_client(connection);
	} else if (connection) {
		loop_timer_stop(server->loop, &connection->patience);
		free(connection);
		*context = NULL;
	}
}

/* ---- The life of a request: begins, head, body, work, answer, completed ---- */

static void *on_begin(void *argument, const char *target, struct MHD_Connection *http)
{
	struct http_server *server = argument;
	struct exchange *exchange = calloc(1, sizeof(*exchange));
	(void)http;
	if (!exchange)
		return NULL;
	exchange->server = server;
	exchange->began_us = clock_monotonic_us();
	exchange->open.arena = arena_new(EXCHANGE_BYTES);
	exchange->open.context = server->options.context;
	exchange->open.target = arena_strdup(exchange->open.arena, target);
	exchange->open.parameter = exchange->open.body = "";
	return exchange;
}

static void on_completed(void *argument, struct MHD_Connection *http, void **state,
			 enum MHD_RequestTerminationCode how)
{
	struct exchange *exchange = *state;
	(void)argument;
	(void)how;
	if (!exchange)
		return;
	await_client(connection_of(http));
	arena_free(exchange->open.arena);
	free(exchange);
	*state = NULL;
}

static void note(const struct exchange *exchange)
{
	const struct http_exchange *open = &exchange->open;
	const char *route = open->route ? open->route->path : "none";
	int64_t took_us = clock_monotonic_us() - exchange->began_us;
	char label[128];
	snprintf(label, sizeof(label), "%s %s %u", open->route ? open->route->method : "-", route,
		 open->code);
	metric_add(metric_with(&requests, label), 1);
	metric_observe_us(metric_with(&seconds, route), took_us);
	log_info("http", LOG_STR("route", route), LOG_INT("code", open->code),
		 LOG_INT("duration_us", took_us),
		 LOG_STR("trace", open->traceparent ? open->traceparent : ""));
}

static enum MHD_Result answer(struct exchange *exchange)
{
	enum MHD_Result queued =
		exchange_answer(exchange, exchange->server->options.strict_transport);
	note(exchange);
	await_client(connection_of(exchange->http));
	return queued;
}

static FIBER void work(void *argument)
{
	struct exchange *exchange = argument;
	struct http_server *server = exchange->server;
	exchange->open.route->handle(&exchange->open);
	if (!exchange->open.code)
		http_refuse(&exchange->open, MHD_HTTP_INTERNAL_SERVER_ERROR,
			    "something went wrong");
	struct exchange **link = &server->working;
	while (*link != exchange)
		link = &(*link)->next;
	*link = exchange->next;
	server->in_flight--;
	exchange->done = true;
	if (exchange->suspended)
		http_listener_resume(server->listener, exchange->http);
}

static bool has_room(struct exchange *exchange)
{
	const struct http_server *server = exchange->server;
	unsigned same = 0;
	for (const struct exchange *other = server->working; other; other = other->next)
		same += strcmp(other->client, exchange->client) == 0;
	exchange->open.retry_s = RETRY_S;
	if (server->stopping || server->in_flight >= server->options.in_flight)
		http_refuse(&exchange->open, MHD_HTTP_SERVICE_UNAVAILABLE, "busy: ask again soon");
	else if (same >= server->options.in_flight_per_client)
		http_refuse(&exchange->open, MHD_HTTP_TOO_MANY_REQUESTS,
			    "too much at once: ask again soon");
	else
		exchange->open.retry_s = 0;
	return !exchange->open.code;
}

static void make_trace(struct http_exchange *open)
{
	open->traceparent = arena_printf(
		open->arena, "00-%016llx%016llx-%016llx-01", (unsigned long long)random_u64(),
		(unsigned long long)random_u64(), (unsigned long long)random_u64());
}

/* The request is whole. */
static enum MHD_Result begin_work(struct exchange *exchange)
{
	struct http_server *server = exchange->server;
	make_trace(&exchange->open);
	if (!exchange_read_body(exchange) || !has_room(exchange))
		return answer(exchange);
	exchange->next = server->working;
	server->working = exchange;
	server->in_flight++;
	struct connection *connection = connection_of(exchange->http);
	if (connection)
		loop_timer_stop(server->loop, &connection->patience);
	struct status status = fiber_start(work, exchange);
	if (!status_is_ok(status)) {
		server->working = exchange->next;
		server->in_flight--;
		http_refuse(&exchange->open, MHD_HTTP_SERVICE_UNAVAILABLE, "busy: ask again soon");
		return answer(exchange);
	}
	if (exchange->done)
		return answer(exchange);
	exchange->suspended = true;
	MHD_suspend_connection(exchange->http);
	return MHD_YES;
}

static enum MHD_Result on_request(void *argument, struct MHD_Connection *http, const char *url,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_length, void **state)
{
	struct http_server *server = argument;
	struct exchange *exchange = *state;
	(void)url;
	if (!exchange)
		return MHD_NO;
	if (exchange->done)
		return answer(exchange);
	if (!exchange->http) {
		exchange->http = http;
		exchange_find_client(exchange, server->options.client_header);
		exchange_read_head(exchange, server->options.routes, method, version);
		return exchange->open.code ? answer(exchange) : MHD_YES;
	}
	if (*upload_length > 0) {
		exchange_take(exchange, upload, *upload_length);
		*upload_length = 0;
		return MHD_YES;
	}
	return begin_work(exchange);
}

/* ---- Life of the server ---- */

struct status http_serve(struct loop *loop, const struct http_server_options *options,
			 struct http_server **ret_server)
{
	struct http_server *server = calloc(1, sizeof(*server));
	if (!server)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the HTTP server");
	server->options = *options;
	server->loop = loop;
	const struct http_listener_options listen = {
		.address = options->address,
		.port = options->port,
		.connections = options->connections,
		.connections_per_address =
			options->client_header[0] ? 0 : options->connections_per_address,
		.idle_s = IDLE_S,
		.connection_bytes = CONNECTION_BYTES,
		.suspends = true,
		.answer = on_request,
		.argument = server,
		.begins = on_begin,
		.completed = on_completed,
		.connected = on_connection,
	};
	struct status status = http_listen(loop, &listen, &server->listener);
	if (!status_is_ok(status)) {
		free(server);
		return status;
	}
	*ret_server = server;
	return status;
}

uint16_t http_server_port(const struct http_server *server)
{
	return http_listener_port(server->listener);
}

void http_server_stop_accepting(struct http_server *server)
{
	server->stopping = true;
	http_listener_stop_accepting(server->listener);
}

size_t http_server_in_flight(const struct http_server *server)
{
	return server->in_flight;
}

void http_server_close(struct http_server *server)
{
	if (!server)
		return;
	http_listener_close(server->listener);
	free(server);
}
