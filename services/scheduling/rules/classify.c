#include "scheduling/rules/classify.h"

#include <string.h>

/* First match decides: the narrower phrase stands before the wider one, and where a title says two
 * things the harder one counts, because T1 must not miss it. */
static const struct classify_word our_words[] = {
	{"rest day", SESSION_REST},
	{"day off", SESSION_REST},
	{"off day", SESSION_REST},
	/* "Race" inside these is a pace or a routine, not a race. */
	{"race pace", SESSION_HIGH_INTENSITY},
	{"marathon pace", SESSION_HIGH_INTENSITY},
	{"half marathon pace", SESSION_HIGH_INTENSITY},
	{"race simulation", SESSION_HIGH_INTENSITY},
	{"pre race", SESSION_LOW},
	{"post race", SESSION_LOW},
	{"shakeout", SESSION_LOW},
	{"time trial", SESSION_RACE},
	{"race", SESSION_RACE},
	{"marathon", SESSION_RACE},
	{"triathlon", SESSION_RACE},
	{"wettkampf", SESSION_COMPETITION},
	{"competition", SESSION_COMPETITION},
	{"tournament", SESSION_COMPETITION},
	{"championship", SESSION_COMPETITION},
	{"championships", SESSION_COMPETITION},
	{"match", SESSION_COMPETITION},
	{"game", SESSION_COMPETITION},
	{"meet", SESSION_COMPETITION},
	{"regatta", SESSION_COMPETITION},
	{"heavy", SESSION_HEAVY_LIFT},
	{"max strength", SESSION_HEAVY_LIFT},
	{"1rm", SESSION_HEAVY_LIFT},
	{"deadlift", SESSION_HEAVY_LIFT},
	{"deadlifts", SESSION_HEAVY_LIFT},
	{"back squat", SESSION_HEAVY_LIFT},
	{"powerlifting", SESSION_HEAVY_LIFT},
	{"weightlifting", SESSION_HEAVY_LIFT},
	{"intervals", SESSION_HIGH_INTENSITY},
	{"interval", SESSION_HIGH_INTENSITY},
	{"hiit", SESSION_HIGH_INTENSITY},
	{"tempo", SESSION_HIGH_INTENSITY},
	{"threshold", SESSION_HIGH_INTENSITY},
	{"hill repeats", SESSION_HIGH_INTENSITY},
	{"hills", SESSION_HIGH_INTENSITY},
	{"repeats", SESSION_HIGH_INTENSITY},
	{"sprint", SESSION_HIGH_INTENSITY},
	{"sprints", SESSION_HIGH_INTENSITY},
	{"speed", SESSION_HIGH_INTENSITY},
	{"speedwork", SESSION_HIGH_INTENSITY},
	{"fartlek", SESSION_HIGH_INTENSITY},
	{"vo2max", SESSION_HIGH_INTENSITY},
	{"vo2", SESSION_HIGH_INTENSITY},
	{"plyometrics", SESSION_HIGH_INTENSITY},
	{"long run", SESSION_DEMANDING_BLOCK},
	{"long ride", SESSION_DEMANDING_BLOCK},
	{"training camp", SESSION_DEMANDING_BLOCK},
	{"double session", SESSION_DEMANDING_BLOCK},
	{"brick", SESSION_DEMANDING_BLOCK},
	{"cross training", SESSION_MODERATE},
	{"crosstraining", SESSION_MODERATE},
	{"steady", SESSION_MODERATE},
	{"moderate", SESSION_MODERATE},
	{"strength", SESSION_MODERATE},
	{"gym", SESSION_MODERATE},
	{"technique", SESSION_LOW},
	{"easy", SESSION_LOW},
	{"recovery", SESSION_LOW},
	{"jog", SESSION_LOW},
	{"walk", SESSION_LOW},
	{"yoga", SESSION_LOW},
	{"mobility", SESSION_LOW},
	{"stretching", SESSION_LOW},
	{"rest", SESSION_REST},
	{"ruhetag", SESSION_REST},
};

static bool is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c >= 0x80;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* True when `phrase` begins at `at`, which is the first letter of a word. Any run of other
 * characters parts words, so that "Race-pace" is "race pace". */
static bool begins_with(const char *at, const char *phrase)
{
	for (; *phrase; phrase++) {
		if (*phrase == ' ') {
			if (!*at || is_word((unsigned char)*at))
				return false;
			while (*at && !is_word((unsigned char)*at))
				at++;
		} else if (lower(*at++) != *phrase) {
			return false;
		}
	}
	return !is_word((unsigned char)*at);
}

static bool occurs(const char *title, const char *phrase)
{
	bool inside = false;
	for (const char *at = title; *at; at++) {
		if (is_word((unsigned char)*at) && !inside && begins_with(at, phrase))
			return true;
		inside = is_word((unsigned char)*at);
	}
	return false;
}

static const struct classify_word *first_of(const struct classify_word *words, size_t count,
					    const char *title)
{
	for (size_t i = 0; i < count; i++)
		if (occurs(title, words[i].phrase))
			return &words[i];
	return 0;
}

struct classified classify_title_with(const struct classify_word *words, size_t count,
				      const char *title)
{
	const struct classify_word *word = title ? first_of(words, count, title) : 0;
	if (title && !word)
		word = first_of(our_words, sizeof(our_words) / sizeof(our_words[0]), title);
	if (!word)
		return (struct classified){SESSION_MODERATE, true, 0};
	return (struct classified){word->kind, false, word->phrase};
}

struct classified classify_title(const char *title)
{
	return classify_title_with(0, 0, title);
}

const struct classify_word *classify_built_in(size_t *ret_count)
{
	*ret_count = sizeof(our_words) / sizeof(our_words[0]);
	return our_words;
}

bool classify_phrase(const char *text, char ret_phrase[CLASSIFY_PHRASE_BYTES])
{
	size_t length = 0;
	bool between = false;
	for (; *text && length < CLASSIFY_PHRASE_BYTES - 1; text++) {
		if (!is_word((unsigned char)*text)) {
			between = length > 0;
			continue;
		}
		if (between)
			ret_phrase[length++] = ' ';
		between = false;
		if (length < CLASSIFY_PHRASE_BYTES - 1)
			ret_phrase[length++] = lower(*text);
	}
	while (*text && !is_word((unsigned char)*text))
		text++;
	if (*text)
		length = 0;
	ret_phrase[length] = '\0';
	return length > 0;
}
