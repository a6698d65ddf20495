/* What a text costs as SMS: GSM-7 and UCS-2, where segments end, and spellings that GSM-7 has. */
#include "reminders/rules/segments.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define A50  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A100 A50 A50

/* `count` times `unit`, with `before` and `after`. */
static const struct {
	const char *name;
	const char *before;
	size_t count;
	const char *unit;
	const char *after;
	enum segments_encoding encoding;
	size_t units, segments;
} cases[] = {
	{"nothing", "", 0, "", "", SEGMENTS_GSM7, 0, 0},
	{"one letter", "", 1, "a", "", SEGMENTS_GSM7, 1, 1},
	{"160 septets are one segment", "", 160, "a", "", SEGMENTS_GSM7, 160, 1},
	{"161 are two", "", 161, "a", "", SEGMENTS_GSM7, 161, 2},
	{"2 x 153 are two", "", 306, "a", "", SEGMENTS_GSM7, 306, 2},
	{"307 are three", "", 307, "a", "", SEGMENTS_GSM7, 307, 3},
	{"umlauts, sharp s, accents and Greek of the alphabet", "", 1,
	 "äöüÄÖÜß èéùìòàñ ΔΦΓΛΩΠΨΣΘΞ @£¥§¿¡", "", SEGMENTS_GSM7, 33, 1},
	{"80 euro signs are 160 septets", "", 80, "€", "", SEGMENTS_GSM7, 160, 1},
	{"81 are 162; 76 of them fill 152 of the first 153", "", 81, "€", "", SEGMENTS_GSM7, 162,
	 2},
	{"the extension table", "", 1, "^{}\\[~]|€", "", SEGMENTS_GSM7, 18, 1},
	{"no euro sign is split: 152 letters, it, and 151 letters lose a septet", "", 152, "a",
	 "€" A100 A50 "a", SEGMENTS_GSM7, 305, 2},
	{"so what would just fill two takes three", "", 152, "a", "€" A100 A50 "aa", SEGMENTS_GSM7,
	 306, 3},
	{"a back-tick is not in it", "", 1, "`", "", SEGMENTS_UCS2, 1, 1},
	{"one curly quote turns all of it", "", 69, "a", "“", SEGMENTS_UCS2, 70, 1},
	{"and the 71st unit begins a second", "", 70, "a", "“", SEGMENTS_UCS2, 71, 2},
	{"2 x 67", "“", 133, "a", "", SEGMENTS_UCS2, 134, 2},
	{"and one more", "“", 134, "a", "", SEGMENTS_UCS2, 135, 3},
	{"an emoji is two units", "", 35, "😀", "", SEGMENTS_UCS2, 70, 1},
	{"33 of them fill 66 of 67", "", 36, "😀", "", SEGMENTS_UCS2, 72, 2},
	{"67 would hold 67: 2 x 33 pairs and one more are three", "", 67, "😀", "", SEGMENTS_UCS2,
	 134, 3},
	{"ç small is not in it, Ç is", "", 1, "Çç", "", SEGMENTS_UCS2, 2, 1},
};

static void counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[2048];
		strcpy(text, cases[i].before);
		for (size_t n = 0; n < cases[i].count; n++)
			strcat(text, cases[i].unit);
		strcat(text, cases[i].after);
		struct segments got = segments_count(text);
		if (got.encoding != cases[i].encoding || got.units != cases[i].units ||
		    got.segments != cases[i].segments)
			fail_msg("%s: %s, %zu units, %zu segments", cases[i].name,
				 segments_encoding_name(got.encoding), got.units, got.segments);
	}
	assert_int_equal(segments_count("go “now”").outside, 0x201c);
	assert_int_equal(segments_count("grüß Gott").outside, 0);
	assert_int_equal(segments_count("grüß Gott").characters, 9);
	/* Bytes that are no UTF-8 end. */
	assert_int_equal(segments_count("a\xe2\x82").characters, 3);
}

static const struct {
	const char *text, *expected; /* "": there is no such spelling */
} spellings[] = {
	{"grüß Gott", "grüß Gott"},
	{"“café” – ¿cómo está?", "\"café\" - ¿como esta?"},
	{"ça va, bientôt… œuvre", "ca va, bientot... oeuvre"},
	{"Łódź, Český, İzmir", "Lodz, Cesky, Izmir"},
	{"10\u00a0€", "10 €"},
	{"ok 😀", ""},
	{"да", ""},
};

static void respells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		char text[64];
		bool can = segments_respell(spellings[i].text, text, sizeof(text));
		assert_string_equal(text, spellings[i].expected);
		assert_int_equal(can, *spellings[i].expected != '\0');
		if (can)
			assert_int_equal(segments_count(text).encoding, SEGMENTS_GSM7);
	}
	char few[4];
	assert_true(segments_respell("abc", few, sizeof(few)));
	assert_false(segments_respell("abcd", few, sizeof(few)));
	assert_string_equal(few, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts),
		cmocka_unit_test(respells),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
