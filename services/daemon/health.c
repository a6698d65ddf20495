#include "daemon/health.h"

#include "base/arena.h"
#include "base/metrics.h"
#include "http/listener.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONNECTIONS       32
#define TIMEOUT_S         5
#define CONNECTION_BYTES  8192 /* the longest request */
#define METRICS_BYTES_MAX ((size_t)4 << 20)

struct health {
	struct http_listener *listener;
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

/* ---- Life ---- */

struct status health_open(struct loop *loop, const char *address, uint16_t port,
			  health_ready *ready, void *argument, struct health **ret_health)
{
	struct health *health = calloc(1, sizeof(*health));
	if (!health)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the health port");
	health->ready = ready;
	health->argument = argument;
	const struct http_listener_options options = {
		.address = address,
		.port = port,
		.connections = CONNECTIONS,
		.idle_s = TIMEOUT_S,
		.connection_bytes = CONNECTION_BYTES,
		.answer = on_request,
		.argument = health,
	};
	struct status status = http_listen(loop, &options, &health->listener);
	if (status_is_ok(status)) {
		*ret_health = health;
		return status;
	}
	free(health);
	if (status.code == STATUS_INVALID_ARGUMENT)
		status.message = "SOLEUS_HEALTH_ADDRESS: expected an IPv4 or IPv6 address";
	if (status.code == STATUS_UNAVAILABLE)
		status.message = "SOLEUS_HEALTH_PORT cannot be listened on: is it in use?";
	return status;
}

void health_close(struct health *health)
{
	if (!health)
		return;
	http_listener_close(health->listener);
	free(health);
}
