/* What can be done with an appointment in each state, and the cut-off. */
#include "scheduling/rules/life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#define HOUR INT64_C(3600000000)

static void test_each_state_says_what_is_possible(void **state)
{
	static const struct {
		enum appointment_state state;
		const char *actions; /* confirm release move check-in complete cancel no-show */
		const char *text;
	} cases[] = {
		{APPOINTMENT_HELD, "11.....",
		 "the appointment is held: it can be confirmed or released"},
		{APPOINTMENT_BOOKED, "..11111",
		 "the appointment is booked: it can be moved, checked in, completed, cancelled or "
		 "marked as a no-show"},
		{APPOINTMENT_CHECKED_IN, "....11.",
		 "the appointment is checked_in: it can be completed or cancelled"},
		{APPOINTMENT_COMPLETED, ".......", "the appointment is completed: it is over"},
		{APPOINTMENT_CANCELLED, ".......", "the appointment is cancelled: it is over"},
		{APPOINTMENT_NO_SHOW, ".......", "the appointment is no_show: it is over"},
		{APPOINTMENT_EXPIRED, ".......", "the appointment is expired: it is over"},
	};
	(void)state;
	assert_int_equal(sizeof(cases) / sizeof(*cases), APPOINTMENT_STATES);
	for (size_t i = 0; i < APPOINTMENT_STATES; i++) {
		char text[LIFE_TEXT_BYTES];
		enum appointment_state found;
		for (int action = 0; action < LIFE_ACTIONS; action++)
			assert_int_equal(life_allows(cases[i].state, (enum life_action)action),
					 cases[i].actions[action] == '1');
		life_text(cases[i].state, text, sizeof(text));
		assert_string_equal(text, cases[i].text);
		assert_true(appointment_state_find(appointment_state_name(cases[i].state), &found));
		assert_int_equal(found, cases[i].state);
	}
}

static void test_a_text_that_is_cut_is_terminated(void **state)
{
	char text[20];
	(void)state;
	life_text(APPOINTMENT_BOOKED, text, sizeof(text));
	assert_int_equal(strlen(text), 19);
}

static void test_no_other_word_is_a_state(void **state)
{
	enum appointment_state found;
	(void)state;
	assert_false(appointment_state_find("", &found));
	assert_false(appointment_state_find("moved", &found));
}

static void test_late_is_later_than_the_cutoff(void **state)
{
	int64_t starts_at = 1000 * HOUR;
	(void)state;
	assert_false(life_is_late(starts_at, 24 * HOUR, 976 * HOUR));
	assert_true(life_is_late(starts_at, 24 * HOUR, 976 * HOUR + 1));
	assert_false(life_is_late(starts_at, 0, starts_at));
	assert_true(life_is_late(starts_at, 0, starts_at + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_state_says_what_is_possible),
		cmocka_unit_test(test_a_text_that_is_cut_is_terminated),
		cmocka_unit_test(test_no_other_word_is_a_state),
		cmocka_unit_test(test_late_is_later_than_the_cutoff),
	};
	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
