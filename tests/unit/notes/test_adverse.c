/* R3: the grade follows from what came of it. */
#include "notes/rules/adverse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *rule;
	const char *kind;
	struct adverse_facts facts;
	const char *grade;
} cases[] = {
	{"R3 minor: brief and reversible", "bruising", {0}, "minor"},
	{"R3 significant: needs medical care", "bruising", {.medical_care = true}, "significant"},
	{"R3 significant: interferes with activities",
	 "bruising",
	 {.interfered_with_activities = true},
	 "significant"},
	{"R3 serious: admission", "bruising", {.admission = true}, "serious"},
	{"R3 serious: lasting disability", "bruising", {.lasting_disability = true}, "serious"},
	{"R3 serious: death", "bruising", {.death = true}, "serious"},
	{"R3: the gravest counts",
	 "bruising",
	 {.medical_care = true, .interfered_with_activities = true, .admission = true},
	 "serious"},
	{"R3: nobody has said yet what came of it", "pneumothorax", {0}, "serious"},
	{"R3: it needs care by itself", "needle_broken", {0}, "significant"},
	{"R3: and what came of it counts", "infection", {.admission = true}, "serious"},
};

static void test_grades(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].rule);
		assert_string_equal(
			adverse_grade_name(adverse_grade(cases[i].kind, &cases[i].facts)),
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
