#include "callbacks.h"

#include <microhttpd.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define CALLBACKS_MOST 400

struct callbacks {
	struct MHD_Daemon *daemon;
	char url[64];
	int (*answer)(const struct callback *callback, char *ret_body, size_t bytes);
	pthread_mutex_t lock;
	struct callback *all[CALLBACKS_MOST];
	size_t count;
};

static void append(char *text, size_t bytes, const char *format, const char *name,
		   const char *value)
{
	size_t length = strlen(text);
	snprintf(text + length, bytes - length, format, name, value ? value : "");
}

static enum MHD_Result add_query(void *argument, enum MHD_ValueKind kind, const char *name,
				 const char *value)
{
	struct callback *callback = argument;
	(void)kind;
	append(callback->query, sizeof(callback->query), "%s=%s&", name, value);
	return MHD_YES;
}

static enum MHD_Result add_header(void *argument, enum MHD_ValueKind kind, const char *name,
				  const char *value)
{
	struct callback *callback = argument;
	(void)kind;
	append(callback->headers, sizeof(callback->headers), "%s: %s\n", name, value);
	return MHD_YES;
}

static enum MHD_Result keep(struct callbacks *callbacks, struct MHD_Connection *connection,
			    struct callback *callback)
{
	char body[4000] = "";
	pthread_mutex_lock(&callbacks->lock);
	int code = callbacks->answer ? callbacks->answer(callback, body, sizeof(body)) : 200;
	if (callbacks->count < CALLBACKS_MOST)
		callbacks->all[callbacks->count++] = callback;
	else
		free(callback);
	pthread_mutex_unlock(&callbacks->lock);
	if (code == 0)
		return MHD_NO;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(body), body, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result queued = MHD_queue_response(connection, (unsigned)code, response);
	MHD_destroy_response(response);
	return queued;
}

static enum MHD_Result on_request(void *argument, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *body, size_t *length, void **of)
{
	struct callback *callback = *of;
	(void)version;
	if (!callback) {
		callback = *of = calloc(1, sizeof(*callback));
		snprintf(callback->method, sizeof(callback->method), "%s", method);
		snprintf(callback->path, sizeof(callback->path), "%s", path);
		MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, callback);
		MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, callback);
		return MHD_YES;
	}
	if (*length > 0) {
		strncat(callback->body, body,
			*length < sizeof(callback->body) - strlen(callback->body) - 1 ? *length
										      : 0);
		*length = 0;
		return MHD_YES;
	}
	return keep(argument, connection, callback);
}

struct callbacks *callbacks_open(int (*answer)(const struct callback *callback, char *ret_body,
					       size_t bytes))
{
	struct callbacks *callbacks = calloc(1, sizeof(*callbacks));
	callbacks->answer = answer;
	pthread_mutex_init(&callbacks->lock, NULL);
	callbacks->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
					     on_request, callbacks, MHD_OPTION_END);
	assert_non_null(callbacks->daemon);
	snprintf(callbacks->url, sizeof(callbacks->url), "http://127.0.0.1:%u",
		 MHD_get_daemon_info(callbacks->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	return callbacks;
}

void callbacks_close(struct callbacks *callbacks)
{
	MHD_stop_daemon(callbacks->daemon);
	for (size_t i = 0; i < callbacks->count; i++)
		free(callbacks->all[i]);
	pthread_mutex_destroy(&callbacks->lock);
	free(callbacks);
}

const char *callbacks_url(const struct callbacks *callbacks)
{
	return callbacks->url;
}

const struct callback *callbacks_next(struct callbacks *callbacks, const char *path,
				      unsigned patience_ms)
{
	for (unsigned waited = 0;; waited += 10) {
		struct callback *found = NULL;
		pthread_mutex_lock(&callbacks->lock);
		for (size_t i = 0; i < callbacks->count && !found; i++)
			if (!callbacks->all[i]->taken &&
			    strncmp(callbacks->all[i]->path, path, strlen(path)) == 0)
				found = callbacks->all[i];
		if (found)
			found->taken = true;
		pthread_mutex_unlock(&callbacks->lock);
		if (found || waited >= patience_ms)
			return found;
		usleep(10000);
	}
}

/* What stands between `before` and one of `ends`. */
static const char *between(const char *text, const char *before, const char *ends)
{
	static char value[2000];
	const char *from = strstr(text, before);
	value[0] = '\0';
	if (from)
		snprintf(value, sizeof(value), "%.*s", (int)strcspn(from + strlen(before), ends),
			 from + strlen(before));
	return value;
}

const char *callback_value(const struct callback *callback, const char *name)
{
	char before[100];
	snprintf(before, sizeof(before), "%s=", name);
	return between(*callback->query ? callback->query : callback->body, before, "&");
}

const char *callback_header(const struct callback *callback, const char *name)
{
	char before[100];
	snprintf(before, sizeof(before), "%s: ", name);
	return between(callback->headers, before, "\n");
}
