/* What the writers of the HTML file share.
 *
 * Words of people come in through html_put alone, which escapes every one of them: nobody's name
 * can become markup. The markup is well-formed XML too, so that parts of it are narratives of FHIR
 * resources and any XML reader can check it.
 *
 *     html_put(&html, "<td>%</td>", name);
 */
#ifndef SOLEUS_RECORD_HTML_INSIDE_H
#define SOLEUS_RECORD_HTML_INSIDE_H

#include "record/record.h"

#include <stddef.h>

struct zone;

struct html {
	struct arena *arena;
	char *text;
	size_t length, size;
};

/* `markup` is ours, and a literal; each % in it is the next of the words, which are many and texts
 * of people. A % itself is written %%. */
#define html_put(html, markup, ...)                                     \
	html_fill((html), (markup), (const char *const[]){__VA_ARGS__}, \
		  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
void html_fill(struct html *html, const char *markup, const char *const *words, size_t count);

/* Markup that is made already. */
void html_add(struct html *html, const char *markup);

/* "" when nothing was put; NULL beyond the arena's budget. */
const char *html_done(const struct html *html);

/* ---- Words for numbers and times, in the arena ---- */

const char *html_number(struct html *html, double number);

/* "2026-03-02 10:30 +01:00" on the clock of the zone; by UTC when `zone` is NULL. "" for 0. */
const char *html_time(struct html *html, const struct zone *zone, int64_t at_us);

/* ---- Messages ---- */

/* A table of messages of one type: a column for each field that any of them has, but for those that
 * `without` names (NULL-ended). Nothing for none. */
void html_table(struct html *html, const struct zone *zone, const char *caption,
		ProtobufCMessage *const *messages, size_t count, const char *const *without);

/* One message: a term and its words for each field that is there. */
void html_terms(struct html *html, const struct zone *zone, const ProtobufCMessage *message,
		const char *const *without);

/* ---- The parts of the file ---- */

/* What a note says: all of it, as markup inside a section. */
void html_note(struct html *html, const Soleus__V1__Note *note);
void html_notes(struct html *html, const struct record *record);
/* A line of each measure over time, with the treatments. */
void html_charts(struct html *html, const struct record *record);

/* The zone of the clinic where it was, else the athlete's. */
const struct zone *html_zone_of(const struct record *record, const char *clinic_id);

#endif
