/* Rate, shares, breaker and the next step, with a clock of the test's own. */
#include "reminders/rules/gate.h"
#include "reminders/rules/next_step.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define NOON   (12 * HOUR)

static unsigned pass(struct gate *gate, const char *who, bool urgent, int64_t now, unsigned asks)
{
	unsigned passed = 0;
	int64_t until;
	for (unsigned i = 0; i < asks; i++)
		passed += gate_ask(gate, who, urgent, now, &until) == GATE_PASS;
	return passed;
}

static void test_the_rate_is_kept_over_any_time(void **state)
{
	(void)state;
	struct gate gate = gate_new(600, 0); /* 10 a second, 100 at once */
	unsigned passed = 0;
	for (int second = 0; second < 3600; second++)
		passed += pass(&gate, "a", false, NOON + second * SECOND, 50);
	assert_in_range(passed, 36000 - 100, 36000 + 100);
}

static void test_a_refusal_says_when(void **state)
{
	(void)state;
	struct gate gate = gate_new(60, 0);
	int64_t until = 0;
	pass(&gate, "a", false, NOON, 100);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_RATE);
	assert_true(until > NOON && until <= NOON + SECOND);
	assert_int_equal(gate_ask(&gate, "a", false, until, &until), GATE_PASS);
}

static void test_some_is_kept_for_what_is_urgent(void **state)
{
	(void)state;
	struct gate gate = gate_new(600, 0);
	assert_int_equal(pass(&gate, "a", false, NOON, 500), 90);
	assert_int_equal(pass(&gate, "a", true, NOON, 500), 10);
}

static void test_one_organisation_leaves_room_for_others(void **state)
{
	(void)state;
	struct gate gate = gate_new(600, 120);
	assert_int_equal(pass(&gate, "large", false, NOON, 1000), 20);
	assert_int_equal(pass(&gate, "small", false, NOON, 3), 3);
}

static void test_a_clock_that_goes_back_does_not_stop_it(void **state)
{
	(void)state;
	struct gate gate = gate_new(60, 0);
	int64_t until;
	pass(&gate, "a", false, NOON, 100);
	assert_int_equal(gate_ask(&gate, "a", false, NOON - 5 * HOUR, &until), GATE_RATE);
	assert_true(until <= NOON - 5 * HOUR + 10 * SECOND);
}

static void fail_times(struct gate *gate, unsigned times, int64_t now)
{
	for (unsigned i = 0; i < times; i++)
		gate_tell_fault(gate, PROVIDER_FAULT_TEMPORARY, 0, now, 0);
}

static void test_the_breaker_opens_tries_and_closes(void **state)
{
	(void)state;
	struct gate gate = gate_new(0, 0);
	int64_t until = 0;
	fail_times(&gate, GATE_FAILURES - 1, NOON);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_PASS);
	fail_times(&gate, 1, NOON);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_OPEN);
	assert_int_equal(gate_failing_since(&gate), NOON);
	/* One tries; the others wait for what it meets. */
	int64_t first = until;
	assert_int_equal(gate_ask(&gate, "a", false, first, &until), GATE_PASS);
	assert_int_equal(gate_ask(&gate, "a", true, first, &until), GATE_OPEN);
	fail_times(&gate, 1, first);
	assert_int_equal(gate_ask(&gate, "a", false, first, &until), GATE_OPEN);
	assert_true(until - first > first - NOON);
	assert_int_equal(gate_ask(&gate, "a", false, until, &until), GATE_PASS);
	gate_tell_good(&gate);
	assert_int_equal(pass(&gate, "a", false, until, 10), 10);
	assert_int_equal(gate_failing_since(&gate), 0);
}

static void test_what_opens_the_breaker(void **state)
{
	(void)state;
	struct gate gate = gate_new(0, 0);
	int64_t until = 0;
	/* Bad numbers are no outage. */
	for (int i = 0; i < 50; i++)
		gate_tell_fault(&gate, PROVIDER_FAULT_PERMANENT, 0, NOON, 0);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_PASS);
	/* A provider that says when is asked then. */
	gate_tell_fault(&gate, PROVIDER_FAULT_THROTTLED, 90 * SECOND, NOON, 0);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_OPEN);
	assert_int_equal(until, NOON + 90 * SECOND);
	gate_tell_good(&gate);
	/* Nobody gets through with a wrong password. */
	gate_tell_fault(&gate, PROVIDER_FAULT_ACCOUNT, 0, NOON, 0);
	assert_int_equal(gate_ask(&gate, "a", false, NOON, &until), GATE_OPEN);
}

