/* What must be right before a request is looked at. */
#include "http/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define QUERY_BYTES_MAX 1024 /* beside a body */
#define FORM_TYPE       "application/x-www-form-urlencoded"

struct count {
	const char *name;
	const char *value; /* the last one */
	unsigned times;
};

static enum MHD_Result count_header(void *argument, enum MHD_ValueKind kind, const char *name,
				    const char *value)
{
	struct count *count = argument;
	(void)kind;
	if (strcasecmp(name, count->name) == 0) {
		count->value = value;
		count->times++;
	}
	return MHD_YES;
}

static struct count count_of(const struct exchange *exchange, const char *name)
{
	struct count count = {.name = name};
	MHD_get_connection_values(exchange->http, MHD_HEADER_KIND, count_header, &count);
	return count;
}

const char *http_header(const struct http_exchange *open, const char *name)
{
	struct count count = count_of((const struct exchange *)open, name);
	return count.times == 1 ? count.value : NULL;
}

/* The last address of the list is what the proxy saw itself; what stands before it, anybody may
 * have written. */
static bool read_client(const struct exchange *exchange, const char *header,
			char ret_client[INET6_ADDRSTRLEN])
{
	struct count count = {0};
	struct in6_addr address; /* has room for either */
	if (header[0])
		count = count_of(exchange, header);
	if (!count.value)
		return false;
	const char *last = strrchr(count.value, ',');
	last = last ? last + 1 : count.value;
	last += strspn(last, " \t");
	size_t length = strcspn(last, " \t");
	if (length >= INET6_ADDRSTRLEN)
		return false;
	memcpy(ret_client, last, length);
	ret_client[length] = '\0';
	return inet_pton(AF_INET, ret_client, &address) == 1 ||
	       inet_pton(AF_INET6, ret_client, &address) == 1;
}

void exchange_find_client(struct exchange *exchange, const char *header)
{
	if (read_client(exchange, header, exchange->client))
		return;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->http, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *peer = info ? info->client_addr : NULL;
	exchange->client[0] = '\0';
	if (peer && peer->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)peer)->sin_addr, exchange->client,
			  sizeof(exchange->client));
	else if (peer && peer->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)peer)->sin6_addr,
			  exchange->client, sizeof(exchange->client));
}

/* ---- Where a message ends must be said once, in one way: else the next one could be smuggled
 * in. */

