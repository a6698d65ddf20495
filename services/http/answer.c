/* How an answer is written: its text, and the headers that keep it to whom it is for. */
#include "http/exchange.h"

#include <stdio.h>
#include <string.h>

void http_answer_text(struct http_exchange *exchange, unsigned code, const char *type,
		      const char *text)
{
	exchange->code = code;
	exchange->type = type;
	exchange->text = text;
}

const char *http_escape(struct arena *arena, const char *text)
{
	static const char *const written[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
	static const char own[] = "&<>\"'";
	char *escaped = arena_alloc(arena, strlen(text) * 6 + 1);
	char *at = escaped;
	for (; escaped && *text; text++) {
		const char *which = strchr(own, *text);
		if (which)
			at = stpcpy(at, written[which - own]);
		else
			*at++ = *text;
	}
	return escaped;
}

void http_refuse(struct http_exchange *exchange, unsigned code, const char *why)
{
	const char *text;
	if (exchange->wants_page)
		text = arena_printf(exchange->arena,
				    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
				    "<title>%u</title><p>%s</p></html>\n",
				    code, why);
	else
		text = arena_printf(exchange->arena, "{\"status\": %u, \"title\": \"%s\"}\n", code,
				    why);
	http_answer_text(exchange, code,
			 exchange->wants_page ? "text/html; charset=utf-8"
					      : "application/problem+json",
			 text ? text : "");
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	MHD_add_response_header(response, name, value);
}

static void add_headers(const struct exchange *exchange, struct MHD_Response *response,
			bool strict_transport)
{
	const struct http_exchange *open = &exchange->open;
	char number[16];
	add(response, MHD_HTTP_HEADER_CONTENT_TYPE, open->type);
	add(response, MHD_HTTP_HEADER_CACHE_CONTROL,
	    open->keeps ? "public, max-age=86400" : "no-store");
	add(response, "X-Content-Type-Options", "nosniff");
	add(response, "Referrer-Policy", "no-referrer");
	add(response, "X-Robots-Tag", "noindex");
	add(response, "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
	    "frame-ancestors 'none'");
	if (strict_transport)
		add(response, "Strict-Transport-Security", "max-age=31536000");
	if (open->allow)
		add(response, MHD_HTTP_HEADER_ALLOW, open->allow);
	if (open->retry_s > 0) {
		snprintf(number, sizeof(number), "%u", open->retry_s);
		add(response, MHD_HTTP_HEADER_RETRY_AFTER, number);
	}
	/* Refused before its handler ran: what follows on this line may not be what it seems. */
	if (!exchange->done)
		add(response, MHD_HTTP_HEADER_CONNECTION, "close");
}

enum MHD_Result exchange_answer(struct exchange *exchange, bool strict_transport)
{
	struct http_exchange *open = &exchange->open;
	const char *text = open->text ? open->text : "";
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	add_headers(exchange, response, strict_transport);
	enum MHD_Result queued = MHD_queue_response(exchange->http, open->code, response);
	MHD_destroy_response(response);
	return queued;
}
