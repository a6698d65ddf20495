#include "transfer/http.h"

#include "base/clock.h"
#include "transfer/address.h"
#include "transfer/multi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define AT_ONCE          32
#define LIMIT_US         (20 * CLOCK_SECOND_US)
#define CONNECT_LIMIT_MS 10000L
#define BYTES_MOST       ((size_t)1 << 20)
#define REDIRECTS_MOST   5L
#define HEADER_BYTES_MAX 500 /* of a value that is kept; a longer one is left out */

enum header { HEADER_ETAG, HEADER_LAST_MODIFIED, HEADER_CONTENT_TYPE, HEADERS };

static const char *const header_names[HEADERS] = {"etag:", "last-modified:", "content-type:"};

/* One http_get, on its fiber's stack. */
struct http_transfer {
	struct transfer *transfer;
	const struct http_request *request;
	struct fiber *fiber;
	struct http_transfer *next; /* of those that run */
	CURL *easy;                 /* NULL until the loop has begun it */
	struct curl_slist *headers;
	char *body;
	size_t length;
	size_t room;
	char kept[HEADERS][HEADER_BYTES_MAX + 1];
	bool too_large;
	bool not_public;
	CURLcode code;
	long answered; /* the code of HTTP */
	bool cut;      /* by the drain */
};

struct transfer {
	struct loop *loop;
	struct multi *multi;
	unsigned most_at_once;
	unsigned running;
	unsigned callers; /* in http_get */
	bool private_addresses;
	bool closing; /* takes nothing any more */
	struct http_transfer *first;
	struct fiber_queue turn; /* who waits for a place */
};

/* ---- What comes back ---- */

static size_t most_bytes(const struct http_transfer *of)
{
	return of->request->most_bytes ? of->request->most_bytes : BYTES_MOST;
}

static bool make_room(struct http_transfer *of, size_t length)
{
	size_t room = of->room ? of->room : 16384;
	while (room < length + 1)
		room *= 2;
	if (room == of->room)
		return true;
	char *body = realloc(of->body, room);
	if (!body)
		return false;
	of->body = body;
	of->room = room;
	return true;
}

static size_t on_body(char *bytes, size_t one, size_t count, void *argument)
{
	struct http_transfer *of = argument;
	(void)one;
	if (count > most_bytes(of) - of->length) {
		of->too_large = true;
		return 0;
	}
	if (!make_room(of, of->length + count))
		return 0;
	memcpy(of->body + of->length, bytes, count);
	of->length += count;
	return count;
}

static void keep_header(char kept[HEADER_BYTES_MAX + 1], const char *value, size_t length)
{
	while (length > 0 && (*value == ' ' || *value == '\t'))
		value++, length--;
	while (length > 0 && strchr(" \t\r\n", value[length - 1]))
		length--;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
			return;
	if (length > HEADER_BYTES_MAX)
		return;
	memcpy(kept, value, length);
	kept[length] = '\0';
}

/* The headers of the last answer count: a redirect has its own. */
static size_t on_header(char *bytes, size_t one, size_t count, void *argument)
{
	struct http_transfer *of = argument;
	(void)one;
	if (count >= 5 && strncasecmp(bytes, "HTTP/", 5) == 0)
		memset(of->kept, 0, sizeof(of->kept));
	for (size_t i = 0; i < HEADERS; i++) {
		size_t name = strlen(header_names[i]);
		if (count > name && strncasecmp(bytes, header_names[i], name) == 0)
			keep_header(of->kept[i], bytes + name, count - name);
	}
	return count;
}

/* Asked with the address that the name has led to, of redirects too. */
static curl_socket_t on_open(void *argument, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct http_transfer *of = argument;
	(void)purpose;
	if (!of->transfer->private_addresses && !address_is_public(&address->addr)) {
		of->not_public = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- A transfer's life: begin on the loop, done or cut ---- */

static void finish(struct http_transfer *of, CURLcode code)
{
	struct transfer *transfer = of->transfer;
	for (struct http_transfer **at = &transfer->first; *at; at = &(*at)->next)
		if (*at == of) {
			*at = of->next;
			break;
		}
	if (of->easy)
		curl_easy_getinfo(of->easy, CURLINFO_RESPONSE_CODE, &of->answered);
	curl_easy_cleanup(of->easy);
	curl_slist_free_all(of->headers);
	of->code = code;
	fiber_resume(of->fiber);
}

static void on_done(void *argument, CURLcode code)
{
	finish(argument, code);
}

static void add_header(struct http_transfer *of, const char *name, const char *value)
{
	char line[HEADER_BYTES_MAX + 32];
	if (!value || !*value || strlen(value) > HEADER_BYTES_MAX)
		return;
	snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *more = curl_slist_append(of->headers, line);
	if (more)
		of->headers = more;
}

static void set_options(struct http_transfer *of)
{
	CURL *easy = of->easy;
	const struct http_request *request = of->request;
	int64_t limit_us = request->limit_us ? request->limit_us : LIMIT_US;
	curl_easy_setopt(easy, CURLOPT_URL, request->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(easy, CURLOPT_MAXREDIRS, REDIRECTS_MOST);
	curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* would hide the address */
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(limit_us / 1000));
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_LIMIT_MS);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "Soleus/" SOLEUS_VERSION);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, of->headers);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, of);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, of);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, of);
	/* A connection that stays open was opened for another's request, and would not be asked. */
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

