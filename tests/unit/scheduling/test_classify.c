/* Titles of training calendars: every form that occurs in shared/data/training, and what others
 * write. */
#include "scheduling/rules/classify.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
	const char *title;
	enum session_kind kind;
	bool uncertain;
} cases[] = {
	/* The calendars' own. */
	{"Cross-training", SESSION_MODERATE, false},
	{"Easy run 11 km", SESSION_LOW, false},
	{"Hill repeats", SESSION_HIGH_INTENSITY, false},
	{"Intervals", SESSION_HIGH_INTENSITY, false},
	{"Intervals 14 km", SESSION_HIGH_INTENSITY, false},
	{"Long run 32 km", SESSION_DEMANDING_BLOCK, false},
	{"RACE 5 km spring run", SESSION_RACE, false},
	{"RACE Boston Marathon", SESSION_RACE, false},
	{"RACE New Bedford Half Marathon", SESSION_RACE, false},
	{"Race or time trial 21 km", SESSION_RACE, false},
	{"Race-pace run 10 km", SESSION_HIGH_INTENSITY, false},
	{"Rest", SESSION_REST, false},
	{"Tempo run", SESSION_HIGH_INTENSITY, false},
	{"Tempo run 13 km", SESSION_HIGH_INTENSITY, false},
	/* Case, signs and neighbours. */
	{"REST DAY after race", SESSION_REST, false},
	{"*race*", SESSION_RACE, false},
	{"Marathon!", SESSION_RACE, false},
	{"6 x 1 km @ threshold", SESSION_HIGH_INTENSITY, false},
	{"Gym: heavy squats", SESSION_HEAVY_LIFT, false},
	{"1RM test", SESSION_HEAVY_LIFT, false},
	{"Recovery jog", SESSION_LOW, false},
	{"Pre-race shakeout", SESSION_LOW, false},
	/* T1: of two meanings the harder one. */
	{"Easy run with sprints", SESSION_HIGH_INTENSITY, false},
	/* Part of a word is not the word. */
	{"Terrace party", SESSION_MODERATE, true},
	{"Forest loop", SESSION_MODERATE, true},
	{"Restaurant", SESSION_MODERATE, true},
	{"Run", SESSION_MODERATE, true},
	{"", SESSION_MODERATE, true},
	{0, SESSION_MODERATE, true},
	{"\xff\xfe", SESSION_MODERATE, true},
};

static void classifies(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct classified got = classify_title(cases[i].title);
		if (got.kind != cases[i].kind || got.uncertain != cases[i].uncertain)
			fail_msg("\"%s\" is %s by \"%s\"",
				 cases[i].title ? cases[i].title : "(null)",
				 session_kind_name(got.kind), got.phrase ? got.phrase : "-");
		assert_true(got.uncertain == (got.phrase == 0));
	}
}

static void puts_own_words_first(void **state)
{
	(void)state;
	static const struct classify_word own[] = {{"easy run", SESSION_REST}};
	assert_int_equal(classify_title_with(own, 1, "Easy run 5 km").kind, SESSION_REST);
	assert_int_equal(classify_title_with(own, 1, "Easy ride").kind, SESSION_LOW);
	assert_true(classify_title_with(own, 1, 0).uncertain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classifies),
		cmocka_unit_test(puts_own_words_first),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
