/* Slips of the people at the desk, as a practice manager met them: scheduling-slips.story. */
#include "house.h"

#include "ctl/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_slips_are_said(void **state)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *text;
	assert_true(status_is_ok(command_read_file(
		arena, SOLEUS_SOURCE "/tests/integration/scheduling-slips.story", &text)));
	house_tells(*state, text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_slips_are_said)};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
