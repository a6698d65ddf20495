/* What a clinic makes its own of: the plan after needling (plan-templates.story). */
#include "house.h"

#include "ctl/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_a_clinic_edits_its_plans(void **state)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *text;
	assert_true(status_is_ok(command_read_file(
		arena, SOLEUS_SOURCE "/tests/integration/plan-templates.story", &text)));
	house_tells(*state, text);
	arena_free(arena);
}

static void test_every_fault_of_a_plan_is_named(void **state)
{
	house_refuses(*state, "p.lead", "Notes.PutPlanTemplate",
		      "{'area': 'moon', 'steps': ["
		      "{'kind': 'activation', 'day': -1, 'text': 'Raises', 'template_id': 'x'}, "
		      "{'kind': 'light_mobility', 'text': ' '}, "
		      "{'kind': 'return_to_loading', 'day': 4, 'last_day': 1, 'text': 'Run'}]}",
		      "area steps[0].template_id steps[0].day steps[1].text "
		      "steps[1].kind steps[2].last_day steps ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_clinic_edits_its_plans),
		cmocka_unit_test(test_every_fault_of_a_plan_is_named),
	};
	return cmocka_run_group_tests_name("templates", tests, open_house, close_house);
}
