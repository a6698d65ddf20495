/* HTTP requests to others, by libcurl's multi interface on the loop: a fiber waits for its answer.
 *
 * Name lookup and TLS run in libcurl (threads and the loop's stack), never on the fiber. Every
 * request has a time limit and a limit of bytes; at most `most_at_once` run, others wait their
 * turn. http and https alone; redirects are followed within these, at most 5. Addresses of this
 * host's own networks (loopback, link-local, private) are refused unless transfer_open was told
 * that they may: addresses come from users.
 *
 *     struct http_answer answer;
 *     status = http_get(transfer, arena, &(struct http_request){.url = url, .etag = etag},
 * &answer);
 */
#ifndef SOLEUS_TRANSFER_HTTP_H
#define SOLEUS_TRANSFER_HTTP_H

#include "base/arena.h"
#include "base/status.h"
#include "loop/fiber.h"
#include "loop/loop.h"

#include <stddef.h>
#include <stdint.h>

struct transfer;

struct transfer_options {
	struct loop *loop;
	unsigned most_at_once;  /* 0: 32 */
	bool private_addresses; /* may be asked too: tests, gateways in the house */
};

/* It lives until the loop's drain, whose first stage ends what still runs (UNAVAILABLE), and whose
 * last one closes it. */
struct status transfer_open(const struct transfer_options *options, struct transfer **ret_transfer);

struct http_request {
	const char *url;
	const char *etag; /* of the copy that one has; "" or NULL: none */
	const char *last_modified;
	size_t most_bytes; /* of the body; 0: 1 MiB */
	int64_t limit_us;  /* 0: 20 s */
	const char *user;  /* NULL: none is named */
	const char *password;
};

struct http_answer {
	int code;         /* 200, 304, 404, … */
	const char *body; /* in the arena, terminated */
	size_t length;
	const char *etag;
	const char *last_modified;
	const char *content_type;
	int retry_after_s; /* 0: it does not say */
};

/* UNAVAILABLE, with words for people, when no answer came; an answer of any code is OK here. */
FIBER struct status http_get(struct transfer *transfer, struct arena *arena,
			     const struct http_request *request, struct http_answer *ret_answer);

struct http_header {
	const char *name; /* NULL ends a list */
	const char *value;
};

struct http_post {
	const char *url;
	const char *body;
	const char *content_type;
	const struct http_header *headers; /* ended by a NULL name; NULL: no more */
	const char *user;                  /* NULL: none is named */
	const char *password;
	int64_t limit_us; /* 0: 20 s */
};

/* The same with POST; redirects are answers. UNKNOWN when no answer came to a request that went
 * out: it may have been heard. A header value that would end its line fails with UNAVAILABLE. */
FIBER struct status http_post(struct transfer *transfer, struct arena *arena,
			      const struct http_post *post, struct http_answer *ret_answer);

/* Fields as application/x-www-form-urlencoded; also what stands behind ? in an address. NULL when
 * the arena has no room. */
const char *http_form(struct arena *arena, const struct http_header *fields);

#endif
