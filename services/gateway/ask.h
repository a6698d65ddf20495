/* What the gateway asks of the daemons, for one request that came over HTTP. */
#ifndef SOLEUS_GATEWAY_ASK_H
#define SOLEUS_GATEWAY_ASK_H

#include "bus/bus.h"
#include "http/server.h"

struct ask {
	const char *daemon; /* "reminders" */
	const ProtobufCServiceDescriptor *service;
	const char *method;          /* "ActOnLink" */
	const char *organisation_id; /* found out by a token; "" when the daemon reads it itself */
};

/* FIBER. One call under the gateway's key, with the trace of the request. What could not be sent is
 * sent once more, under the same idempotency key. `*ret_reply` lives in the request's arena. */
FIBER struct status ask(struct http_exchange *exchange, const struct ask *what,
			const ProtobufCMessage *request, ProtobufCMessage **ret_reply);

#define ASK_RETRY_S 5 /* Retry-After of a 503 */

/* The code of HTTP that says what `status` does: 404, 400, 409, 503, … */
unsigned ask_code(struct status status);

/* Refuses with that code, and words that tell nothing of anybody. A provider asks again after 503.
 */
void ask_refuse(struct http_exchange *exchange, struct status status);

#endif
