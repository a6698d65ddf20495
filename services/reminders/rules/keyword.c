#include "reminders/rules/keyword.h"

#include "reminders/rules/numbers.h"
#include "reminders/rules/red_flag.h"
#include "reminders/rules/vocabulary.h"
#include "reminders/rules/words.h"

#include <stddef.h>
#include <string.h>

#define PHRASE_BYTES 64 /* longer than any keyword */

/* The kinds of what is a whole text. */
static const enum keyword_kind kinds[] = {
	[VOCABULARY_STOP] = KEYWORD_STOP,
	[VOCABULARY_STOP_ALONE] = KEYWORD_STOP,
	[VOCABULARY_START] = KEYWORD_START,
	[VOCABULARY_HELP] = KEYWORD_HELP,
	[VOCABULARY_YES] = KEYWORD_YES,
	[VOCABULARY_NO] = KEYWORD_NO,
	[VOCABULARY_CONFIRM] = KEYWORD_CONFIRM,
	[VOCABULARY_MOVE] = KEYWORD_MOVE,
	[VOCABULARY_CANCEL_VISIT] = KEYWORD_CANCEL_VISIT,
	[VOCABULARY_DONE] = KEYWORD_DONE,
	[VOCABULARY_NOT_DONE] = KEYWORD_NOT_DONE,
	[VOCABULARY_ACKNOWLEDGE] = KEYWORD_ACKNOWLEDGE,
};

/* Marks between clauses are politeness too. */
static bool is_left_out(const char *word, size_t length)
{
	return (length == 1 && *word == ',') || vocabulary_has(VOCABULARY_POLITE, word, length);
}

/* Copies the words of `text` up to `until` (or its end) that are not polite; false when too long.
 */
static bool plain_phrase(const char *text, const char *until, char ret_phrase[PHRASE_BYTES])
{
	size_t length = 0;
	for (const char *at = text + 1; *at && at != until;) {
		size_t word = strcspn(at, " ");
		if (!is_left_out(at, word)) {
			if (length + word + 2 > PHRASE_BYTES)
				return false;
			if (length)
				ret_phrase[length++] = ' ';
			memcpy(ret_phrase + length, at, word);
			length += word;
		}
		at += word;
		at += *at == ' ';
	}
	ret_phrase[length] = '\0';
	return true;
}

/* NULL: not the whole of a text that means something by itself. */
static const struct vocabulary_entry *keyword_of(const char *phrase)
{
	return vocabulary_find(VOCABULARY_STOP, VOCABULARY_ACKNOWLEDGE, phrase, strlen(phrase));
}

/* "STOP, wrong number": the first clause is an opt-out by itself. Not by a word that begins other
 * sentences too ("Cancel, I am ill"; "Quit, then began again"). */
static bool begins_with_stop(const struct words *words)
{
	char phrase[PHRASE_BYTES];
	const char *clause_end = strpbrk(words->text, ",;");
	const struct vocabulary_entry *entry = NULL;
	if (clause_end && plain_phrase(words->text, clause_end, phrase))
		entry = keyword_of(phrase);
	return entry && entry->use == VOCABULARY_STOP;
}

/* The two traps of domain.md: CANCEL is an opt-out, and with a visit coming very likely means the
 * visit too; YES opts in only where the number is opted out. */
static void apply_context(const char *phrase, const struct keyword_context *context,
			  struct keyword_result *result)
{
	if (result->kind == KEYWORD_STOP) {
		result->opts_out = true;
		result->visit_task = context->has_coming_visit && strcmp(phrase, "cancel") == 0;
	} else if (result->kind == KEYWORD_YES && context->opted_out &&
		   strcmp(phrase, "yes") == 0) {
		result->kind = KEYWORD_START;
	}
}

struct keyword_result keyword_parse(const char *text, const struct keyword_context *context)
{
	struct keyword_result result = {.kind = KEYWORD_FREE_TEXT};
	struct words words;
	char phrase[PHRASE_BYTES];
	words_begin(&words, text);
	if (words.length == 1 && !*words.rest) {
		result.kind = KEYWORD_EMPTY;
		return result;
	}
	enum red_flag red_flag = red_flag_find(text);
	if (red_flag == RED_FLAG_RAISED) {
		result.kind = KEYWORD_RED_FLAG;
		result.opts_out = begins_with_stop(&words);
		return result;
	}
	result.denies_red_flag = red_flag == RED_FLAG_DENIED;
	bool is_whole = !*words.rest;
	const struct vocabulary_entry *keyword = NULL;
	if (is_whole && plain_phrase(words.text, 0, phrase))
		keyword = keyword_of(phrase);
	if (keyword) {
		result.kind = kinds[keyword->use];
		apply_context(phrase, context, &result);
	} else if (begins_with_stop(&words)) {
		result.kind = KEYWORD_STOP;
		result.opts_out = true;
	} else if (is_whole && numbers_read(text, &result.soreness, &result.readiness)) {
		result.kind = KEYWORD_NUMBERS;
	}
	return result;
}

const char *keyword_kind_name(enum keyword_kind kind)
{
	static const char *const names[] = {
		[KEYWORD_EMPTY] = "empty",
		[KEYWORD_FREE_TEXT] = "free_text",
		[KEYWORD_STOP] = "stop",
		[KEYWORD_START] = "start",
		[KEYWORD_HELP] = "help",
		[KEYWORD_YES] = "yes",
		[KEYWORD_NO] = "no",
		[KEYWORD_CONFIRM] = "confirm",
		[KEYWORD_MOVE] = "move",
		[KEYWORD_CANCEL_VISIT] = "cancel_visit",
		[KEYWORD_DONE] = "done",
		[KEYWORD_NOT_DONE] = "not_done",
		[KEYWORD_NUMBERS] = "numbers",
		[KEYWORD_RED_FLAG] = "red_flag",
		[KEYWORD_ACKNOWLEDGE] = "acknowledge",
	};
	return names[kind];
}