static bool read_length(struct exchange *exchange, const char *version, bool *ret_announced)
{
	struct count length = count_of(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
	struct count coding = count_of(exchange, MHD_HTTP_HEADER_TRANSFER_ENCODING);
	struct count host = count_of(exchange, MHD_HTTP_HEADER_HOST);
	const char *why = NULL;
	if (length.times > 1 || (length.times > 0 && coding.times > 0))
		why = "the length of the body is said twice";
	else if (host.times > 1 || (host.times == 0 && strcmp(version, "HTTP/1.1") == 0))
		why = "expected one Host";
	else if (length.times > 0 && (strlen(length.value) > 10 || !length.value[0] ||
				      strspn(length.value, "0123456789") != strlen(length.value)))
		why = "the length of the body is no number";
	if (why)
		http_refuse(&exchange->open, MHD_HTTP_BAD_REQUEST, why);
	else if (coding.times > 0)
		http_refuse(&exchange->open, MHD_HTTP_LENGTH_REQUIRED,
			    "say the length of the body: no transfer coding is taken");
	*ret_announced = length.times > 0;
	if (!exchange->open.code && length.times > 0)
		exchange->announced = strtoul(length.value, NULL, 10);
	return !exchange->open.code;
}

/* ---- The route ---- */

static bool is_of(const struct http_route *route, const char *method)
{
	return strcmp(route->method, method) == 0 ||
	       (strcmp(route->method, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

static bool find_route(struct exchange *exchange, const struct http_route *routes, const char *path,
		       const char *method)
{
	struct http_exchange *open = &exchange->open;
	const char *allowed = NULL;
	for (const struct http_route *route = routes; route->method; route++) {
		if (!http_path_fits(route->path, path, open->arena, &open->parameter))
			continue;
		if (is_of(route, method)) {
			open->route = route;
			return true;
		}
		allowed = arena_printf(open->arena, "%s%s%s%s", allowed ? allowed : "",
				       allowed ? ", " : "", route->method,
				       strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
	}
	open->allow = allowed;
	if (allowed)
		http_refuse(open, MHD_HTTP_METHOD_NOT_ALLOWED, "not with this method");
	else
		http_refuse(open, MHD_HTTP_NOT_FOUND, "there is nothing here");
	return false;
}

/* "application/json", also with a charset, if that is UTF-8. */
static bool is_type(const char *given, const char *type)
{
	size_t length = strlen(type);
	if (!given || strncasecmp(given, type, length) != 0)
		return false;
	given += length;
	given += strspn(given, " \t");
	if (!*given)
		return true;
	if (*given++ != ';')
		return false;
	given += strspn(given, " \t");
	return strcasecmp(given, "charset=utf-8") == 0 ||
	       strcasecmp(given, "charset=\"utf-8\"") == 0;
}

/* Of its parts nobody reads more than that they are there. */
static bool is_form_of_parts(const struct exchange *exchange)
{
	static const char type[] = "multipart/form-data;";
	const char *given = http_header(&exchange->open, MHD_HTTP_HEADER_CONTENT_TYPE);
	return exchange->open.route->body == HTTP_FORM_OR_PARTS && given &&
	       strncasecmp(given, type, sizeof(type) - 1) == 0;
}

static bool check_body(struct exchange *exchange, bool announced)
{
	static const char *const types[] = {[HTTP_FORM] = FORM_TYPE,
					    [HTTP_FORM_OR_PARTS] = FORM_TYPE,
					    [HTTP_JSON] = "application/json"};
	struct http_exchange *open = &exchange->open;
	const struct http_route *route = open->route;
	if (route->body == HTTP_NO_BODY) {
		if (exchange->announced > 0)
			http_refuse(open, MHD_HTTP_BAD_REQUEST, "no body is expected");
		return !open->code;
	}
	if (!announced)
		http_refuse(open, MHD_HTTP_LENGTH_REQUIRED, "say the length of the body");
	else if (exchange->announced > route->most_bytes)
		http_refuse(open, MHD_HTTP_CONTENT_TOO_LARGE, "the body is too long");
	else if (!is_form_of_parts(exchange) &&
		 !is_type(http_header(open, MHD_HTTP_HEADER_CONTENT_TYPE), types[route->body]))
		http_refuse(open, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, types[route->body]);
	return !open->code;
}

static void read_query(struct exchange *exchange, const char *query)
{
	struct http_exchange *open = &exchange->open;
	size_t most = open->route->body == HTTP_NO_BODY ? open->route->most_bytes : QUERY_BYTES_MAX;
	const char *why;
	if (strlen(query) > most)
		http_refuse(open, MHD_HTTP_URI_TOO_LONG, "the query is too long");
	else if (!http_fields_read(open->arena, query, strlen(query), &open->query, &why))
		http_refuse(open, MHD_HTTP_BAD_REQUEST, why);
}

void exchange_read_head(struct exchange *exchange, const struct http_route *routes,
			const char *method, const char *version)
{
	struct http_exchange *open = &exchange->open;
	struct http_target target;
	const char *why = "no memory for the request";
	const char *accept = http_header(open, MHD_HTTP_HEADER_ACCEPT);
	bool announced;
	open->wants_page = accept && strstr(accept, "text/html");
	if (!open->target || !read_length(exchange, version, &announced)) {
		if (!open->code)
			http_refuse(open, MHD_HTTP_SERVICE_UNAVAILABLE, why);
	} else if (!http_target_read(open->arena, open->target, &target, &why)) {
		http_refuse(open, MHD_HTTP_BAD_REQUEST, why);
	} else if (find_route(exchange, routes, target.path, method) &&
		   check_body(exchange, announced)) {
		read_query(exchange, target.query);
	}
}

/* ---- The body ---- */

void exchange_take(struct exchange *exchange, const char *bytes, size_t length)
{
	struct http_exchange *open = &exchange->open;
	if (!exchange->bytes)
		exchange->bytes = arena_alloc(open->arena, exchange->announced + 1);
	if (!exchange->bytes || length > exchange->announced - open->length)
		return; /* then it is never whole */
	memcpy(exchange->bytes + open->length, bytes, length);
	open->length += length;
}

bool exchange_read_body(struct exchange *exchange)
{
	struct http_exchange *open = &exchange->open;
	const char *why;
	if (exchange->bytes)
		open->body = exchange->bytes;
	if (open->length != exchange->announced)
		http_refuse(open, MHD_HTTP_BAD_REQUEST, "the body is not as long as announced");
	else if ((open->route->body == HTTP_FORM || open->route->body == HTTP_FORM_OR_PARTS) &&
		 !is_form_of_parts(exchange) &&
		 !http_fields_read(open->arena, open->body, open->length, &open->form, &why))
		http_refuse(open, MHD_HTTP_BAD_REQUEST, why);
	return !open->code;
}
