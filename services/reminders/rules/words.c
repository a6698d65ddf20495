#include "reminders/rules/words.h"

#include <string.h>

uint32_t words_next_point(const char **at)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	static const struct {
		unsigned char mask, lead;
		int more;
	} forms[] = {{0x80, 0, 0}, {0xe0, 0xc0, 1}, {0xf0, 0xe0, 2}, {0xf8, 0xf0, 3}};
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if ((bytes[0] & forms[i].mask) != forms[i].lead)
			continue;
		uint32_t point = bytes[0] & (uint32_t)(~forms[i].mask & 0xff);
		int read = 1;
		while (read <= forms[i].more && (bytes[read] & 0xc0) == 0x80)
			point = point << 6 | (bytes[read++] & 0x3f);
		if (read <= forms[i].more)
			break;
		*at += read;
		return point;
	}
	*at += 1;
	return 0xfffd;
}

const char *words_fold(uint32_t point)
{
	/* 0xc0 to 0xff; "" is no letter with an accent. */
	static const char latin[][3] = {
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "",  "ss",
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "",  "y",
	};
	if (point >= 0xc0 && point <= 0xff && *latin[point - 0xc0])
		return latin[point - 0xc0];
	if (point == 0x152 || point == 0x153)
		return "oe";
	return point == 0x1e9e ? "ss" : NULL;
}

static bool is_dropped(uint32_t point)
{
	if (point >= 0x300 && point <= 0x36f) /* accents that stand by themselves */
		return true;
	switch (point) {
	case '\'':
	case '`':
	case 0x00ad: /* soft hyphen */
	case 0x00b4: /* acute */
	case 0x02bc: /* modifier apostrophe */
	case 0x2018:
	case 0x2019:
	case 0x201b:
	case 0x2032: /* prime */
	case 0x200b: /* zero width */
	case 0x200c:
	case 0x200d:
	case 0xfe0f: /* variation selector */
	case 0xfeff:
		return true;
	default:
		return false;
	}
}

static bool is_clause_end(uint32_t point)
{
	return (point < 0x80 && point && strchr(".,;:!?()", (int)point)) || point == 0x2026 ||
	       point == 0x2013 || point == 0x2014;
}

static bool is_letter(uint32_t point)
{
	if (point < 0x80)
		return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
	/* Beyond Latin-1's signs; general punctuation, symbols, emoji and the unknown are space. */
	return point >= 0xc0 && !(point >= 0x2000 && point < 0x2c00) && point < 0xfe00;
}

static void append(struct words *words, const char *bytes, size_t count)
{
	memcpy(words->text + words->length, bytes, count);
	words->length += count;
	words->text[words->length] = '\0';
}

static void end_word(struct words *words)
{
	if (words->text[words->length - 1] != ' ')
		append(words, " ", 1);
}

static void fill(struct words *words)
{
	while (*words->rest && words->length < WORDS_BYTES - 8) {
		const char *from = words->rest;
		uint32_t point = words_next_point(&words->rest);
		bool wide = point >= 0xff01 && point <= 0xff5e; /* full-width ASCII */
		if (wide)
			point -= 0xfee0;
		if (point >= 'A' && point <= 'Z')
			point += 'a' - 'A';
		if (is_dropped(point))
			continue;
		const char *folded = words_fold(point);
		if (is_letter(point) && point < 0x80) {
			char letter = (char)point;
			append(words, &letter, 1);
		} else if (folded) {
			append(words, folded, strlen(folded));
		} else if (is_letter(point)) {
			append(words, from, (size_t)(words->rest - from));
		} else {
			end_word(words);
			char before = words->length > 1 ? words->text[words->length - 2] : ',';
			if (is_clause_end(point) && before != ',')
				append(words, ", ", 2);
			else if (point == '\n' && before != ',' && before != ';')
				append(words, "; ", 2);
		}
	}
	words->cut = words->text[words->length - 1] != ' ';
	end_word(words);
}

void words_begin(struct words *words, const char *text)
{
	words->rest = text ? text : "";
	words->length = 0;
	append(words, " ", 1);
	fill(words);
}

bool words_next(struct words *words)
{
	if (!*words->rest)
		return false;
	/* Keep the last words, from a space on; a word that was cut goes on where it was. */
	size_t from = words->length - WORDS_OVERLAP;
	while (from > words->length - WORDS_BYTES / 2 && words->text[from] != ' ')
		from--;
	words->length -= from;
	memmove(words->text, words->text + from, words->length + 1);
	words->text[0] = ' ';
	if (words->cut)
		words->text[--words->length] = '\0';
	fill(words);
	return true;
}

bool words_match(const char *at, const char *phrase, const char **ret_end)
{
	for (; *phrase && *phrase != '*'; phrase++, at++) {
		if (*at != *phrase)
			return false;
		if (*at == ' ' && at[1] == ';')
			at += 2;
	}
	if (*phrase != '*' && *at != ' ')
		return false;
	while (*at && *at != ' ')
		at++;
	*ret_end = at;
	return true;
}
