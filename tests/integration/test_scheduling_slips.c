/* Slips of the people at the desk, as a practice manager met them: scheduling-slips.story. */
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

static void test_slips_are_said(void **state)
{
	house_plays(*state, "scheduling-slips.story");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_slips_are_said)};
	return cmocka_run_group_tests(tests, open_house, close_house);
}
