#include "reminders/rules/keyword.h"

#include "reminders/rules/numbers.h"
#include "reminders/rules/red_flag.h"
#include "reminders/rules/words.h"

#include <stddef.h>
#include <string.h>

#define PHRASE_BYTES 64 /* longer than any keyword */

/* Whole texts, polite words taken out (see is_polite). */
static const struct {
	const char *phrase;
	enum keyword_kind kind;
} keywords[] = {
	{"stop", KEYWORD_STOP},
	{"stopall", KEYWORD_STOP},
	{"stop all", KEYWORD_STOP},
	{"unsubscribe", KEYWORD_STOP},
	{"cancel", KEYWORD_STOP},
	{"end", KEYWORD_STOP},
	{"quit", KEYWORD_STOP},
	{"revoke", KEYWORD_STOP},
	{"opt out", KEYWORD_STOP},
	{"optout", KEYWORD_STOP},
	/* By any reasonable means: what people write instead. */
	{"stop texting", KEYWORD_STOP},
	{"stop texts", KEYWORD_STOP},
	{"stop messaging", KEYWORD_STOP},
	{"stop messages", KEYWORD_STOP},
	{"stop sending messages", KEYWORD_STOP},
	{"stop sending texts", KEYWORD_STOP},
	{"do not text", KEYWORD_STOP},
	{"dont text", KEYWORD_STOP},
	{"no more texts", KEYWORD_STOP},
	{"no more messages", KEYWORD_STOP},
	{"start", KEYWORD_START},
	{"unstop", KEYWORD_START},
	{"opt in", KEYWORD_START},
	{"help", KEYWORD_HELP},
	{"info", KEYWORD_HELP},
	{"yes", KEYWORD_YES},
	{"y", KEYWORD_YES},
	{"yeah", KEYWORD_YES},
	{"yep", KEYWORD_YES},
	{"no", KEYWORD_NO},
	{"n", KEYWORD_NO},
	{"nope", KEYWORD_NO},
	{"c", KEYWORD_CONFIRM},
	{"confirm", KEYWORD_CONFIRM},
	{"confirmed", KEYWORD_CONFIRM},
	{"m", KEYWORD_MOVE},
	{"move", KEYWORD_MOVE},
	{"reschedule", KEYWORD_MOVE},
	{"move visit", KEYWORD_MOVE},
	{"move appointment", KEYWORD_MOVE},
	{"reschedule visit", KEYWORD_MOVE},
	{"reschedule appointment", KEYWORD_MOVE},
	{"x", KEYWORD_CANCEL_VISIT},
	{"cancel visit", KEYWORD_CANCEL_VISIT},
	{"cancel appointment", KEYWORD_CANCEL_VISIT},
	{"cancel booking", KEYWORD_CANCEL_VISIT},
	{"done", KEYWORD_DONE},
	{"all done", KEYWORD_DONE},
	{"did it", KEYWORD_DONE},
	{"not done", KEYWORD_NOT_DONE},
	{"skipped", KEYWORD_NOT_DONE},
	{"did not do it", KEYWORD_NOT_DONE},
	{"didnt do it", KEYWORD_NOT_DONE},
};

static bool is_polite(const char *word, size_t length)
{
	static const char *const polite[] = {"please", "pls", "plz", "thanks", "thank", "you", "me",
					     "my",     "the", "now", "these",  ",",     ";",   0};
	for (const char *const *at = polite; *at; at++)
		if (strlen(*at) == length && memcmp(*at, word, length) == 0)
			return true;
	return false;
}

/* Copies the words of `text` up to `until` (or its end) that are not polite; false when too long.
 */
static bool plain_phrase(const char *text, const char *until, char ret_phrase[PHRASE_BYTES])
{
	size_t length = 0;
	for (const char *at = text + 1; *at && at != until;) {
		size_t word = strcspn(at, " ");
		if (!is_polite(at, word)) {
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

static bool keyword_of(const char *phrase, enum keyword_kind *ret_kind)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strcmp(keywords[i].phrase, phrase) == 0) {
			*ret_kind = keywords[i].kind;
			return true;
		}
	return false;
}

/* "STOP, wrong number": the first clause is an opt-out by itself. Not by a word that begins other
 * sentences too ("Cancel, I am ill"; "Quit, then began again"). */
static bool begins_with_stop(const struct words *words)
{
	static const char *const plain[] = {"cancel", "end", "quit"};
	char phrase[PHRASE_BYTES];
	enum keyword_kind kind;
	const char *clause_end = strpbrk(words->text, ",;");
	if (!clause_end || !plain_phrase(words->text, clause_end, phrase) ||
	    !keyword_of(phrase, &kind) || kind != KEYWORD_STOP)
		return false;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (strcmp(phrase, plain[i]) == 0)
			return false;
	return true;
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
	if (is_whole && plain_phrase(words.text, 0, phrase) && keyword_of(phrase, &result.kind)) {
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
		[KEYWORD_EMPTY] = "empty",     [KEYWORD_FREE_TEXT] = "free_text",
		[KEYWORD_STOP] = "stop",       [KEYWORD_START] = "start",
		[KEYWORD_HELP] = "help",       [KEYWORD_YES] = "yes",
		[KEYWORD_NO] = "no",           [KEYWORD_CONFIRM] = "confirm",
		[KEYWORD_MOVE] = "move",       [KEYWORD_CANCEL_VISIT] = "cancel_visit",
		[KEYWORD_DONE] = "done",       [KEYWORD_NOT_DONE] = "not_done",
		[KEYWORD_NUMBERS] = "numbers", [KEYWORD_RED_FLAG] = "red_flag",
	};
	return names[kind];
}
