/* A text as plain words, so that phrases can be looked for: " i cant breathe , stop ".
 *
 * Lower case, Latin letters without their accents ("für" is "fur", "ß" is "ss"), one space before
 * and after each word, apostrophes of every kind dropped ("can't" and "can’t" are "cant"), marks
 * that end a clause as the word ",", the end of a line as ";" (a clause may end there, or a phrase
 * be wrapped), all other signs and emoji as space. Any bytes may come in. A long text is read in
 * parts of about 1 KiB that overlap, so that no phrase is lost between two.
 *
 *     struct words words;
 *     words_begin(&words, text);
 *     do
 *             look(words.text);
 *     while (words_next(&words));
 */
#ifndef SOLEUS_REMINDERS_RULES_WORDS_H
#define SOLEUS_REMINDERS_RULES_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORDS_BYTES   1024
#define WORDS_OVERLAP 200

struct words {
	const char *rest; /* of the text; at its NUL when this part is the last */
	size_t length;
	bool cut;               /* this part ends inside a word */
	char text[WORDS_BYTES]; /* " " when there is no word */
};

/* An ASCII letter or two for a Latin letter with an accent; NULL for any other code point. */
const char *words_fold(uint32_t point);

/* Reads one code point of UTF-8; a byte that is not UTF-8 stands for itself, as 0xFFFD. */
uint32_t words_next_point(const char **at);

void words_begin(struct words *words, const char *text);

/* The next part; false when there is none. */
bool words_next(struct words *words);

/* True when the words at `at` (the first letter of one) are `phrase`. A phrase that ends in '*'
 * leaves its last word open: "breath*" is breathe and breathing too. Line ends inside it do not
 * matter. `ret_end` is behind it. */
bool words_match(const char *at, const char *phrase, const char **ret_end);

#endif
