#include "http/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

struct http_listener {
	struct MHD_Daemon *http;
	uv_poll_t poll;   /* of libmicrohttpd's epoll */
	uv_timer_t timer; /* its time-outs */
	unsigned handles; /* open */
};

/* ---- On the loop ---- */

static void on_timer(uv_timer_t *timer);

static void run(struct http_listener *listener)
{
	MHD_UNSIGNED_LONG_LONG timeout_ms;
	MHD_run(listener->http);
	if (MHD_get_timeout(listener->http, &timeout_ms) == MHD_YES)
		uv_timer_start(&listener->timer, on_timer, timeout_ms, 0);
	else
		uv_timer_stop(&listener->timer);
}

static void on_timer(uv_timer_t *timer)
{
	run(timer->data);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	run(poll->data);
}

void http_listener_resume(struct http_listener *listener, struct MHD_Connection *connection)
{
	MHD_resume_connection(connection);
	uv_timer_start(&listener->timer, on_timer, 0, 0);
}

/* ---- Life ---- */

static bool read_address(const char *address, uint16_t port, struct sockaddr_storage *ret_address)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)ret_address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret_address;
	memset(ret_address, 0, sizeof(*ret_address));
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		return true;
	}
	if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		return true;
	}
	return false;
}

static struct MHD_Daemon *start(const struct http_listener_options *options,
				const struct sockaddr_storage *address)
{
	unsigned flags = MHD_USE_EPOLL;
	if (address->ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	if (options->suspends)
		flags |= MHD_ALLOW_SUSPEND_RESUME;
	return MHD_start_daemon(
		flags, 0, NULL, NULL, options->answer, options->argument, MHD_OPTION_SOCK_ADDR,
		(const struct sockaddr *)address, MHD_OPTION_CONNECTION_LIMIT, options->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->connections_per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, options->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		options->connection_bytes, MHD_OPTION_URI_LOG_CALLBACK, options->begins,
		options->argument, MHD_OPTION_NOTIFY_COMPLETED, options->completed,
		options->argument, MHD_OPTION_NOTIFY_CONNECTION, options->connected,
		options->argument, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
}

struct status http_listen(struct loop *loop, const struct http_listener_options *options,
			  struct http_listener **ret_listener)
{
	struct sockaddr_storage where;
	if (!read_address(options->address, options->port, &where))
		return status_error(STATUS_INVALID_ARGUMENT, "expected an IPv4 or IPv6 address");
	struct http_listener *listener = calloc(1, sizeof(*listener));
	if (!listener)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for an HTTP port");
	listener->http = start(options, &where);
	if (!listener->http) {
		free(listener);
		return status_error(STATUS_UNAVAILABLE,
				    "the port cannot be listened on: is it in use?");
	}
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(listener->http, MHD_DAEMON_INFO_EPOLL_FD);
	uv_timer_init(loop_uv(loop), &listener->timer);
	uv_poll_init(loop_uv(loop), &listener->poll, info->epoll_fd);
	listener->handles = 2;
	listener->timer.data = listener->poll.data = listener;
	uv_poll_start(&listener->poll, UV_READABLE, on_readable);
	*ret_listener = listener;
	return status_ok();
}

uint16_t http_listener_port(const struct http_listener *listener)
{
	return MHD_get_daemon_info(listener->http, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void http_listener_stop_accepting(struct http_listener *listener)
{
	MHD_socket listening = MHD_quiesce_daemon(listener->http);
	if (listening != MHD_INVALID_SOCKET)
		close(listening);
}

static void on_closed(uv_handle_t *handle)
{
	struct http_listener *listener = handle->data;
	if (--listener->handles == 0)
		free(listener);
}

void http_listener_close(struct http_listener *listener)
{
	if (!listener)
		return;
	uv_close((uv_handle_t *)&listener->poll, on_closed);
	uv_close((uv_handle_t *)&listener->timer, on_closed);
	MHD_stop_daemon(listener->http); /* the loop has let go of its descriptor */
}
