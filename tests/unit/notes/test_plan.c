/* P1: the order and the days; P2: the region's words. */
#include "notes/rules/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct {
	const char *area;
	enum plan_region region;
	const char *says; /* in the loading or activation step */
} cases[] = {
	{"calf", PLAN_REGION_CALF, "gait"},
	{"hip_flexor", PLAN_REGION_HIP, "new range"},
	{"lateral_hip", PLAN_REGION_HIP, "new range"},
	{"glute", PLAN_REGION_HIP, "new range"},
	{"adductor", PLAN_REGION_HIP, "new range"},
	{"hamstring", PLAN_REGION_GENERAL, 0},
	{"lat", PLAN_REGION_SHOULDER, 0},
	{"upper_trapezius", PLAN_REGION_SHOULDER, 0},
	{"pec", PLAN_REGION_SHOULDER, 0},
	{"rotator_cuff", PLAN_REGION_SHOULDER, 0},
	{"elsewhere", PLAN_REGION_GENERAL, 0},
	{0, PLAN_REGION_GENERAL, 0},
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
		assert_int_equal(plan->region, cases[i].region);
		for (int s = 0; s < PLAN_STEPS; s++) {
			const struct plan_step *step = &plan->steps[s];
			assert_int_equal(step->kind, s);
			assert_string_equal(step->code, p1_order[s]);
			assert_in_range(step->first_day, 0, 7);
			assert_in_range(step->last_day, step->first_day, 7);
			assert_true(strlen(step->text) > 20);
			if (s > 0) /* P1: in this order, spread over days */
				assert_true(step->first_day > plan->steps[s - 1].first_day);
		}
		if (cases[i].says)
			assert_non_null(strstr(plan->steps[PLAN_RETURN_TO_LOADING].text,
					       cases[i].says)); /* P2 */
	}
	assert_non_null(strstr(plan_for_area("calf")->steps[PLAN_RETURN_TO_LOADING].text,
			       "lower-leg loading"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(follows_p1_and_p2)};
	return cmocka_run_group_tests(tests, 0, 0);
}
