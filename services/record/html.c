#include "record/html_inside.h"

#include "base/text.h"
#include "ical/zone.h"

#include <stdio.h>
#include <string.h>

#define FIRST_SIZE 4096

static void put_bytes(struct html *html, const char *bytes, size_t length)
{
	if (html->length + length + 1 > html->size) {
		size_t size = html->size ? html->size : FIRST_SIZE;
		while (size < html->length + length + 1)
			size *= 2;
		char *more = arena_alloc(html->arena, size);
		if (!more)
			return; /* the arena remembers, and html_done says so */
		if (html->length)
			memcpy(more, html->text, html->length);
		html->text = more;
		html->size = size;
	}
	memcpy(html->text + html->length, bytes, length);
	html->length += length;
	html->text[html->length] = '\0';
}

void html_add(struct html *html, const char *markup)
{
	put_bytes(html, markup, strlen(markup));
}

static const char *escape_of(char letter)
{
	switch (letter) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\n':
		return "<br/>";
	default:
		/* XML has no place for other control characters, not even escaped. */
		return (unsigned char)letter < 0x20 && letter != '\t' ? "\xef\xbf\xbd" : NULL;
	}
}

static void put_escaped(struct html *html, const char *words)
{
	const char *from = words;
	for (const char *at = words; *at; at++) {
		const char *escape = escape_of(*at);
		if (!escape)
			continue;
		put_bytes(html, from, (size_t)(at - from));
		html_add(html, escape);
		from = at + 1;
	}
	html_add(html, from);
}

void html_fill(struct html *html, const char *markup, const char *const *words, size_t count)
{
	size_t next = 0;
	const char *from = markup;
	for (const char *at = markup; *at; at++) {
		if (*at != '%')
			continue;
		put_bytes(html, from, (size_t)(at - from));
		if (at[1] == '%') {
			put_bytes(html, "%", 1);
			at++;
		} else if (next < count) {
			put_escaped(html, words[next] ? words[next] : "");
			next++;
		}
		from = at + 1;
	}
	html_add(html, from);
}

const char *html_done(const struct html *html)
{
	if (arena_has_refused(html->arena))
		return NULL;
	return html->text ? html->text : "";
}

const char *html_number(struct html *html, double number)
{
	return arena_printf(html->arena, "%.15g", number);
}

const char *html_time(struct html *html, const struct zone *zone, int64_t at_us)
{
	char text[TEXT_INSTANT_BYTES];
	if (!at_us)
		return "";
	int32_t offset_s = zone ? zone_offset_s(zone, at_us) : 0;
	int32_t minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
	text_from_instant(at_us + (int64_t)offset_s * 1000000, text);
	return arena_printf(html->arena, "%.10s %.5s %c%02d:%02d", text, text + 11,
			    offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

const struct zone *html_zone_of(const struct record *record, const char *clinic_id)
{
	const Soleus__V1__Clinic *clinic = record_clinic(record, clinic_id);
	const struct zone *zone = clinic ? zone_find(clinic->zone) : NULL;
	return zone ? zone : zone_find(record->athlete->athlete->zone);
}
