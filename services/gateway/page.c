#include "gateway/page.h"

#include "gateway/ask.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define FIRST_BYTES 2048

static bool has_room(struct page *page, size_t bytes)
{
	if (page->length + bytes < page->capacity)
		return true;
	size_t capacity = 2 * (page->length + bytes) + FIRST_BYTES;
	char *text = arena_alloc(page->exchange->arena, capacity);
	if (!text)
		return false;
	if (page->length > 0)
		memcpy(text, page->text, page->length);
	page->text = text;
	page->capacity = capacity;
	return true;
}

/* What has no room is told by the arena, at the page's end. */
void page_add(struct page *page, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	const char *more = arena_vprintf(page->exchange->arena, format, arguments);
	va_end(arguments);
	size_t bytes = more ? strlen(more) : 0;
	if (!has_room(page, bytes))
		return;
	if (bytes > 0)
		memcpy(page->text + page->length, more, bytes);
	page->length += bytes;
	page->text[page->length] = '\0';
}

const char *page_safe(struct page *page, const char *text)
{
	const char *safe = http_escape(page->exchange->arena, text);
	return safe ? safe : "";
}

const char *page_words(const struct page *page, const char *key)
{
	const char *text = words(key, page->language);
	assert(text);
	return text;
}

void page_paragraph(struct page *page, const char *text)
{
	page_add(page, "<p>%s</p>\n", page_safe(page, text));
}

struct page page_begin(struct http_exchange *exchange, const char *title)
{
	struct page page = {
		.exchange = exchange,
		.language = language_choose(http_header(exchange, "Accept-Language")),
	};
	const char *safe = page_safe(&page, title ? title : page_words(&page, "clinic"));
	page_add(&page,
		 "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
		 "<link rel=\"stylesheet\" href=\"/page.css\">\n</head>\n<body>\n<main>\n"
		 "<h1>%s</h1>\n",
		 language_code(page.language), safe, safe);
	return page;
}

void page_end(struct page *page, unsigned code)
{
	page_add(page, "</main>\n</body>\n</html>\n");
	if (arena_has_refused(page->exchange->arena))
		http_refuse(page->exchange, 503, "it did not work: ask again soon");
	else
		http_answer_text(page->exchange, code, "text/html; charset=utf-8", page->text);
}

void page_say(struct http_exchange *exchange, unsigned code, const char *key)
{
	struct page page = page_begin(exchange, NULL);
	page_paragraph(&page, page_words(&page, key));
	page_end(&page, code);
}

void page_fail(struct http_exchange *exchange, struct status status)
{
	unsigned code = ask_code(status);
	if (code == 503)
		exchange->retry_s = ASK_RETRY_S;
	page_say(exchange, code,
		 code == 404   ? "no.link"
		 : code == 409 ? "no.late"
		 : code == 400 ? "no.value"
			       : "no.now");
}
