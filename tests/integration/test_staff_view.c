/* What staff see of messages (staff-view.story): the queue, and numbers that take nothing. */
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

static void test_the_desk_sees_what_waits_and_who_is_out(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	const char *text;
	assert_true(status_is_ok(command_read_file(
		arena, SOLEUS_SOURCE "/tests/integration/staff-view.story", &text)));
	house_tells(*state, text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_desk_sees_what_waits_and_who_is_out),
	};
	return cmocka_run_group_tests_name("staff view", tests, open_house, close_house);
}
