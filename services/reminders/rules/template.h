/* Texts with named fields: "{clinic}: your visit is {when}."
 *
 * Every text begins with "{clinic}: ", so that an athlete sees who writes and that the second part
 * of a bundle can leave it out. A text is checked when it is saved, never found wrong when it is
 * sent: all faults at once, each with its place.
 *
 *     struct template_faults faults;
 *     if (!template_check(text, TEMPLATE_WHEN, TEMPLATE_WHEN, &faults)) …
 *     template_fill(text, &fields, false, ret_text, sizeof(ret_text));
 */
#ifndef SOLEUS_REMINDERS_RULES_TEMPLATE_H
#define SOLEUS_REMINDERS_RULES_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum template_field {
	TEMPLATE_CLINIC = 1,
	TEMPLATE_WHEN = 2,
	TEMPLATE_UNTIL = 4,
	TEMPLATE_STEP = 8,
	TEMPLATE_STEPS = 16,
	TEMPLATE_WORDS = 32,
	TEMPLATE_LINK = 64,
};

/* Each NULL or 0: not known. */
struct message_fields {
	const char *clinic; /* name as athletes know it */
	const char *when;   /* local time of the visit, for people */
	int32_t step;       /* of the plan, 1-based */
	int32_t steps;
	const char *until; /* local time by which an answer counts */
	const char *words; /* the plan's own, of this step */
	const char *link;  /* signed, to answer by; NULL: left out, with the space before it */
};

#define TEMPLATE_FAULTS_MAX 16
#define TEMPLATE_BYTES      600 /* of a template, with NUL */

struct template_faults {
	size_t count;
	struct template_fault {
		size_t column; /* 1-based, in bytes; 0: of the whole */
		char expected[96];
	} faults[TEMPLATE_FAULTS_MAX];
};

/* True when `text` is UTF-8 without control characters, begins with "{clinic}: ", has each field of
 * `needed`, and none but these and `known` (enum template_field). */
bool template_check(const char *text, unsigned needed, unsigned known,
		    struct template_faults *ret_faults);

/* The fields that `text` has. */
unsigned template_fields(const char *text);

/* Returns the length, or 0 when a field that the text has (but {link}) is not known or `bytes` are
 * too few; `ret_text` is then "". A text is never cut. `continued`: without the "{clinic}: " at its
 * beginning, and with a capital there. */
size_t template_fill(const char *text, const struct message_fields *fields, bool continued,
		     char *ret_text, size_t bytes);

/* The first word that says what a visit is for or who gives it (a specialty, a diagnosis, a muscle,
 * a part of the body, a title), NULL: none. In the languages of programmes/texts.conf, at the
 * beginning of a word, whatever its case. */
const char *template_clinical_word(const char *text);

#endif