/* A day without the provider: it is asked some hundred times, not once for each message. */
static void test_a_long_outage_is_tried_seldom_and_noticed_soon(void **state)
{
	(void)state;
	struct gate gate = gate_new(600, 0);
	unsigned asked = 0;
	int64_t until, now = NOON, over = NOON + 24 * HOUR;
	for (; now < over; now += SECOND)
		if (gate_ask(&gate, "a", false, now, &until) == GATE_PASS) {
			asked++;
			gate_tell_fault(&gate, PROVIDER_FAULT_TEMPORARY, 0, now, 500);
		}
	assert_in_range(asked, 100, 200);
	while (gate_ask(&gate, "a", false, now, &until) != GATE_PASS)
		now = until;
	assert_true(now - over <= 15 * MINUTE);
}

/* ---- The next step ---- */

static struct next_step_facts usual(void)
{
	return (struct next_step_facts){
		.now = NOON,
		.stale_at = NOON + 10 * HOUR,
		.failing_since = NOON,
		.fallback_us = 30 * MINUTE,
		.tries = 1,
		.fault = PROVIDER_FAULT_TEMPORARY,
	};
}

static void expect(struct next_step_facts facts, enum next_step step, int64_t at)
{
	struct next_step_answer answer = next_step(&facts);
	assert_int_equal(answer.step, step);
	if (step == NEXT_STEP_AGAIN)
		assert_int_equal(answer.at, at);
}

static void test_tries_grow_apart(void **state)
{
	(void)state;
	struct next_step_facts facts = usual();
	expect(facts, NEXT_STEP_AGAIN, NOON + 30 * SECOND);
	facts.tries = 4;
	expect(facts, NEXT_STEP_AGAIN, NOON + 240 * SECOND);
	facts.tries = 40;
	expect(facts, NEXT_STEP_AGAIN, NOON + HOUR);
	facts.dice = NEXT_STEP_DICE - 1;
	assert_true(next_step(&facts).at > NOON + HOUR + 14 * MINUTE);
	facts.not_before = NOON + 2 * HOUR;
	expect(facts, NEXT_STEP_AGAIN, NOON + 2 * HOUR);
}

static void test_the_last_try_is_before_the_last_time(void **state)
{
	(void)state;
	struct next_step_facts facts = usual();
	facts.tries = 40;
	facts.stale_at = NOON + 20 * MINUTE;
	expect(facts, NEXT_STEP_AGAIN, NOON + 19 * MINUTE);
	facts.now = NOON + 19 * MINUTE;
	expect(facts, NEXT_STEP_GIVE_UP, 0);
	facts.has_next = true;
	expect(facts, NEXT_STEP_CHANNEL, 0);
}

static void test_when_the_next_channel_is_due(void **state)
{
	(void)state;
	struct next_step_facts facts = usual();
	facts.has_next = true;
	expect(facts, NEXT_STEP_AGAIN, NOON + 30 * SECOND);
	facts.failing_since = NOON - 30 * MINUTE;
	expect(facts, NEXT_STEP_CHANNEL, 0);
	facts = usual();
	facts.has_next = true;
	facts.fault = PROVIDER_FAULT_PERMANENT;
	expect(facts, NEXT_STEP_CHANNEL, 0);
	facts.has_next = false;
	expect(facts, NEXT_STEP_GIVE_UP, 0);
	/* A long wait ends when the next channel's turn comes. */
	facts = usual();
	facts.has_next = true;
	facts.tries = 40;
	expect(facts, NEXT_STEP_AGAIN, NOON + 30 * MINUTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_rate_is_kept_over_any_time),
		cmocka_unit_test(test_a_refusal_says_when),
		cmocka_unit_test(test_some_is_kept_for_what_is_urgent),
		cmocka_unit_test(test_one_organisation_leaves_room_for_others),
		cmocka_unit_test(test_a_clock_that_goes_back_does_not_stop_it),
		cmocka_unit_test(test_the_breaker_opens_tries_and_closes),
		cmocka_unit_test(test_what_opens_the_breaker),
		cmocka_unit_test(test_a_long_outage_is_tried_seldom_and_noticed_soon),
		cmocka_unit_test(test_tries_grow_apart),
		cmocka_unit_test(test_the_last_try_is_before_the_last_time),
		cmocka_unit_test(test_when_the_next_channel_is_due),
	};
	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
