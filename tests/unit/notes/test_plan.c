/* P1: the order and the days; P2: the region's words. */
#include "notes/rules/plan.h"

#include "../table_files.h"

#include "base/arena.h"

#include <string.h>

static const struct {
	const char *area;
	const char *plan;
	const char *says; /* in the loading step */
} cases[] = {
	{"calf", "calf", "gait"},
	{"hip_flexor", "hip", "new range"},
	{"lateral_hip", "hip", "new range"},
	{"glute", "hip", "new range"},
	{"adductor", "hip", "new range"},
	{"hamstring", "general", 0},
	{"lat", "shoulder", 0},
	{"upper_trapezius", "shoulder", 0},
	{"pec", "shoulder", 0},
	{"rotator_cuff", "shoulder", 0},
	{"general", "general", 0},
	{"elsewhere", "general", 0},
	{0, "general", 0},
};

static const char *const p1_order[] = {
	"light_mobility",
	"positional_breathing",
	"activation",
	"return_to_loading",
};

static void follows_p1_and_p2(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct plan *plan = plan_for_area(cases[i].area);
		assert_string_equal(plan->code, cases[i].plan);
		for (int s = 0; s < PLAN_STEPS; s++) {
			const struct plan_step *step = &plan->steps[s];
			assert_int_equal(step->kind, s);
			assert_string_equal(plan_kind_code(step->kind), p1_order[s]);
			assert_int_equal(plan_kind_find(p1_order[s]), s);
			assert_in_range(step->first_day, 0, 7);
			assert_in_range(step->last_day, step->first_day, 7);
			assert_true(strlen(step->text) > 20);
			assert_true(*step->dose);
			if (s > 0) /* P1: in this order, spread over days */
				assert_true(step->first_day > plan->steps[s - 1].first_day);
		}
		if (cases[i].says)
			assert_non_null(strstr(plan->steps[PLAN_RETURN_TO_LOADING].text,
					       cases[i].says)); /* P2 */
	}
	assert_non_null(strstr(plan_for_area("calf")->steps[PLAN_RETURN_TO_LOADING].text,
			       "lower-leg loading"));
	assert_true(plan_area_is_known("calf"));
	assert_false(plan_area_is_known("elsewhere"));
	assert_int_equal(plan_kind_find("running"), PLAN_STEPS);
}

/* What comes with the programs would pass as a clinic's own. */
static void ours_hold_p1(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	for (size_t i = 0; i < plan_count; i++) {
		struct faults faults = {0};
		plan_check(plans[i].steps, PLAN_STEPS, &faults, arena);
		assert_null(faults.first);
	}
	arena_free(arena);
}

#define MOBILITY                                               \
	{                                                      \
		PLAN_LIGHT_MOBILITY, 0, 0, 2, "5 min", "Rocks" \
	}
#define BREATHING                                                 \
	{                                                         \
		PLAN_POSITIONAL_BREATHING, 0, 1, 3, "", "Breathe" \
	}
#define ACTIVATION                                     \
	{                                              \
		PLAN_ACTIVATION, 0, 2, 5, "", "Raises" \
	}
#define LOADING                                            \
	{                                                  \
		PLAN_RETURN_TO_LOADING, 0, 4, 7, "", "Run" \
	}
#define THE_SAME_DAY(KIND)              \
	{                               \
		KIND, 0, 1, 1, "", "Do" \
	}

