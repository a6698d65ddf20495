/* The words of the pages, by language. They name no specialty, diagnosis or clinician: a page may
 * be seen over a shoulder.
 */
#ifndef SOLEUS_GATEWAY_WORDS_H
#define SOLEUS_GATEWAY_WORDS_H

#include "base/arena.h"

enum language { LANGUAGE_EN, LANGUAGE_DE };
#define LANGUAGES 2

/* The first of an Accept-Language that there is; English when there is none, or `accept` is NULL.
 */
enum language language_choose(const char *accept);
const char *language_code(enum language language); /* "de" */

/* The words of `key`, such as "ask.visit"; NULL for a key that there is not. */
const char *words(const char *key, enum language language);

/* "2026-03-04 15:00" for people: "Wednesday, 4 March 2026, 15:00"; "" for what is no such time. */
const char *words_when(struct arena *arena, const char *local, enum language language);

#endif
