/* Templates: what is a fault when a text is saved, and what stands in it when it is sent. */
#include "reminders/rules/template.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static const struct {
	const char *text;
	unsigned needed, known;
	const char *faults; /* "column expected; …" */
} saved[] = {
	{"{clinic}: your visit is {when}.", TEMPLATE_WHEN, 0, ""},
	{"{clinic}: see you.", 0, 0, ""},
	{"{clinic}: see you.", TEMPLATE_WHEN, 0, "0 the field {when}; "},
	{"{clinic}: {wen}", TEMPLATE_WHEN, 0,
	 "11 a field that is known, not {wen}; 0 the field {when}; "},
	{"{clinic}: {when} {until}", TEMPLATE_WHEN, 0,
	 "18 a field that this step has, not {until}; "},
	{"{clinic}: {when} {link}", TEMPLATE_WHEN, TEMPLATE_LINK, ""},
	{"{when} at {clinic}", TEMPLATE_WHEN, 0, "1 \"{clinic}: \" at the beginning: who writes; "},
	{"", 0, 0, "1 \"{clinic}: \" at the beginning: who writes; "},
	{"{clinic}: {when", TEMPLATE_WHEN, 0,
	 "11 a field such as {clinic}; braces stand for nothing else; 0 the field {when}; "},
	{"{clinic}: when} {{when}}", TEMPLATE_WHEN, 0,
	 "15 a field such as {clinic}; braces stand for nothing else; "
	 "17 a field such as {clinic}; braces stand for nothing else; "
	 "24 a field such as {clinic}; braces stand for nothing else; "},
	{"{clinic}: {}", 0, 0, "11 a field that is known, not {}; "},
	{"{clinic}: a\nb", 0, 0, "0 no control characters; "},
	{"{clinic}: \xff", 0, 0, "0 UTF-8; "},
};

static void finds_all_faults_of_a_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(saved) / sizeof(saved[0]); i++) {
		struct template_faults faults;
		char text[1024] = "";
		bool good = template_check(saved[i].text, saved[i].needed, saved[i].known, &faults);
		for (size_t f = 0; f < faults.count; f++) {
			size_t column = faults.faults[f].column;
			/* Where a control character stands is said too, but not in this table. */
			if (strstr(faults.faults[f].expected, "control"))
				column = 0;
			sprintf(text + strlen(text), "%zu %s; ", column, faults.faults[f].expected);
		}
		if (strcmp(text, saved[i].faults) != 0)
			fail_msg("\"%s\": %s", saved[i].text, text);
		assert_int_equal(good, faults.count == 0);
	}
}

static void keeps_count_of_many_faults(void **state)
{
	(void)state;
	struct template_faults faults;
	char text[TEMPLATE_BYTES + 8];
	memset(text, '}', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(template_check(text, 0, 0, &faults));
	assert_int_equal(faults.count, TEMPLATE_FAULTS_MAX);
	assert_string_equal(faults.faults[0].expected, "at most 599 bytes");
}

static void fills_what_is_known(void **state)
{
	(void)state;
	const struct message_fields fields = {"Prater",         "Di 24. Nov 14:00",   2, 4, "10:30",
					      "5 min mobility", "https://s.example/x"};
	const struct message_fields none = {.clinic = "Prater"};
	char text[128] = "before";
	assert_int_equal(template_fill("{clinic}: {when}", &fields, false, text, sizeof(text)), 24);
	assert_string_equal(text, "Prater: Di 24. Nov 14:00");
	template_fill("{clinic}: {step}/{steps} {words} {until} {link}", &fields, false, text,
		      sizeof(text));
	assert_string_equal(text, "Prater: 2/4 5 min mobility 10:30 https://s.example/x");
	/* Without a public address there is no link, and no gap. */
	template_fill("{clinic}: {when}, {link} STOP ends texts. {link}",
		      &(const struct message_fields){"Prater", "Di 14:00", 2, 4, NULL, NULL, NULL},
		      false, text, sizeof(text));
	assert_string_equal(text, "Prater: Di 14:00, STOP ends texts.");
	/* The second part of a bundle. */
	template_fill("{clinic}: see you {when}.", &fields, true, text, sizeof(text));
	assert_string_equal(text, "See you Di 24. Nov 14:00.");
	template_fill("{clinic}: étape", &fields, true, text, sizeof(text));
	assert_string_equal(text, "Étape");
	assert_int_equal(template_fill("{clinic}: {when}", &none, false, text, sizeof(text)), 0);
	assert_string_equal(text, "");
	assert_int_equal(template_fill("{clinic}: {step}", &none, false, text, sizeof(text)), 0);
	assert_int_equal(template_fill("{clinic}: {when}", &fields, false, text, 24), 0);
	assert_int_equal(template_fields("{clinic}: {step} of {steps}"),
			 TEMPLATE_CLINIC | TEMPLATE_STEP | TEMPLATE_STEPS);
}

static const struct {
	const char *text, *word; /* NULL: none */
} told[] = {
	{"{clinic}: your visit is {when}.", NULL},
	{"{clinic}: your NEEDLING is {when}.", "needl"},
	{"{clinic}: Ihre Physiotherapie", "physio"},
	{"{clinic}: Ihre Behandlung", "behandl"},
	{"{clinic}: l'épaule va mieux?", "épaule"},
	{"{clinic}: Dr. Novak waits", "dr."},
	{"{clinic}: a retreat, an entreaty", NULL}, /* inside words */
};

static void finds_clinical_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		const char *word = template_clinical_word(told[i].text);
		if (!told[i].word)
			assert_null(word);
		else
			assert_string_equal(word, told[i].word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_all_faults_of_a_text),
		cmocka_unit_test(keeps_count_of_many_faults),
		cmocka_unit_test(fills_what_is_known),
		cmocka_unit_test(finds_clinical_words),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
