/* A web server for tests, on 127.0.0.1, in a thread of the test: pages that tests put and change.
 *
 *     struct web *web = web_open();
 *     web_put(web, "/plan.ics", &(struct web_page){.body = "BEGIN:VCALENDAR…", .etag = "\"1\""});
 *     … web_url(web, "/plan.ics", url, sizeof(url)) …
 *     web_close(web);
 */
#ifndef SOLEUS_TESTS_WEB_H
#define SOLEUS_TESTS_WEB_H

#include <stddef.h>

struct web;

struct web_page {
	int code; /* 0: 200 */
	const char *body;
	size_t length;        /* 0: that of the text */
	const char *etag;     /* NULL: none; who has it already gets 304 */
	const char *type;     /* NULL: text/calendar */
	const char *leads_to; /* NULL, or Location */
	unsigned delay_ms;
};

struct web *web_open(void);
void web_close(struct web *web);

/* Replaces what was there; everything is copied. Other paths are 404. */
void web_put(struct web *web, const char *path, const struct web_page *page);
void web_url(const struct web *web, const char *path, char *ret_url, size_t bytes);

/* Answers of this path so far, and how many of them were 304. */
unsigned web_asked(struct web *web, const char *path);
unsigned web_unchanged(struct web *web, const char *path);

#endif
