#include "reminders/rules/red_flag.h"

#include "reminders/rules/vocabulary.h"
#include "reminders/rules/words.h"

#include <stddef.h>
#include <string.h>

/* The word that ends before `at`, a first letter; NULL at the text's beginning. */
static const char *word_before(const char *text, const char *at, size_t *ret_length)
{
	const char *end = at - 1; /* the space before `at` */
	if (end <= text)
		return 0;
	const char *from = end;
	while (from > text && from[-1] != ' ')
		from--;
	*ret_length = (size_t)(end - from);
	return from;
}

/* Walks back from the phrase over the words that a denial may hold, to the denial itself. After
 * "no" fewer may stand before the thing than after "not": "no I have chest pain" must not be a
 * denial. */
static bool is_denied(const char *text, const char *at, enum vocabulary_use grammar)
{
	if (grammar == VOCABULARY_RED_FLAG_WHOLE)
		return false;
	bool only_few = true, holds = false;
	size_t length = 0;
	for (const char *word = word_before(text, at, &length); word;
	     word = word_before(text, word, &length)) {
		bool few = vocabulary_has(VOCABULARY_BETWEEN_THING, word, length);
		if (vocabulary_has(VOCABULARY_DENIES_ALL, word, length))
			return true;
		if (vocabulary_has(VOCABULARY_DENIES_HELD, word, length))
			return holds;
		if (vocabulary_has(VOCABULARY_DENIES_THING, word, length))
			return grammar == VOCABULARY_RED_FLAG_THING && only_few;
		if (!few && !vocabulary_has(VOCABULARY_BETWEEN_ALL, word, length))
			return false;
		only_few = only_few && few;
		holds = true;
	}
	return false;
}

/* "no chest pain or shortness of breath": a denial reaches over "or" to the next phrase. */
static bool denial_reaches(const char *denied_end, const char *at)
{
	if (!denied_end || denied_end >= at)
		return false;
	const char *link = denied_end + 1;
	size_t length = strcspn(link, " ");
	if (link >= at || !vocabulary_has(VOCABULARY_LINK, link, length))
		return false;
	const char *next = link + length + 1;
	if (next >= at)
		return true;
	length = strcspn(next, " ");
	return vocabulary_has(VOCABULARY_AFTER_LINK, next, length) && next + length + 1 >= at;
}

/* The longest phrase at `at`, of two the one that says all of it, so that "breathlessness" is not
 * read as "breathless". */
static bool phrase_at(const char *at, enum vocabulary_use *ret_grammar, const char **ret_end)
{
	bool found = false;
	for (size_t i = 0; i < vocabulary_count; i++) {
		const struct vocabulary_entry *entry = &vocabulary[i];
		const char *end = 0;
		if (entry->use < VOCABULARY_RED_FLAG_THING ||
		    entry->use > VOCABULARY_RED_FLAG_WHOLE ||
		    !words_match(at, entry->phrase, &end) || (found && end < *ret_end) ||
		    (found && end == *ret_end && strchr(entry->phrase, '*')))
			continue;
		*ret_grammar = entry->use;
		*ret_end = end;
		found = true;
	}
	return found;
}

static enum red_flag find_in(const char *text)
{
	enum red_flag result = RED_FLAG_NONE;
	const char *denied_end = 0;
	for (const char *at = text; (at = strchr(at, ' ')) && at[1]; at++) {
		enum vocabulary_use grammar = VOCABULARY_RED_FLAG_WHOLE;
		const char *end = 0;
		if (!phrase_at(at + 1, &grammar, &end))
			continue;
		if (!is_denied(text, at + 1, grammar) &&
		    !(grammar != VOCABULARY_RED_FLAG_WHOLE && denial_reaches(denied_end, at + 1)))
			return RED_FLAG_RAISED;
		result = RED_FLAG_DENIED;
		denied_end = end;
	}
	return result;
}

enum red_flag red_flag_find(const char *text)
{
	struct words words;
	enum red_flag result = RED_FLAG_NONE;
	words_begin(&words, text);
	do {
		enum red_flag found = find_in(words.text);
		if (found > result)
			result = found;
	} while (result != RED_FLAG_RAISED && words_next(&words));
	return result;
}