static const struct {
	const char *name;
	struct plan_step steps[PLAN_TEMPLATE_STEPS + 1];
	size_t count;
	const char *faults; /* each with a blank behind */
} own[] = {
	{"P1: four steps in order", {MOBILITY, BREATHING, ACTIVATION, LOADING}, 4, ""},
	{"P1: two of a kind",
	 {MOBILITY, BREATHING, ACTIVATION, {PLAN_ACTIVATION, 0, 3, 3, "", "More"}, LOADING},
	 5,
	 ""},
	{"P1: a kind is missing", {MOBILITY, BREATHING, ACTIVATION}, 3, "steps "},
	{"P1: loading before activation",
	 {MOBILITY, BREATHING, {PLAN_RETURN_TO_LOADING, 0, 2, 2, "", "Run"}, ACTIVATION},
	 4,
	 "steps[3].kind "},
	{"P1: a later step begins earlier",
	 {MOBILITY, BREATHING, {PLAN_ACTIVATION, 0, 0, 5, "", "Raises"}, LOADING},
	 4,
	 "steps[2].day "},
	{"P1: spread over days",
	 {THE_SAME_DAY(PLAN_LIGHT_MOBILITY), THE_SAME_DAY(PLAN_POSITIONAL_BREATHING),
	  THE_SAME_DAY(PLAN_ACTIVATION), THE_SAME_DAY(PLAN_RETURN_TO_LOADING)},
	 4,
	 "steps[3].day "},
	{"P1: no such step",
	 {MOBILITY, BREATHING, {PLAN_STEPS, 0, 2, 2, "", "Yoga"}, ACTIVATION, LOADING},
	 5,
	 "steps[2].kind "},
	{"days before the visit, or beyond a year",
	 {{PLAN_LIGHT_MOBILITY, 0, -1, 2, "", "Rocks"},
	  BREATHING,
	  ACTIVATION,
	  {PLAN_RETURN_TO_LOADING, 0, 4, 366, "", "Run"}},
	 4,
	 "steps[0].day steps[3].last_day "},
	{"the last day before the first, a blank text",
	 {MOBILITY, {PLAN_POSITIONAL_BREATHING, 0, 1, 0, "", " "}, ACTIVATION, LOADING},
	 4,
	 "steps[1].last_day steps[1].text "},
	{"none", {MOBILITY}, 0, "steps steps steps steps "},
	{"too many", {MOBILITY}, 9, "steps "},
};

static void a_clinic_keeps_p1(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		struct faults faults = {0};
		char said[512] = "";
		plan_check(own[i].steps, own[i].count, &faults, arena);
		for (const struct fault *fault = faults.first; fault; fault = fault->next)
			strcat(strcat(said, fault->field), " ");
		if (strcmp(said, own[i].faults) != 0)
			fail_msg("%s: \"%s\"", own[i].name, said);
	}
	arena_free(arena);
}

#define STEPS(ACTIVATION_LINE)                                                   \
	"\tlight_mobility 0 to 2 | P1 | 5 min | Rocks\n"                         \
	"\tpositional_breathing 1 to 3 | P1 | 5 min | Breathe\n" ACTIVATION_LINE \
	"\treturn_to_loading 4 to 7 | P1, P2 | half | Run\n"
#define ACTIVATION_OF(DAYS) "\tactivation " DAYS " | P1 | 2 x 10 | Raises\n"

static const struct table_file files[] = {
	{"a plan", "plan general\n\tareas general\n" STEPS(ACTIVATION_OF("2 to 5")), ""},
	{"P1: a step is missing", "plan general\n\tareas general\n" STEPS(""),
	 "expected activation of general"},
	{"P1: out of order", "plan general\n\tareas general\n" STEPS(ACTIVATION_OF("1 to 5")),
	 "expected activation of general on a later day than positional_breathing (P1)"},
	{"the last day before the first",
	 "plan general\n\tareas general\n" STEPS(ACTIVATION_OF("5 to 2")),
	 "5:13: expected FIRST to LAST day"},
	{"no dose", "plan general\n\tareas general\n" STEPS("\tactivation 2 to 5 | P1 | Raises\n"),
	 "5:13: expected FIRST to LAST day"},
	{"an area twice", "plan general\n\tareas general general\n" STEPS(ACTIVATION_OF("2 to 5")),
	 "2:8: expected an area that no other plan is for"},
	{"no general plan", "plan calf\n\tareas calf\n" STEPS(ACTIVATION_OF("2 to 5")),
	 "expected the plan general"},
	{"a word that there is not", "plan general\n\tareas general\n\tmuscle soleus\n",
	 "3:2: expected areas, light_mobility"},
};

static void checks_its_files(void **state)
{
	(void)state;
	check_table_files("plans", "plans.conf", files, sizeof(files) / sizeof(files[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_p1_and_p2),
		cmocka_unit_test(ours_hold_p1),
		cmocka_unit_test(a_clinic_keeps_p1),
		cmocka_unit_test(checks_its_files),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
