/* The loop: deferred calls, timers, and alarms in driven time. */
#include "base/clock.h"
#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#define START_US (INT64_C(1764547200) * CLOCK_SECOND_US)

static void stop(void *unused)
{
	(void)unused;
	loop_stop_begin(loop);
}

static void run_for(int64_t duration_us)
{
	struct loop_timer timer = {0};
	loop_timer_start(loop, &timer, duration_us, 0, stop, NULL);
	assert_true(status_is_ok(loop_run(loop)));
	loop_timer_stop(loop, &timer);
}

/* --- deferred calls --- */

static void defers_more(void *word)
{
	tell(word);
	loop_defer(loop, tell, "later");
	tell("not-inside");
}

static void test_deferred_calls_come_later_and_in_order(void **state)
{
	(void)state;
	loop_defer(loop, defers_more, "first");
	loop_defer(loop, tell, "second");
	assert_string_equal(story, "");
	loop_defer(loop, stop, NULL);
	assert_true(status_is_ok(loop_run(loop)));
	assert_string_equal(story, "first not-inside second later");
}

static int counted;

static void count_to_10000(void *unused)
{
	(void)unused;
	if (++counted < 10000)
		loop_defer(loop, count_to_10000, NULL);
	if (counted % 7 == 0 && counted < 9000)
		loop_defer(loop, count_to_10000, NULL);
}

static void test_a_call_that_defers_itself_does_not_keep_timers_out(void **state)
{
	(void)state;
	struct loop_timer timer = {0};
	counted = 0;
	loop_timer_start(loop, &timer, 1000, 0, tell, "timer");
	for (int i = 0; i < 300; i++)
		loop_defer(loop, count_to_10000, NULL);
	run_for(50000);
	assert_true(counted >= 10000);
	assert_string_equal(story, "timer");
}

/* --- timers --- */

static void test_timers_fire_in_order(void **state)
{
	(void)state;
	struct loop_timer ten = {0}, five = {0}, none = {0}, same = {0}, never = {0}, moved = {0};
	loop_timer_start(loop, &ten, 10000, 0, tell, "ten");
	loop_timer_start(loop, &never, 1000, 0, tell, "never");
	loop_timer_start(loop, &five, 5000, 0, tell, "five");
	loop_timer_start(loop, &none, 0, 0, tell, "none");
	loop_timer_start(loop, &same, INT64_MIN, 0, tell, "same");
	loop_timer_start(loop, &moved, INT64_MAX, 0, tell, "far");
	loop_timer_start(loop, &moved, 15000, 0, tell, "moved");
	loop_timer_stop(loop, &never);
	loop_timer_stop(loop, &never);
	assert_false(loop_timer_is_running(&never));
	assert_true(loop_timer_is_running(&ten));
	assert_string_equal(story, "");
	run_for(25000);
	assert_string_equal(story, "none same five ten moved");
	assert_false(loop_timer_is_running(&ten));
}

static struct loop_timer ticker;
static int ticks;

static void tick(void *unused)
{
	(void)unused;
	if (++ticks == 2)
		usleep(20000); /* the turns missed meanwhile are skipped */
	if (ticks == 5)
		loop_timer_stop(loop, &ticker);
}

static void test_a_repeating_timer_skips_what_it_missed(void **state)
{
	(void)state;
	ticks = 0;
	int64_t begin_us = clock_monotonic_us();
	loop_timer_start(loop, &ticker, 2000, 4000, tick, NULL);
	while (ticks < 5)
		uv_run(loop_uv(loop), UV_RUN_ONCE);
	assert_true(clock_monotonic_us() - begin_us >= 2000 + 4000 + 20000 + 2 * 4000);
	assert_false(loop_timer_is_running(&ticker));
	run_for(10000);
	assert_int_equal(ticks, 5);
}

/* A timer whose owner is freed by its own callback, as a connection's. */
static void free_owner(void *owner)
{
	free(owner);
	tell("freed");
}

static void test_a_timer_may_free_its_owner(void **state)
{
	(void)state;
	struct loop_timer *owner = calloc(1, sizeof(*owner));
	assert_non_null(owner);
	loop_timer_start(loop, owner, 1000, 0, free_owner, owner);
	run_for(5000);
	assert_string_equal(story, "freed");
}

/* The heap against the obvious: thousands of timers, random starts, moves and stops. */
static int64_t last_due_us;
static int fired;

struct random_timer {
	struct loop_timer timer;
	int64_t delay_us;
};

