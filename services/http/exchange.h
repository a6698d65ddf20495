/* One request on its way through server.c: what is read of it, and how its answer is written. */
#ifndef SOLEUS_HTTP_EXCHANGE_H
#define SOLEUS_HTTP_EXCHANGE_H

#include "http/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>

struct exchange {
	struct http_exchange open; /* what handlers see */
	struct http_server *server;
	struct MHD_Connection *http;   /* NULL until the head was read */
	char client[INET6_ADDRSTRLEN]; /* who asks; "" when that is not known */
	char *bytes;                   /* of the body */
	size_t announced;              /* its length, as the head has it */
	int64_t began_us;
	struct exchange *next; /* while its fiber runs */
	bool suspended;
	bool done; /* its handler has ended */
};

/* `header` is where a proxy says it; "": nowhere. */
void exchange_find_client(struct exchange *exchange, const char *header);

/* Finds the route, or refuses. */
void exchange_read_head(struct exchange *exchange, const struct http_route *routes,
			const char *method, const char *version);

/* A piece of the body: no more than was announced. */
void exchange_take(struct exchange *exchange, const char *bytes, size_t length);

/* Once the body is whole; false when it was refused. */
bool exchange_read_body(struct exchange *exchange);

enum MHD_Result exchange_answer(struct exchange *exchange, bool strict_transport);

#endif
