#include "daemon/health.h"

#include "base/arena.h"
#include "base/metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define CONNECTIONS       32
#define TIMEOUT_S         5
#define CONNECTION_BYTES  8192 /* the longest request */
#define METRICS_BYTES_MAX ((size_t)4 << 20)

struct health {
	struct MHD_Daemon *http;
	uv_poll_t poll;   /* of libmicrohttpd's epoll */
	uv_timer_t timer; /* its time-outs */
	unsigned handles; /* open */
	health_ready *ready;
	void *argument;
};

/* ---- Answers ---- */

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned code, const char *type,
			      const char *body)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(body), (void *)body, MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (code == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET");
	if (code >= MHD_HTTP_BAD_REQUEST && code != MHD_HTTP_SERVICE_UNAVAILABLE)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	enum MHD_Result queued = MHD_queue_response(connection, code, response);
	MHD_destroy_response(response);
	return queued;
}

static enum MHD_Result answer_words(struct MHD_Connection *connection, unsigned code,
				    const char *words)
{
	return answer(connection, code, "text/plain; charset=utf-8", words);
}

static enum MHD_Result answer_metrics(struct MHD_Connection *connection)
{
	struct arena *arena = arena_new(METRICS_BYTES_MAX);
	const char *text = arena ? metrics_text(arena) : NULL;
	enum MHD_Result result =
		text ? answer(connection, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8",
			      text)
		     : answer_words(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "no memory\n");
	arena_free(arena);
	return result;
}

static enum MHD_Result answer_readiness(struct health *health, struct MHD_Connection *connection)
{
	const char *why = "";
	if (health->ready(health->argument, &why))
		return answer_words(connection, MHD_HTTP_OK, "ready\n");
	char words[128];
	snprintf(words, sizeof(words), "%s\n", why);
	return answer_words(connection, MHD_HTTP_SERVICE_UNAVAILABLE, words);
}

static bool has_body(struct MHD_Connection *connection)
{
	const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_CONTENT_LENGTH);
	const char *coding = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_TRANSFER_ENCODING);
	return coding || (length && strcmp(length, "0") != 0);
}

static enum MHD_Result on_request(void *argument, struct MHD_Connection *connection,
				  const char *url, const char *method, const char *version,
				  const char *upload, size_t *upload_length, void **state)
{
	struct health *health = argument;
	(void)version;
	(void)upload;
	(void)upload_length;
	(void)state;
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
		return answer_words(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET\n");
	if (has_body(connection))
		return answer_words(connection, MHD_HTTP_BAD_REQUEST, "a GET has no body\n");
	if (strcmp(url, "/healthz") == 0)
		return answer_words(connection, MHD_HTTP_OK, "ok\n");
	if (strcmp(url, "/readyz") == 0)
		return answer_readiness(health, connection);
	if (strcmp(url, "/metrics") == 0)
		return answer_metrics(connection);
	return answer_words(connection, MHD_HTTP_NOT_FOUND,
			    "there are /healthz, /readyz and /metrics\n");
}

/* ---- On the loop ---- */

static void on_timer(uv_timer_t *timer);

static void run(struct health *health)
{
	MHD_UNSIGNED_LONG_LONG timeout_ms;
	MHD_run(health->http);
	if (MHD_get_timeout(health->http, &timeout_ms) == MHD_YES)
		uv_timer_start(&health->timer, on_timer, timeout_ms, 0);
	else
		uv_timer_stop(&health->timer);
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

/* ---- Life ---- */

static void on_closed(uv_handle_t *handle)
{
	struct health *health = handle->data;
	if (--health->handles > 0)
		return;
	if (health->http)
		MHD_stop_daemon(health->http);
	free(health);
}

void health_close(struct health *health)
{
	if (!health)
		return;
	uv_close((uv_handle_t *)&health->poll, on_closed);
	uv_close((uv_handle_t *)&health->timer, on_closed);
}

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

static struct MHD_Daemon *listen_on(struct health *health, const struct sockaddr_storage *address)
{
	unsigned flags = MHD_USE_EPOLL;
	if (address->ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, health, MHD_OPTION_SOCK_ADDR,
				(const struct sockaddr *)address, MHD_OPTION_CONNECTION_LIMIT,
				(unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
				(unsigned)TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
				(size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
				MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
}

struct status health_open(struct loop *loop, const char *address, uint16_t port,
			  health_ready *ready, void *argument, struct health **ret_health)
{
	struct sockaddr_storage where;
	if (!read_address(address, port, &where))
		return status_error(STATUS_INVALID_ARGUMENT,
				    "SOLEUS_HEALTH_ADDRESS: expected an IPv4 or IPv6 address");
	struct health *health = calloc(1, sizeof(*health));
	if (!health)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the health port");
	health->ready = ready;
	health->argument = argument;
	health->http = listen_on(health, &where);
	if (!health->http) {
		free(health);
		return status_error(STATUS_UNAVAILABLE,
				    "SOLEUS_HEALTH_PORT cannot be listened on: is it in use?");
	}
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(health->http, MHD_DAEMON_INFO_EPOLL_FD);
	uv_timer_init(loop_uv(loop), &health->timer);
	uv_poll_init(loop_uv(loop), &health->poll, info->epoll_fd);
	health->handles = 2;
	health->timer.data = health->poll.data = health;
	uv_poll_start(&health->poll, UV_READABLE, on_readable);
	*ret_health = health;
	return status_ok();
}
