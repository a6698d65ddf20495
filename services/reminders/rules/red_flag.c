#include "reminders/rules/red_flag.h"

#include "reminders/rules/words.h"

#include <stddef.h>
#include <string.h>

/* What grammar a denial of the phrase has. */
enum denial {
	BY_NO,  /* a thing: "no chest pain", "do not have chest pain" */
	BY_NOT, /* a state: "not breathless"; "no breathless" is an answer and a complaint */
	NEVER,  /* holds its own "not": "cannot breathe" */
};

static const struct {
	const char *phrase; /* as words_match reads it */
	enum denial denial;
} phrases[] = {
	{"breathlessness", BY_NO},
	{"breathles*", BY_NOT},
	{"brethles*", BY_NOT},
	{"breath less", BY_NOT},
	{"short of breath*", BY_NOT},
	{"short of breth*", BY_NOT},
	{"short on breath", BY_NOT},
	{"short breath*", BY_NOT},
	{"shortness of breath*", BY_NO},
	{"shortness of breth*", BY_NO},
	{"out of breath", BY_NOT},
	{"cant breath*", NEVER},
	{"cant breth*", NEVER},
	{"cant breeth*", NEVER},
	{"cant breahe*", NEVER},
	{"can t breath*", NEVER},
	{"cant really breath*", NEVER},
	{"cant properly breath*", NEVER},
	{"cannot breath*", NEVER},
	{"cannot breth*", NEVER},
	{"can not breath*", NEVER},
	{"can hardly breath*", NEVER},
	{"can barely breath*", NEVER},
	{"hardly breath*", NEVER},
	{"barely breath*", NEVER},
	{"couldnt breath*", NEVER},
	{"could not breath*", NEVER},
	{"unable to breath*", NEVER},
	{"not able to breath*", NEVER},
	{"not breathing", NEVER},
	{"catch my breath", NEVER},
	{"get my breath", NEVER},
	{"hard to breath*", BY_NOT},
	{"hard to breth*", BY_NOT},
	{"harder to breath*", BY_NOT},
	{"hard time breathing", BY_NO},
	{"hard breathing", BY_NO},
	{"difficult to breath*", BY_NOT},
	{"difficulty breath*", BY_NO},
	{"difficulties breath*", BY_NO},
	{"trouble breath*", BY_NO},
	{"problem breath*", BY_NO},
	{"problems breath*", BY_NO},
	{"breathing problem*", BY_NO},
	{"breathing difficult*", BY_NO},
	{"struggling to breath*", BY_NOT},
	{"struggle to breath*", BY_NOT},
	{"struggling for breath", BY_NOT},
	{"gasping", BY_NOT},
	{"breathing hurts", NEVER},
	{"breathing is hard*", NEVER},
	{"breathing is difficult", NEVER},
	{"hurts to breath*", NEVER},
	{"hurt to breath*", BY_NOT},
	{"hurts when i breath*", NEVER},
	{"pain when i breath*", BY_NO},
	{"pain when breathing", BY_NO},
	{"pain breathing", BY_NO},
	{"chest pain*", BY_NO},
	{"chestpain*", BY_NO},
	{"chest ache*", BY_NO},
	{"chest hurt*", NEVER},
	{"chest is hurting", NEVER},
	{"chest is tight", NEVER},
	{"chest feels tight", NEVER},
	{"chest tight*", BY_NO},
	{"tight chest", BY_NO},
	{"tightness in my chest", BY_NO},
	{"tightness in the chest", BY_NO},
	{"pressure on my chest", BY_NO},
	{"pressure in my chest", BY_NO},
	{"pain in my chest", BY_NO},
	{"pain in the chest", BY_NO},
	{"pain in chest", BY_NO},
	{"pains in my chest", BY_NO},
	{"pain on my chest", BY_NO},
	{"pain across my chest", BY_NO},
	{"coughing blood", BY_NOT},
	{"coughing up blood", BY_NOT},
	{"collapsed lung", BY_NO},
	{"punctured lung", BY_NO},
	{"pneumothorax", BY_NO},
	{"blue lips", BY_NO},
	{"lips are blue", NEVER},
};

/* After "no" only these may stand before the thing; after "not" these before thing or state. They
 * are few on purpose: "no I have chest pain" must not be a denial. */
static const char *const after_no[] = {"any", "more", "sign", "signs", "of", 0};
static const char *const after_not[] = {"any",   "a",    "at",      "all",    "been",
					"being", "feel", "feeling", "felt",   "getting",
					"had",   "have", "having",  "really", 0};
static const char *const negations[] = {
	"not",   "never", "without", "dont",  "didnt", "doesnt",  "havent",
	"hasnt", "isnt",  "arent",   "wasnt", "nor",   "neither", 0,
};

static bool is_one_of(const char *const *list, const char *word, size_t length)
{
	for (; *list; list++)
		if (strlen(*list) == length && memcmp(*list, word, length) == 0)
			return true;
	return false;
}

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

/* Walks back from the phrase over the words that a denial may hold, to the denial itself. */
static bool is_denied(const char *text, const char *at, enum denial denial)
{
	if (denial == NEVER)
		return false;
	bool only_no_words = true;
	size_t length = 0;
	for (const char *word = word_before(text, at, &length); word;
	     word = word_before(text, word, &length)) {
		if (is_one_of(negations, word, length))
			return true;
		if (length == 2 && memcmp(word, "no", 2) == 0)
			return denial == BY_NO && only_no_words;
		bool no_word = is_one_of(after_no, word, length);
		if (!no_word && !is_one_of(after_not, word, length))
			return false;
		only_no_words = only_no_words && no_word;
	}
	return false;
}

/* "no chest pain or shortness of breath": a denial reaches over "or" to the next phrase. */
static bool denial_reaches(const char *denied_end, const char *at)
{
	static const char *const links[] = {" or ", " nor ", " or any ", " or feeling ", 0};
	return denied_end && is_one_of(links, denied_end, (size_t)(at - denied_end));
}

/* The longest phrase at `at`, so that "breathlessness" is not read as "breathless". */
static bool phrase_at(const char *at, enum denial *ret_denial, const char **ret_end)
{
	bool found = false;
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		const char *end = 0;
		if (!words_match(at, phrases[i].phrase, &end) || (found && end <= *ret_end))
			continue;
		*ret_denial = phrases[i].denial;
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
		enum denial denial = NEVER;
		const char *end = 0;
		if (!phrase_at(at + 1, &denial, &end))
			continue;
		if (!is_denied(text, at + 1, denial) &&
		    !(denial != NEVER && denial_reaches(denied_end, at + 1)))
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
