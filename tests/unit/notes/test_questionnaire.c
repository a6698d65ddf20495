/* The questionnaire: a question for each item in each language, and what answers are. */
#include "notes/rules/questionnaire.h"

#include "../table_files.h"

#include <string.h>

static void asks_for_each_item(void **state)
{
	(void)state;
	for (int item = 0; item < CAUTION_ITEMS; item++)
		for (int language = 0; language < QUESTIONNAIRE_LANGUAGES; language++) {
			const char *text = questionnaire[item][language];
			if (!text || !strchr(text, '?'))
				fail_msg("%s is no question in %s", caution_items[item].code,
					 questionnaire_language_name(
						 (enum questionnaire_language)language));
		}
}

static const struct {
	const char *tag;
	bool found;
	enum questionnaire_language language;
} languages[] = {
	{"en", true, QUESTIONNAIRE_EN},    {"de", true, QUESTIONNAIRE_DE},
	{"de-AT", true, QUESTIONNAIRE_DE}, {"EN-us", true, QUESTIONNAIRE_EN},
	{"fr", false, QUESTIONNAIRE_EN},   {"", false, QUESTIONNAIRE_EN},
	{"d", false, QUESTIONNAIRE_EN},    {"deu", false, QUESTIONNAIRE_EN},
};

static void knows_its_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		enum questionnaire_language language = QUESTIONNAIRE_EN;
		if (questionnaire_language_find(languages[i].tag, &language) !=
			    languages[i].found ||
		    language != languages[i].language)
			fail_msg("\"%s\"", languages[i].tag);
	}
}

static void takes_each_answer_once(void **state)
{
	(void)state;
	struct caution_answers answers = {0};
	assert_true(questionnaire_answer(&answers, "ill", false));
	assert_true(questionnaire_answer(&answers, "diabetes", true));
	assert_false(questionnaire_answer(&answers, "ill", true));
	assert_false(questionnaire_answer(&answers, "moon", true));
	assert_true(answers.yes == caution_bit(CAUTION_DIABETES));
	assert_true(answers.answered == (caution_bit(CAUTION_DIABETES) | caution_bit(CAUTION_ILL)));
}

static const struct table_file files[] = {
	{"a question in both languages", "question ill\n\ten Ill?\n\tde Krank?\n", ""},
	{"one language is missing", "question ill\n\ten Ill?\n", "expected de of ill"},
	{"an empty text", "question ill\n\ten\n\tde Krank?\n", "2:4: expected a value of en"},
	{"a language that there is not", "question ill\n\ten Ill?\n\tde Krank?\n\tfr Malade?\n",
	 "4:2: expected en or de"},
	{"the same item twice",
	 "question ill\n\ten Ill?\n\tde Krank?\nquestion ill\n\ten Ill?\n\tde Krank?\n",
	 "4:10: expected a code that is new"},
};

static void reads_the_file(void **state)
{
	(void)state;
	check_table_files("questions", "q.conf", files, sizeof(files) / sizeof(files[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_for_each_item),
		cmocka_unit_test(knows_its_languages),
		cmocka_unit_test(takes_each_answer_once),
		cmocka_unit_test(reads_the_file),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
