/* The demo is a test too: every step's "expect" and "fails" must come true. */
#include "house.h"

#include "ctl/command.h"
#include "ctl/story.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void test_three_weeks_of_three_clinics(void **state)
{
	const char *text;
	struct arena *arena = arena_new((size_t)8 << 20);
	assert_true(status_is_ok(command_read_file(
		arena, SOLEUS_SOURCE "/services/ctl/demo/three-clinics.story", &text)));
	house_tells(*state, text);
	arena_free(arena);
}

/* What has been sent was sent once, in the send window of the athlete's zone. */
static void test_messages_kept_the_rules(void **state)
{
	static const char *const empty[] = {
		"SELECT message_id FROM reminders.message WHERE state = 'sent' AND sent_at < "
		"due_at LIMIT 1",
		"SELECT why FROM reminders.message WHERE why = '' AND state <> 'planned' LIMIT 1",
	};
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++) {
		char *value = house_query(*state, empty[i]);
		assert_string_equal(value, "");
		free(value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_three_weeks_of_three_clinics),
		cmocka_unit_test(test_messages_kept_the_rules),
	};
	return cmocka_run_group_tests_name("story", tests, open_house, close_house);
}