static void begin(void *argument)
{
	struct http_transfer *of = argument;
	if (of->cut)
		return finish(of, CURLE_ABORTED_BY_CALLBACK);
	of->easy = curl_easy_init();
	if (!of->easy)
		return finish(of, CURLE_OUT_OF_MEMORY);
	add_header(of, "If-None-Match", of->request->etag);
	add_header(of, "If-Modified-Since", of->request->last_modified);
	set_options(of);
	if (!multi_add(of->transfer->multi, of->easy, on_done, of))
		finish(of, CURLE_OUT_OF_MEMORY);
}

static void cut_all(void *argument)
{
	struct transfer *transfer = argument;
	transfer->closing = true;
	while (transfer->first) {
		struct http_transfer *of = transfer->first;
		of->cut = true;
		if (!of->easy) { /* begin finds it cut */
			transfer->first = of->next;
			continue;
		}
		multi_remove(transfer->multi, of->easy);
		finish(of, CURLE_ABORTED_BY_CALLBACK);
	}
	fiber_wake_all(&transfer->turn);
}

static bool close_when_left(void *argument)
{
	struct transfer *transfer = argument;
	if (transfer->callers > 0)
		return false;
	multi_close(transfer->multi);
	free(transfer);
	return true;
}

/* ---- Face ---- */

struct status transfer_open(const struct transfer_options *options, struct transfer **ret_transfer)
{
	struct transfer *transfer = calloc(1, sizeof(*transfer));
	if (!transfer || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    !(transfer->multi = multi_open(options->loop))) {
		free(transfer);
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for transfers");
	}
	transfer->loop = options->loop;
	transfer->most_at_once = options->most_at_once ? options->most_at_once : AT_ONCE;
	transfer->private_addresses = options->private_addresses;
	loop_on_drain(options->loop, DRAIN_ACCEPT, "transfers", cut_all, NULL, transfer);
	loop_on_drain(options->loop, DRAIN_CLOSE, "transfers", NULL, close_when_left, transfer);
	*ret_transfer = transfer;
	return status_ok();
}

static struct status fault_of(struct arena *arena, const struct http_transfer *of)
{
	int64_t limit_us = of->request->limit_us ? of->request->limit_us : LIMIT_US;
	if (of->cut)
		return status_error(STATUS_UNAVAILABLE, "the transfer was cut short");
	if (of->not_public)
		return status_error(STATUS_UNAVAILABLE,
				    "its address is of a private network, which is not asked");
	if (of->too_large)
		return status_errorf(arena, STATUS_UNAVAILABLE, "it is larger than %zu bytes",
				     most_bytes(of));
	switch (of->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return status_error(STATUS_UNAVAILABLE, "no host of that name is known");
	case CURLE_COULDNT_CONNECT:
		return status_error(STATUS_UNAVAILABLE, "the host does not take the connection");
	case CURLE_OPERATION_TIMEDOUT:
		return status_errorf(arena, STATUS_UNAVAILABLE, "no whole answer within %lld s",
				     (long long)(limit_us / CLOCK_SECOND_US));
	case CURLE_TOO_MANY_REDIRECTS:
		return status_error(STATUS_UNAVAILABLE, "it leads from one address to the next");
	case CURLE_UNSUPPORTED_PROTOCOL:
		return status_error(STATUS_UNAVAILABLE, "it is neither http nor https");
	case CURLE_PEER_FAILED_VERIFICATION:
		return status_error(STATUS_UNAVAILABLE, "the host's certificate is not trusted");
	default:
		return status_errorf(arena, STATUS_UNAVAILABLE, "%s", curl_easy_strerror(of->code));
	}
}

static struct status answer_of(struct arena *arena, const struct http_transfer *of,
			       struct http_answer *ret_answer)
{
	if (of->code != CURLE_OK)
		return fault_of(arena, of);
	*ret_answer = (struct http_answer){
		.code = (int)of->answered,
		.body = of->length > 0 ? arena_memdup(arena, of->body, of->length + 1) : "",
		.length = of->length,
		.etag = arena_strdup(arena, of->kept[HEADER_ETAG]),
		.last_modified = arena_strdup(arena, of->kept[HEADER_LAST_MODIFIED]),
		.content_type = arena_strdup(arena, of->kept[HEADER_CONTENT_TYPE]),
	};
	if (!ret_answer->body)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the answer");
	return status_ok();
}

static FIBER struct status get(struct transfer *transfer, struct arena *arena,
			       const struct http_request *request, struct http_answer *ret_answer)
{
	struct http_answer answer;
	struct http_transfer of = {.transfer = transfer, .request = request};
	while (!transfer->closing && transfer->running >= transfer->most_at_once)
		fiber_wait(&transfer->turn, -1);
	if (transfer->closing)
		return status_error(STATUS_UNAVAILABLE, "the transfer was cut short");
	transfer->running++;
	of.fiber = fiber_current();
	of.next = transfer->first;
	transfer->first = &of;
	loop_defer(transfer->loop, begin, &of);
	fiber_suspend();
	if (of.body)
		of.body[of.length] = '\0';
	struct status status = answer_of(arena, &of, &answer);
	free(of.body);
	transfer->running--;
	fiber_wake_one(&transfer->turn);
	if (status_is_ok(status))
		*ret_answer = answer;
	return status;
}

FIBER struct status http_get(struct transfer *transfer, struct arena *arena,
			     const struct http_request *request, struct http_answer *ret_answer)
{
	transfer->callers++;
	struct status status = get(transfer, arena, request, ret_answer);
	transfer->callers--;
	return status;
}
