#include "base/clock.h"
#include "transfer/transfer_inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LIMIT_US         (20 * CLOCK_SECOND_US)
#define BYTES_MOST       ((size_t)1 << 20)
#define REDIRECTS_MOST   5L
#define HEADER_BYTES_MAX 500 /* of a value that is kept; a longer one is left out */

enum header { HEADER_ETAG, HEADER_LAST_MODIFIED, HEADER_CONTENT_TYPE, HEADER_RETRY_AFTER, HEADERS };

static const char *const header_names[HEADERS] = {
	"etag:", "last-modified:", "content-type:", "retry-after:"};

/* One request, on its fiber's stack. */
struct http_transfer {
	struct transfer_job job;
	const struct http_request *request; /* one of the two */
	const struct http_post *post;
	size_t most_bytes;
	struct curl_slist *headers;
	char *body;
	size_t length;
	size_t room;
	char kept[HEADERS][HEADER_BYTES_MAX + 1];
	bool too_large;
	long answered; /* the code of HTTP */
	long written;  /* bytes of the request that went out */
};

/* ---- What comes back ---- */

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
	if (count > of->most_bytes - of->length) {
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

/* ---- What goes out ---- */

static bool add_header(struct http_transfer *of, const char *name, const char *value)
{
	return !value || !*value || transfer_add_header(&of->headers, name, value);
}

static void set_get(struct http_transfer *of, CURL *easy)
{
	const struct http_request *request = of->request;
	curl_easy_setopt(easy, CURLOPT_URL, request->url);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(easy, CURLOPT_MAXREDIRS, REDIRECTS_MOST);
	if (request->user) {
		curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(easy, CURLOPT_USERNAME, request->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, request->password);
	}
}

/* Where it leads elsewhere it is not sent again: a message must not go two ways. */
static void set_post(struct http_transfer *of, CURL *easy)
{
	const struct http_post *post = of->post;
	curl_easy_setopt(easy, CURLOPT_URL, post->url);
	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, post->body);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(post->body));
	if (post->user) {
		curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(easy, CURLOPT_USERNAME, post->user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, post->password);
	}
}

static bool add_headers(struct http_transfer *of)
{
	if (of->request)
		return add_header(of, "If-None-Match", of->request->etag) &&
		       add_header(of, "If-Modified-Since", of->request->last_modified);
	const struct http_header *more = of->post->headers;
	bool added = add_header(of, "Content-Type", of->post->content_type);
	for (; added && more && more->name; more++)
		added = add_header(of, more->name, more->value);
	return added;
}

static bool prepare(struct transfer_job *job)
{
	struct http_transfer *of = (struct http_transfer *)job;
	CURL *easy = job->easy;
	if (!add_headers(of))
		return false;
	if (of->request)
		set_get(of, easy);
	else
		set_post(of, easy);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "Soleus/" SOLEUS_VERSION);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, of->headers);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, of);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, of);
	return true;
}

static void ended(struct transfer_job *job)
{
	struct http_transfer *of = (struct http_transfer *)job;
	if (job->easy) {
		curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &of->answered);
		curl_easy_getinfo(job->easy, CURLINFO_REQUEST_SIZE, &of->written);
	}
	curl_slist_free_all(of->headers);
}

/* ---- Face ---- */

static struct status answer_of(struct arena *arena, const struct http_transfer *of,
			       struct http_answer *ret_answer)
{
	if (of->too_large)
		return status_errorf(arena, STATUS_UNAVAILABLE, "it is larger than %zu bytes",
				     of->most_bytes);
	if (of->job.code != CURLE_OK)
		return transfer_fault(arena, &of->job);
	*ret_answer = (struct http_answer){
		.code = (int)of->answered,
		.body = of->length > 0 ? arena_memdup(arena, of->body, of->length + 1) : "",
		.length = of->length,
		.etag = arena_strdup(arena, of->kept[HEADER_ETAG]),
		.last_modified = arena_strdup(arena, of->kept[HEADER_LAST_MODIFIED]),
		.content_type = arena_strdup(arena, of->kept[HEADER_CONTENT_TYPE]),
		.retry_after_s = atoi(of->kept[HEADER_RETRY_AFTER]),
	};
	if (!ret_answer->body)
		return status_error(STATUS_RESOURCE_EXHAUSTED, "no memory for the answer");
	return status_ok();
}

static FIBER struct status run(struct transfer *transfer, struct arena *arena,
			       struct http_transfer *of, struct http_answer *ret_answer)
{
	struct http_answer answer;
	of->job.prepare = prepare;
	of->job.ended = ended;
	if (of->job.limit_us == 0)
		of->job.limit_us = LIMIT_US;
	if (of->most_bytes == 0)
		of->most_bytes = BYTES_MOST;
	struct status status = transfer_run(transfer, &of->job);
	if (of->body)
		of->body[of->length] = '\0';
	if (status_is_ok(status))
		status = answer_of(arena, of, &answer);
	free(of->body);
	if (status_is_ok(status))
		*ret_answer = answer;
	return status;
}

FIBER struct status http_get(struct transfer *transfer, struct arena *arena,
			     const struct http_request *request, struct http_answer *ret_answer)
{
	struct http_transfer of = {.request = request, .most_bytes = request->most_bytes};
	of.job.limit_us = request->limit_us;
	return run(transfer, arena, &of, ret_answer);
}

FIBER struct status http_post(struct transfer *transfer, struct arena *arena,
			      const struct http_post *post, struct http_answer *ret_answer)
{
	struct http_transfer of = {.post = post};
	of.job.limit_us = post->limit_us;
	struct status status = run(transfer, arena, &of, ret_answer);
	if (!status_is_ok(status) && of.written > 0)
		status.code = STATUS_UNKNOWN;
	return status;
}

const char *http_form(struct arena *arena, const struct http_header *fields)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t bytes = 1;
	for (const struct http_header *field = fields; field->name; field++)
		bytes += strlen(field->name) + 3 * strlen(field->value) + 2;
	char *form = arena_alloc(arena, bytes), *at = form;
	for (const struct http_header *field = fields; form && field->name; field++) {
		if (at > form)
			*at++ = '&';
		at = stpcpy(at, field->name);
		*at++ = '=';
		for (const char *from = field->value; *from; from++) {
			unsigned char byte = (unsigned char)*from;
			bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
				     (byte >= 'a' && byte <= 'z') || strchr("-._~", byte);
			if (plain) {
				*at++ = *from;
				continue;
			}
			*at++ = '%';
			*at++ = hex[byte >> 4];
			*at++ = hex[byte & 15];
		}
	}
	if (form)
		*at = '\0';
	return form;
}