static void check_order(void *argument)
{
	struct random_timer *random = argument;
	assert_true(random->delay_us >= last_due_us);
	last_due_us = random->delay_us;
	fired++;
}

static void test_thousands_of_timers_stay_in_order(void **state)
{
	(void)state;
	enum { COUNT = 5000 };
	struct random_timer *timers = calloc(COUNT, sizeof(*timers));
	int running = 0;
	assert_non_null(timers);
	srandom(7);
	last_due_us = fired = 0;
	for (int i = 0; i < 3 * COUNT; i++) {
		struct random_timer *random_ = &timers[random() % COUNT];
		/* Two seconds apart, so that the time this takes cannot change the order. */
		random_->delay_us = random() % 1000 * 2 * CLOCK_SECOND_US;
		loop_timer_start(loop, &random_->timer, random_->delay_us, 0, check_order, random_);
		if (i % 3 == 0)
			loop_timer_stop(loop, &timers[random() % COUNT].timer);
	}
	for (int i = 0; i < COUNT; i++)
		running += timers[i].timer.node.set;
	struct loop_heap heap = {0};
	for (int i = 0; i < COUNT; i++)
		if (timers[i].timer.node.set) {
			loop_timer_stop(loop, &timers[i].timer);
			loop_heap_insert(&heap, &timers[i].timer.node, timers[i].delay_us);
		}
	while (heap.first) {
		struct random_timer *first = (struct random_timer *)heap.first;
		loop_heap_remove(&heap, heap.first);
		check_order(first);
	}
	assert_int_equal(fired, running);
	free(timers);
}

/* --- alarms --- */

static void test_alarms_follow_the_driven_clock(void **state)
{
	(void)state;
	struct loop_alarm hour = {0}, day = {0}, past = {0}, cleared = {0}, week = {0};
	struct loop_timer timer = {0};
	clock_drive(START_US);
	loop_alarm_set(loop, &day, START_US + CLOCK_DAY_US, tell, "day");
	loop_alarm_set(loop, &hour, START_US + CLOCK_HOUR_US, tell, "hour");
	loop_alarm_set(loop, &week, START_US + 7 * CLOCK_DAY_US, tell, "week");
	loop_alarm_set(loop, &cleared, START_US + 1, tell, "cleared");
	loop_alarm_set(loop, &past, 0, tell, "past");
	loop_alarm_clear(loop, &cleared);
	assert_string_equal(story, "");
	for (int i = 0; i < 3; i++)
		uv_run(loop_uv(loop), UV_RUN_ONCE);
	assert_string_equal(story, "past");
	clock_drive(START_US + 2 * CLOCK_DAY_US);
	loop_timer_start(loop, &timer, 30000, 0, stop, NULL);
	assert_true(status_is_ok(loop_run(loop)));
	assert_string_equal(story, "past hour day");
	assert_true(loop_alarm_is_set(&week) && !loop_alarm_is_set(&day));
	loop_alarm_clear(loop, &week);
}

static void drive(void *unused)
{
	(void)unused;
	clock_drive(clock_now_us() + CLOCK_DAY_US);
	tell("driven");
}

static void test_alarms_notice_that_a_real_clock_begins_to_be_driven(void **state)
{
	(void)state;
	struct loop_alarm soon = {0}, hour = {0};
	struct loop_timer timer = {0};
	clock_drive(0);
	loop_alarm_set(loop, &soon, clock_now_us() + 5000, tell, "soon");
	loop_alarm_set(loop, &hour, clock_now_us() + CLOCK_HOUR_US, tell, "hour");
	loop_timer_start(loop, &timer, 20000, 0, drive, NULL);
	run_for(200000);
	assert_string_equal(story, "soon driven hour");
}

int main(void)
{
	char path[] = "/tmp/soleus-clock-XXXXXX";
	int file = mkstemp(path);
	if (file < 0 || !status_is_ok(clock_follow_file(path)))
		return 1;
	close(file);
	unlink(path);
	const struct CMUnitTest tests[] = {
		TEST(test_deferred_calls_come_later_and_in_order),
		TEST(test_a_call_that_defers_itself_does_not_keep_timers_out),
		TEST(test_timers_fire_in_order),
		TEST(test_a_repeating_timer_skips_what_it_missed),
		TEST(test_a_timer_may_free_its_owner),
		TEST(test_thousands_of_timers_stay_in_order),
		TEST(test_alarms_follow_the_driven_clock),
		TEST(test_alarms_notice_that_a_real_clock_begins_to_be_driven),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
