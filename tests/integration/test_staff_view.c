/* What staff see of messages (staff-view.story): the queue, and numbers that take nothing. */
#include "house.h"

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
	house_plays(*state, "staff-view.story");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_desk_sees_what_waits_and_who_is_out),
	};
	return cmocka_run_group_tests_name("staff view", tests, open_house, close_house);
}
