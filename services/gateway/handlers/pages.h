/* What is served to people, and to who asks whether the gateway lives. */
#ifndef SOLEUS_GATEWAY_HANDLERS_PAGES_H
#define SOLEUS_GATEWAY_HANDLERS_PAGES_H

#include "http/server.h"

FIBER void health_show(struct http_exchange *exchange);
FIBER void style_show(struct http_exchange *exchange);
FIBER void link_show(struct http_exchange *exchange);
FIBER void link_act(struct http_exchange *exchange);
FIBER void unsubscribe_show(struct http_exchange *exchange);
FIBER void unsubscribe_act(struct http_exchange *exchange);
FIBER void screening_show(struct http_exchange *exchange);
FIBER void screening_act(struct http_exchange *exchange);

#endif
