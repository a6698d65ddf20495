/* What kind of session a calendar's title means ("Easy run 11 km" → low), by a word list.
 *
 * Each entry is a phrase of whole words; case, hyphens and punctuation do not matter. The first
 * entry of the list that occurs in the title decides, so "race pace" stands before "race". A title
 * in which nothing occurs is moderate and uncertain: staff may correct it, T1 is not silenced by a
 * guess. The list is data: an organisation's own list goes before ours.
 */
#ifndef SOLEUS_SCHEDULING_RULES_CLASSIFY_H
#define SOLEUS_SCHEDULING_RULES_CLASSIFY_H

#include "scheduling/rules/timing.h"

#include <stdbool.h>
#include <stddef.h>

struct classify_word {
	const char *phrase; /* lower case, words parted by one space */
	enum session_kind kind;
};

struct classified {
	enum session_kind kind;
	bool uncertain;
	const char *phrase; /* the entry that decided, NULL when uncertain */
};

/* By our list. NULL is an uncertain title. */
struct classified classify_title(const char *title);

/* By `words` first, then by our list. */
struct classified classify_title_with(const struct classify_word *words, size_t count,
				      const char *title);

/* Our list, in its order. */
const struct classify_word *classify_built_in(size_t *ret_count);

#define CLASSIFY_PHRASE_BYTES 101

/* A phrase as entries have it: "Long-Run!" is "long run". False, and "", when it has no letter or
 * figure, or is longer than 100 bytes. */
bool classify_phrase(const char *text, char ret_phrase[CLASSIFY_PHRASE_BYTES]);

#endif
