/* What providers call, and what stands in for one, on 127.0.0.1: each request is answered as the
 * test says; the first 400 are kept, in the order of arrival. In a thread of the test.
 *
 *     struct callbacks *callbacks = callbacks_open(answer);
 *     … callbacks_url(callbacks) … callbacks_next(callbacks, "/delivery", 5000) …
 */
#ifndef SOLEUS_TESTS_CALLBACKS_H
#define SOLEUS_TESTS_CALLBACKS_H

#include <stdbool.h>
#include <stddef.h>

struct callback {
	char method[8];
	char path[200];
	char query[2000];   /* NAME=VALUE&…, decoded */
	char headers[2000]; /* NAME: VALUE lines */
	char body[4000];
	bool taken; /* by callbacks_next */
};

struct callbacks;

/* `answer` returns the code and may write a body of at most `bytes`; 0: it hangs up without a word.
 * NULL: always 200. It runs on the server's thread. */
struct callbacks *callbacks_open(int (*answer)(const struct callback *callback, char *ret_body,
					       size_t bytes));
void callbacks_close(struct callbacks *callbacks);
const char *callbacks_url(const struct callbacks *callbacks);

/* The first one not taken yet whose path begins so; waits at most so long, then NULL. Valid until
 * the end. */
const struct callback *callbacks_next(struct callbacks *callbacks, const char *path,
				      unsigned patience_ms);

/* A value of the query, or of a form or a header ("" when it is not there), in static memory. */
const char *callback_value(const struct callback *callback, const char *name);
const char *callback_header(const struct callback *callback, const char *name);

#endif
