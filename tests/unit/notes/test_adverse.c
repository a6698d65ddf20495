/* R3: the grade follows from what came of it. */
#include "notes/rules/adverse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *rule;
	struct adverse_facts facts;
	const char *grade;
} cases[] = {
	{"R3 minor: brief and reversible", {0}, "minor"},
	{"R3 significant: needs medical care", {.medical_care = true}, "significant"},
	{"R3 significant: interferes with activities",
	 {.interfered_with_activities = true},
	 "significant"},
	{"R3 serious: admission", {.admission = true}, "serious"},
	{"R3 serious: lasting disability", {.lasting_disability = true}, "serious"},
	{"R3 serious: death", {.death = true}, "serious"},
	{"R3: the gravest counts",
	 {.medical_care = true, .interfered_with_activities = true, .admission = true},
	 "serious"},
};

static void test_grades(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].rule);
		assert_string_equal(adverse_grade_name(adverse_grade(&cases[i].facts)),
				    cases[i].grade);
	}
}

static void test_kinds(void **state)
{
	(void)state;
	assert_true(adverse_kind_is_known("pneumothorax"));
	assert_true(adverse_kind_is_known("other"));
	assert_false(adverse_kind_is_known(""));
	assert_false(adverse_kind_is_known("pain "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grades),
		cmocka_unit_test(test_kinds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
