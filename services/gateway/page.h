/* A small page of HTML, put together from top to bottom: plain, without scripts, for every reader.
 *
 *     struct page page = page_begin(exchange, LANGUAGE_DE, "Riverside");
 *     page_add(&page, "<p>%s</p>", page_safe(&page, text));
 *     page_end(&page, 200);
 */
#ifndef SOLEUS_GATEWAY_PAGE_H
#define SOLEUS_GATEWAY_PAGE_H

#include "gateway/words.h"
#include "http/server.h"

struct page {
	struct http_exchange *exchange;
	enum language language;
	char *text; /* grows in the arena, by doubling */
	size_t length;
	size_t capacity;
};

/* In the language that the reader asks for. */
struct page page_begin(struct http_exchange *exchange, const char *title);

/* Adds a piece; what is not ours goes through page_safe first. */
void page_add(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
void page_paragraph(struct page *page, const char *text); /* made safe here */
const char *page_safe(struct page *page, const char *text);
const char *page_words(const struct page *page, const char *key);

/* The answer. */
void page_end(struct page *page, unsigned code);

/* A page of one sentence. */
void page_say(struct http_exchange *exchange, unsigned code, const char *key);

/* What a daemon refused, for a person: ask_refuse is for programmes. */
void page_fail(struct http_exchange *exchange, struct status status);

#endif
