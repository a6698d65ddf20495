#include "reminders/rules/numbers.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define TOKENS_MAX 12

/* What a text is made of here; polite and small words are left out. */
enum token_kind { TOKEN_NUMBER, TOKEN_OF, TOKEN_SORENESS, TOKEN_READINESS };

struct token {
	enum token_kind kind;
	int32_t value;
};

struct tokens {
	size_t count;
	struct token items[TOKENS_MAX];
};

static const struct {
	const char *word;
	enum token_kind kind;
	int32_t value;
} known_words[] = {
	{"sore", TOKEN_SORENESS, 0},   {"soreness", TOKEN_SORENESS, 0},
	{"pain", TOKEN_SORENESS, 0},   {"s", TOKEN_SORENESS, 0},
	{"ready", TOKEN_READINESS, 0}, {"readiness", TOKEN_READINESS, 0},
	{"r", TOKEN_READINESS, 0},     {"of", TOKEN_OF, 0},
	{"zero", TOKEN_NUMBER, 0},     {"one", TOKEN_NUMBER, 1},
	{"two", TOKEN_NUMBER, 2},      {"three", TOKEN_NUMBER, 3},
	{"four", TOKEN_NUMBER, 4},     {"five", TOKEN_NUMBER, 5},
	{"six", TOKEN_NUMBER, 6},      {"seven", TOKEN_NUMBER, 7},
	{"eight", TOKEN_NUMBER, 8},    {"nine", TOKEN_NUMBER, 9},
	{"ten", TOKEN_NUMBER, 10},
};

static bool is_small_word(const char *word, size_t length)
{
	static const char *const small[] = {"and", "is",  "my",     "today",  "about", "a", "im",
					    "at",  "out", "please", "thanks", "level", 0};
	for (const char *const *at = small; *at; at++)
		if (strlen(*at) == length && strncasecmp(*at, word, length) == 0)
			return true;
	return false;
}

static bool push(struct tokens *tokens, enum token_kind kind, int32_t value)
{
	if (tokens->count == TOKENS_MAX)
		return false;
	tokens->items[tokens->count++] = (struct token){kind, value};
	return true;
}

static bool push_word(struct tokens *tokens, const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(known_words) / sizeof(known_words[0]); i++)
		if (strlen(known_words[i].word) == length &&
		    strncasecmp(known_words[i].word, word, length) == 0)
			return push(tokens, known_words[i].kind, known_words[i].value);
	return is_small_word(word, length);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Signs that only part words. A comma or point between digits is a decimal, a hyphen before a digit
 * a minus or a range, unless a word stands before it ("sore-3"). */
static bool is_separator(const char *text, const char *at)
{
	bool digit_follows = is_digit(at[1]);
	bool digit_before = at > text && is_digit(at[-1]);
	bool letter_before = at > text && is_ascii_letter(at[-1]);
	switch (*at) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ':':
	case ';':
	case '=':
	case '&':
	case '!':
		return true;
	case '.':
	case ',':
		return !(digit_before && digit_follows);
	case '-':
		return letter_before;
	default:
		return false;
	}
}

static bool read_tokens(const char *text, struct tokens *tokens)
{
	const char *at = text;
	while (*at) {
		size_t length = 0;
		if (is_digit(*at)) {
			int32_t value = 0;
			for (; is_digit(at[length]) && length < 3; length++)
				value = value * 10 + (at[length] - '0');
			if (length > 2 || value > 10 || !push(tokens, TOKEN_NUMBER, value))
				return false;
		} else if (is_ascii_letter(*at)) {
			while (is_ascii_letter(at[length]))
				length++;
			if (!push_word(tokens, at, length))
				return false;
		} else if (*at == '/') {
			length = 1;
			if (!push(tokens, TOKEN_OF, 1))
				return false;
		} else if (is_separator(text, at)) {
			length = 1;
		} else {
			return false;
		}
		at += length;
	}
	return true;
}

/* "3/10" and "3 out of 10" are 3; "3/8" is a pair; any other "of" or slash is not understood. */
static bool resolve_of(struct tokens *tokens)
{
	size_t kept = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		struct token token = tokens->items[i];
		if (token.kind != TOKEN_OF) {
			tokens->items[kept++] = token;
			continue;
		}
		bool between = kept > 0 && tokens->items[kept - 1].kind == TOKEN_NUMBER &&
			       i + 1 < tokens->count && tokens->items[i + 1].kind == TOKEN_NUMBER;
		if (!between)
			return false;
		if (tokens->items[i + 1].value == 10)
			i++;
		else if (token.value == 0) /* "3 of 8" */
			return false;
	}
	tokens->count = kept;
	return true;
}

static bool set(struct keyword_number *number, int32_t value)
{
	if (number->has)
		return false;
	*number = (struct keyword_number){true, value};
	return true;
}

/* N, N N, or numbers each with its label, all before or all after ("sore 3 ready 8", "3 sore"). */
static bool assign(const struct tokens *tokens, struct keyword_number *soreness,
		   struct keyword_number *readiness)
{
	const struct token *items = tokens->items;
	size_t count = tokens->count;
	bool plain = true;
	for (size_t i = 0; i < count; i++)
		plain = plain && items[i].kind == TOKEN_NUMBER;
	if (plain) {
		if (count < 1 || count > 2)
			return false;
		set(soreness, items[0].value);
		return count == 1 || set(readiness, items[1].value);
	}
	if (count % 2)
		return false;
	bool label_first = items[0].kind != TOKEN_NUMBER;
	for (size_t i = 0; i < count; i += 2) {
		struct token label = items[label_first ? i : i + 1];
		struct token number = items[label_first ? i + 1 : i];
		if (number.kind != TOKEN_NUMBER || label.kind == TOKEN_NUMBER ||
		    !set(label.kind == TOKEN_SORENESS ? soreness : readiness, number.value))
			return false;
	}
	return true;
}

bool numbers_read(const char *text, struct keyword_number *ret_soreness,
		  struct keyword_number *ret_readiness)
{
	struct tokens tokens = {0};
	struct keyword_number soreness = {0};
	struct keyword_number readiness = {0};
	if (!read_tokens(text, &tokens) || !resolve_of(&tokens) ||
	    !assign(&tokens, &soreness, &readiness))
		return false;
	*ret_soreness = soreness;
	*ret_readiness = readiness;
	return true;
}
