/* HTTP on the loop: libmicrohttpd's epoll in a uv_poll, its time-outs in a uv_timer, one thread.
 *
 * What is done with a request is its callbacks' (health.c of the daemons, server.c of this room),
 * which run on the loop. Requests that HTTP forbids end here.
 */
#ifndef SOLEUS_HTTP_LISTENER_H
#define SOLEUS_HTTP_LISTENER_H

#include "base/status.h"
#include "loop/loop.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_listener;

struct http_listener_options {
	const char *address; /* IPv4 or IPv6 */
	uint16_t port;       /* 0: one that is free */
	unsigned connections;
	unsigned connections_per_address; /* 0: all may be of one */
	unsigned idle_s;                  /* a connection on which nothing moves is closed */
	size_t connection_bytes;          /* head of a request, and of its answer */
	bool suspends;                    /* answers may come later: http_listener_resume */
	MHD_AccessHandlerCallback answer;
	void *argument; /* of all callbacks */
	/* May be NULL; as libmicrohttpd has them. */
	void *(*begins)(void *argument, const char *target, struct MHD_Connection *connection);
	MHD_RequestCompletedCallback completed;
	MHD_NotifyConnectionCallback connected;
};

/* UNAVAILABLE when nobody may listen there, INVALID_ARGUMENT for what is no address. */
struct status http_listen(struct loop *loop, const struct http_listener_options *options,
			  struct http_listener **ret_listener);
uint16_t http_listener_port(const struct http_listener *listener);

/* A suspended request goes on soon, from the loop. */
void http_listener_resume(struct http_listener *listener, struct MHD_Connection *connection);

/* Takes no connection any more; those that are there go on. */
void http_listener_stop_accepting(struct http_listener *listener);

/* Ends all connections, with the callbacks that tell of it; none may be suspended. NULL is allowed.
 * The memory is freed once libuv has closed the handles. */
void http_listener_close(struct http_listener *listener);

#endif
