#include "reminders/rules/segments.h"

#include <string.h>

/* The alphabet beside ASCII, and what of ASCII is not in it or counts two. */
static const uint32_t beyond_ascii[] = {
	0xa3,  0xa5,  0xe8,  0xe9,  0xf9,  0xec,  0xf2,  0xc7,  0xd8,  0xf8, 0xc5, 0xe5, 0x394,
	0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9,
	0xa4,  0xa1,  0xc4,  0xd6,  0xd1,  0xdc,  0xa7,  0xbf,  0xe4,  0xf6, 0xf1, 0xfc, 0xe0,
};
#define EURO 0x20ac

/* Septets of a character; 0: not in GSM-7. */
static size_t septets(uint32_t character)
{
	if (character == '`' || (character < ' ' && character != '\n' && character != '\r') ||
	    character == 0x7f)
		return 0;
	if (character == EURO || (character < 0x80 && strchr("^{}\\[~]|", (int)character)))
		return 2;
	if (character < 0x80)
		return 1;
	for (size_t i = 0; i < sizeof(beyond_ascii) / sizeof(beyond_ascii[0]); i++)
		if (beyond_ascii[i] == character)
			return 1;
	return 0;
}

/* The character at `*at`, which moves behind it; bytes that are no UTF-8 count as U+FFFD each. */
static uint32_t next_character(const char **at)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	size_t more = bytes[0] < 0xc0 ? 0 : bytes[0] < 0xe0 ? 1 : bytes[0] < 0xf0 ? 2 : 3;
	uint32_t character = bytes[0];
	if (bytes[0] >= 0x80)
		character = more ? bytes[0] & (0x3fU >> more) : 0xfffd;
	for (size_t i = 1; i <= more; i++) {
		if ((bytes[i] & 0xc0) != 0x80) {
			*at += 1;
			return 0xfffd;
		}
		character = character << 6 | (bytes[i] & 0x3f);
	}
	*at += 1 + more;
	return character;
}

static size_t units_of(uint32_t character, enum segments_encoding encoding)
{
	return encoding == SEGMENTS_GSM7 ? septets(character) : character > 0xffff ? 2 : 1;
}

/* Filled one after the other; a character that does not fit whole begins the next. */
static size_t filled(const char *text, enum segments_encoding encoding, size_t each)
{
	size_t count = 1, used = 0;
	while (*text) {
		size_t units = units_of(next_character(&text), encoding);
		if (used + units > each) {
			count++;
			used = 0;
		}
		used += units;
	}
	return count;
}

struct segments segments_count(const char *text)
{
	struct segments result = {.encoding = SEGMENTS_GSM7};
	for (const char *at = text; *at; result.characters++) {
		uint32_t character = next_character(&at);
		if (septets(character) == 0 && result.outside == 0) {
			result.outside = character;
			result.encoding = SEGMENTS_UCS2;
		}
	}
	for (const char *at = text; *at;)
		result.units += units_of(next_character(&at), result.encoding);
	bool gsm7 = result.encoding == SEGMENTS_GSM7;
	if (result.units == 0)
		result.segments = 0;
	else if (result.units <= (gsm7 ? 160U : 70U))
		result.segments = 1;
	else
		result.segments = filled(text, result.encoding, gsm7 ? 153 : 67);
	return result;
}

const char *segments_encoding_name(enum segments_encoding encoding)
{
	return encoding == SEGMENTS_GSM7 ? "GSM-7" : "UCS-2";
}

/* Read the same without its mark; both cases where there are two. */
static const struct {
	const char *from; /* characters, all of them */
	const char *to;
} respelt[] = {
	{"áâãāăą", "a"}, {"ÁÀÂÃĀĂĄ", "A"}, {"çćčĉ", "c"},
	{"ĆČĈ", "C"},    {"ďđ", "d"},      {"ĎĐ", "D"},
	{"êëēěę", "e"},  {"ÈÊËĒĚĘ", "E"},  {"ğģ", "g"},
	{"ĞĢ", "G"},     {"íîïīįı", "i"},  {"ÍÌÎÏĪĮİ", "I"},
	{"łľļ", "l"},    {"ŁĽĻ", "L"},     {"ńňņ", "n"},
	{"ŃŇŅ", "N"},    {"óôõōő", "o"},   {"ÓÒÔÕŌŐ", "O"},
	{"řŕ", "r"},     {"ŘŔ", "R"},      {"śšşș", "s"},
	{"ŚŠŞȘ", "S"},   {"ťţț", "t"},     {"ŤŢȚ", "T"},
	{"úûūůűų", "u"}, {"ÚÙÛŪŮŰŲ", "U"}, {"ýÿ", "y"},
	{"ÝŸ", "Y"},     {"źżž", "z"},     {"ŹŻŽ", "Z"},
	{"œ", "oe"},     {"Œ", "OE"},      {"ẞ", "SS"},
	{"‘’‚′`´", "'"}, {"“”„«»″", "\""}, {"–—−‐‑", "-"},
	{"…", "..."},    {"•·", "-"},      {"\u00a0\u202f\t", " "},
	{"×", "x"},
};

static const char *respelling(uint32_t character)
{
	for (size_t i = 0; i < sizeof(respelt) / sizeof(respelt[0]); i++)
		for (const char *at = respelt[i].from; *at;)
			if (next_character(&at) == character)
				return respelt[i].to;
	return NULL;
}

bool segments_respell(const char *text, char *ret_text, size_t bytes)
{
	size_t length = 0;
	for (const char *at = text; *at;) {
		const char *begins = at;
		uint32_t character = next_character(&at);
		const char *more = septets(character) > 0 ? begins : respelling(character);
		size_t count = more == begins ? (size_t)(at - begins) : more ? strlen(more) : 0;
		if (!more || length + count >= bytes) {
			*ret_text = '\0';
			return false;
		}
		memcpy(ret_text + length, more, count);
		length += count;
	}
	ret_text[length] = '\0';
	return true;
}
