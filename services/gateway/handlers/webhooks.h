/* What providers call: reports of what became of a message, and texts that came in. */
#ifndef SOLEUS_GATEWAY_HANDLERS_WEBHOOKS_H
#define SOLEUS_GATEWAY_HANDLERS_WEBHOOKS_H

#include "http/server.h"

FIBER void kannel_delivery(struct http_exchange *exchange);
FIBER void kannel_text(struct http_exchange *exchange);
FIBER void twilio_delivery(struct http_exchange *exchange);
FIBER void twilio_text(struct http_exchange *exchange);
FIBER void signed_delivery(struct http_exchange *exchange);
FIBER void signed_text(struct http_exchange *exchange);

#endif
