/* The words that texts are made of, in all languages at once: vocabulary/common.conf says what each
 * use means. About 900 phrases, looked at one after the other: a text has a few dozen words.
 *
 *     if (vocabulary_has(VOCABULARY_POLITE, word, length))
 */
#ifndef SOLEUS_REMINDERS_RULES_VOCABULARY_H
#define SOLEUS_REMINDERS_RULES_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum vocabulary_use {
	VOCABULARY_STOP,
	VOCABULARY_STOP_ALONE,
	VOCABULARY_START,
	VOCABULARY_HELP,
	VOCABULARY_YES,
	VOCABULARY_NO,
	VOCABULARY_CONFIRM,
	VOCABULARY_MOVE,
	VOCABULARY_CANCEL_VISIT,
	VOCABULARY_DONE,
	VOCABULARY_NOT_DONE,
	VOCABULARY_ACKNOWLEDGE, /* up to here: the whole text */
	VOCABULARY_RED_FLAG_THING,
	VOCABULARY_RED_FLAG_STATE,
	VOCABULARY_RED_FLAG_WHOLE,
	VOCABULARY_DENIES_ALL,
	VOCABULARY_DENIES_THING,
	VOCABULARY_DENIES_HELD,
	VOCABULARY_BETWEEN_ALL,
	VOCABULARY_BETWEEN_THING,
	VOCABULARY_LINK,
	VOCABULARY_AFTER_LINK,
	VOCABULARY_NUMBER,
	VOCABULARY_OF,
	VOCABULARY_SORENESS,
	VOCABULARY_READINESS,
	VOCABULARY_SMALL, /* beside numbers */
	VOCABULARY_POLITE,
};

struct vocabulary_entry {
	const char *phrase; /* as words_match reads it */
	enum vocabulary_use use;
	int32_t number; /* VOCABULARY_NUMBER */
};

extern const struct vocabulary_entry vocabulary[];
extern const size_t vocabulary_count;

/* True when the `length` bytes at `phrase` are a whole phrase of that use. */
bool vocabulary_has(enum vocabulary_use use, const char *phrase, size_t length);

/* The entry with the phrase whose use lies between `from` and `until`; NULL: there is none. */
const struct vocabulary_entry *vocabulary_find(enum vocabulary_use from, enum vocabulary_use until,
					       const char *phrase, size_t length);

#endif
