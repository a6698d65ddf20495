/* What needs nobody's answer. */
#include "gateway/handlers/pages.h"

#include "page_css_text.h"

void health_show(struct http_exchange *exchange)
{
	http_answer_text(exchange, 200, "text/plain; charset=utf-8", "ok\n");
}

void style_show(struct http_exchange *exchange)
{
	exchange->keeps = true;
	http_answer_text(exchange, 200, "text/css; charset=utf-8", page_css);
}
