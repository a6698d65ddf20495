#include "web.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGES_MAX 32

struct kept_page {
	char *path;
	int code;
	char *body;
	size_t length;
	char *etag;
	char *type;
	char *leads_to;
	unsigned delay_ms;
	unsigned asked;
	unsigned unchanged;
};

struct web {
	struct MHD_Daemon *daemon;
	unsigned port;
	pthread_mutex_t lock;
	struct kept_page pages[PAGES_MAX];
	size_t count;
};

static char *copy(const char *text)
{
	return strdup(text ? text : "");
}

static struct kept_page *page_of(struct web *web, const char *path)
{
	for (size_t i = 0; i < web->count; i++)
		if (strcmp(web->pages[i].path, path) == 0)
			return &web->pages[i];
	return NULL;
}

static struct MHD_Response *response_of(struct kept_page *page, bool unchanged)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		unchanged ? 0 : page->length, page->body, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", page->type);
	if (*page->etag)
		MHD_add_response_header(response, "ETag", page->etag);
	if (*page->leads_to)
		MHD_add_response_header(response, "Location", page->leads_to);
	return response;
}

static enum MHD_Result answer(void *argument, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *data,
			      size_t *size, void **state)
{
	struct web *web = argument;
	(void)method;
	(void)version;
	(void)data;
	(void)size;
	(void)state;
	const char *has = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
	struct kept_page nothing = {.code = 404,
				    .body = "no such page",
				    .length = 12,
				    .etag = "",
				    .type = "text/plain",
				    .leads_to = ""};
	pthread_mutex_lock(&web->lock);
	struct kept_page *page = page_of(web, url);
	if (!page)
		page = &nothing;
	bool unchanged = has && *page->etag && strcmp(has, page->etag) == 0;
	unsigned code = unchanged ? 304 : (unsigned)page->code, delay_ms = page->delay_ms;
	struct MHD_Response *response = response_of(page, unchanged);
	page->asked++;
	page->unchanged += unchanged;
	pthread_mutex_unlock(&web->lock);
	if (delay_ms)
		usleep(delay_ms * 1000);
	enum MHD_Result result = MHD_queue_response(connection, code, response);
	MHD_destroy_response(response);
	return result;
}

struct web *web_open(void)
{
	struct web *web = calloc(1, sizeof(*web));
	struct sockaddr_in here = {.sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	pthread_mutex_init(&web->lock, NULL);
	web->daemon = MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
		answer, web, MHD_OPTION_SOCK_ADDR, &here, MHD_OPTION_END);
	if (!web->daemon) {
		fprintf(stderr, "the web server of the test does not start\n");
		exit(1);
	}
	web->port = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	return web;
}

static void free_page(struct kept_page *page)
{
	free(page->path);
	free(page->body);
	free(page->etag);
	free(page->type);
	free(page->leads_to);
}

void web_close(struct web *web)
{
	MHD_stop_daemon(web->daemon);
	for (size_t i = 0; i < web->count; i++)
		free_page(&web->pages[i]);
	pthread_mutex_destroy(&web->lock);
	free(web);
}

void web_put(struct web *web, const char *path, const struct web_page *page)
{
	size_t length = page->length ? page->length : page->body ? strlen(page->body) : 0;
	struct kept_page kept = {
		.path = copy(path),
		.code = page->code ? page->code : 200,
		.body = malloc(length + 1),
		.length = length,
		.etag = copy(page->etag),
		.type = copy(page->type ? page->type : "text/calendar"),
		.leads_to = copy(page->leads_to),
		.delay_ms = page->delay_ms,
	};
	if (length > 0)
		memcpy(kept.body, page->body, length);
	pthread_mutex_lock(&web->lock);
	struct kept_page *at = page_of(web, path);
	if (at) {
		kept.asked = at->asked;
		kept.unchanged = at->unchanged;
		free_page(at);
	} else if (web->count < PAGES_MAX) {
		at = &web->pages[web->count++];
	} else {
		abort();
	}
	*at = kept;
	pthread_mutex_unlock(&web->lock);
}

void web_url(const struct web *web, const char *path, char *ret_url, size_t bytes)
{
	snprintf(ret_url, bytes, "http://127.0.0.1:%u%s", web->port, path);
}

unsigned web_asked(struct web *web, const char *path)
{
	pthread_mutex_lock(&web->lock);
	const struct kept_page *page = page_of(web, path);
	unsigned asked = page ? page->asked : 0;
	pthread_mutex_unlock(&web->lock);
	return asked;
}

unsigned web_unchanged(struct web *web, const char *path)
{
	pthread_mutex_lock(&web->lock);
	const struct kept_page *page = page_of(web, path);
	unsigned unchanged = page ? page->unchanged : 0;
	pthread_mutex_unlock(&web->lock);
	return unchanged;
}
