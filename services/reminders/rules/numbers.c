#include "reminders/rules/numbers.h"

#include "reminders/rules/vocabulary.h"
#include "reminders/rules/words.h"

#include <stddef.h>
#include <string.h>

#define TOKENS_MAX 12
#define TEXT_BYTES 256 /* longer is no answer in numbers */

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

static bool push(struct tokens *tokens, enum token_kind kind, int32_t value)
{
	if (tokens->count == TOKENS_MAX)
		return false;
	tokens->items[tokens->count++] = (struct token){kind, value};
	return true;
}

static bool push_word(struct tokens *tokens, const char *word, size_t length)
{
	const struct vocabulary_entry *entry =
		vocabulary_find(VOCABULARY_NUMBER, VOCABULARY_SMALL, word, length);
	if (!entry)
		return false;
	switch (entry->use) {
	case VOCABULARY_NUMBER:
		return push(tokens, TOKEN_NUMBER, entry->number);
	case VOCABULARY_OF:
		return push(tokens, TOKEN_OF, 0);
	case VOCABULARY_SORENESS:
		return push(tokens, TOKEN_SORENESS, 0);
	case VOCABULARY_READINESS:
		return push(tokens, TOKEN_READINESS, 0);
	default:
		return true;
	}
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

/* Small letters without accents, all else as it is; false when the text is too long for an answer.
 */
static bool fold(const char *text, char ret_text[TEXT_BYTES])
{
	size_t length = 0;
	while (*text) {
		const char *from = text;
		uint32_t point = words_next_point(&text);
		const char *folded = words_fold(point);
		char small = (char)(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
		size_t count = folded ? strlen(folded) : point < 0x80 ? 1 : (size_t)(text - from);
		if (length + count >= TEXT_BYTES)
			return false;
		memcpy(ret_text + length, folded ? folded : point < 0x80 ? &small : from, count);
		length += count;
	}
	ret_text[length] = '\0';
	return true;
}

bool numbers_read(const char *text, struct keyword_number *ret_soreness,
		  struct keyword_number *ret_readiness)
{
	struct tokens tokens = {0};
	struct keyword_number soreness = {0};
	struct keyword_number readiness = {0};
	char folded[TEXT_BYTES];
	if (!fold(text, folded) || !read_tokens(folded, &tokens) || !resolve_of(&tokens) ||
	    !assign(&tokens, &soreness, &readiness))
		return false;
	*ret_soreness = soreness;
	*ret_readiness = readiness;
	return true;
}
