/* Requests by a table of routes, each served on a fiber that reads from top to bottom.
 *
 * Before a handler runs its request has one length, one host, a path and a method of the table, a
 * body of the right kind and size, and well-formed fields; else it is refused, and the connection
 * is closed, so that what was misread once is not read on. Slow clients are cut off, whoever asks
 * too much at once is told to come again (429, 503). Answers carry the headers that keep a page to
 * itself. The log has route, code and time of each request, never its address, path or text.
 *
 *     static const struct http_route routes[] = {
 *             {"GET", "/l/{token}", HTTP_NO_BODY, 0, show_link},
 *             {"POST", "/l/{token}", HTTP_FORM, 4096, act_on_link},
 *             {NULL},
 *     };
 */
#ifndef SOLEUS_HTTP_SERVER_H
#define SOLEUS_HTTP_SERVER_H

#include "base/status.h"
#include "http/form.h"
#include "loop/loop.h"

#include <stdint.h>

struct http_exchange;

enum http_body {
	HTTP_NO_BODY,
	HTTP_FORM,
	HTTP_FORM_OR_PARTS, /* a form, or multipart/form-data, of which `body` alone is given */
	HTTP_JSON,
};

struct http_route {
	const char *method; /* GET serves HEAD too; NULL ends the table */
	const char *path;   /* with one {parameter} at most */
	enum http_body body;
	size_t most_bytes; /* of the body; without one of the query */
	FIBER void (*handle)(struct http_exchange *exchange);
};

/* A request, and its answer once a handler has given one. All lives in the arena. */
struct http_exchange {
	struct arena *arena;
	const struct http_route *route;
	const char *target;    /* as it came: path and query */
	const char *parameter; /* of the path */
	struct http_fields query;
	struct http_fields form; /* of a form */
	const char *body;        /* as it came, terminated */
	size_t length;
	const char *traceparent; /* a trace of its own: nobody outside chooses ours */
	void *context;           /* of the server */
	unsigned code;           /* of the answer; 0: none yet */
	const char *type;
	const char *text;
	const char *allow; /* Allow of a 405; NULL */
	unsigned retry_s;  /* Retry-After; 0: none */
	bool wants_page;   /* a person reads the answer */
	bool keeps;        /* may be kept for a day: a style sheet */
};

/* The value of a header that is there once; NULL else. */
const char *http_header(const struct http_exchange *exchange, const char *name);

/* The answer, in the arena or static. */
void http_answer_text(struct http_exchange *exchange, unsigned code, const char *type,
		      const char *text);

/* Refuses, as a problem (RFC 9457) or a small page, whichever the client reads. `why` is shown:
 * nothing that belongs to anybody. */
void http_refuse(struct http_exchange *exchange, unsigned code, const char *why);

/* `text` with what HTML would read as its own written out; NULL beyond the arena's budget. */
const char *http_escape(struct arena *arena, const char *text);

struct http_server;

struct http_server_options {
	const char *address;
	uint16_t port; /* 0: one that is free */
	const struct http_route *routes;
	void *context;
	unsigned connections;
	unsigned connections_per_address;
	unsigned in_flight; /* requests at work: beyond it 503 */
	unsigned in_flight_per_client;
	int64_t patience_us; /* to send a request, or to take an answer */
	/* Where a reverse proxy says who asks (X-Forwarded-For: the last one counts); "" without
	 * one. With it connections_per_address counts for nothing: all are the proxy's. */
	const char *client_header;
	bool strict_transport; /* reached by https alone */
};

struct status http_serve(struct loop *loop, const struct http_server_options *options,
			 struct http_server **ret_server);
uint16_t http_server_port(const struct http_server *server);

void http_server_stop_accepting(struct http_server *server);
size_t http_server_in_flight(const struct http_server *server);

/* Nothing may be in flight. NULL is allowed. */
void http_server_close(struct http_server *server);

#endif
