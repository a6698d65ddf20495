/* Every path that is served. What a person opens never changes anything: programs that look into
 * mail open links too. */
#include "gateway/gateway.h"
#include "gateway/handlers/pages.h"

#define QUERY_BYTES ((size_t)512)

const struct http_route gateway_routes[] = {
	{"GET", "/healthz", HTTP_NO_BODY, 0, health_show},
	{"GET", "/page.css", HTTP_NO_BODY, QUERY_BYTES, style_show},
	{NULL},
};
