/* What people read: languages, and a visit's time. */
#include "gateway/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void languages(void **state)
{
	static const struct {
		const char *accept, *code;
	} cases[] = {
		{NULL, "en"},
		{"", "en"},
		{"de", "de"},
		{"de-AT,de;q=0.9,en;q=0.8", "de"},
		{"DE-at", "de"},
		{"it,de;q=0.5", "de"},
		{"it-CH, en;q=0.5, de", "en"},
		{"deutsch", "en"},
		{"*", "en"},
		{",,;;", "en"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(language_code(language_choose(cases[i].accept)), cases[i].code);
}

static void times(void **state)
{
	static const struct {
		const char *local, *in[LANGUAGES];
	} cases[] = {
		{"2026-03-04 15:00",
		 {"Wednesday, 4 March 2026, 15:00", "Mittwoch, 4. März 2026, 15:00 Uhr"}},
		{"1970-01-01 00:00",
		 {"Thursday, 1 January 1970, 00:00", "Donnerstag, 1. Januar 1970, 00:00 Uhr"}},
		{"", {"", ""}},
		{"2026-13-04 15:00", {"", ""}},
		{"tomorrow", {"", ""}},
	};
	struct arena *arena = arena_new(1 << 16);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int language = 0; language < LANGUAGES; language++)
			assert_string_equal(
				words_when(arena, cases[i].local, (enum language)language),
				cases[i].in[language]);
	arena_free(arena);
}

static void keys(void **state)
{
	(void)state;
	assert_string_equal(words("yes", LANGUAGE_DE), "Ja");
	assert_null(words("was.never", LANGUAGE_EN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages),
		cmocka_unit_test(times),
		cmocka_unit_test(keys),
	};
	return cmocka_run_group_tests_name("gateway_words", tests, NULL, NULL);
}
