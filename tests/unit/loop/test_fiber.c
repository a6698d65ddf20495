/* Fibers: switching, waiting, the pool, and what happens when a stack is too small. */
#include "base/clock.h"
#include "fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define MANY 1000
#endif
#endif
#if defined(__SANITIZE_THREAD__) && !defined(MANY)
#define MANY 1000 /* its table of threads is bounded */
#endif
#ifndef MANY
#define MANY 10000
#endif

static bool no_fibers(void *unused)
{
	(void)unused;
	return fiber_count() == 0;
}

/* Runs the loop until every fiber has ended. */
static void run_all(void)
{
	loop_on_drain(loop, DRAIN_WORK, "fibers", NULL, no_fibers, NULL);
	loop_stop_begin(loop);
	assert_true(status_is_ok(loop_run(loop)));
}

static void start(fiber_main *main, void *argument)
{
	assert_true(status_is_ok(fiber_start(main, argument)));
}

/* --- start, suspend, resume --- */

static struct fiber *held;

static void speaks_twice(void *argument)
{
	held = fiber_current();
	tell("one");
	fiber_suspend();
	tell(argument);
}

static void test_start_runs_until_the_first_suspension(void **state)
{
	(void)state;
	start(speaks_twice, "two");
	tell("loop");
	assert_null(fiber_current());
	assert_int_equal(fiber_count(), 1);
	fiber_resume(held);
	assert_string_equal(story, "one loop two");
	assert_int_equal(fiber_count(), 0);
}

static void starts_another(void *argument)
{
	struct fiber *self = fiber_current();
	start(speaks_twice, "inner");
	assert_ptr_equal(fiber_current(), self);
	fiber_resume(held); /* not now: from the loop */
	tell(argument);
}

static void test_a_fiber_starts_another_at_once_and_resumes_it_later(void **state)
{
	(void)state;
	start(starts_another, "outer");
	assert_string_equal(story, "one outer");
	run_all();
	assert_string_equal(story, "one outer inner");
}

static struct fiber *many[MANY];
static unsigned many_rounds;

static void goes_round(void *argument)
{
	size_t self = (size_t)(uintptr_t)argument;
	double kept = (double)self * 0.5;
	for (int round = 0; round < 3; round++) {
		many[self] = fiber_current();
		fiber_suspend();
		assert_true(kept == (double)self * 0.5);
		many_rounds++;
	}
}

static void test_many_fibers_keep_their_own_stacks(void **state)
{
	(void)state;
	many_rounds = 0;
	for (size_t i = 0; i < MANY; i++)
		start(goes_round, (void *)(uintptr_t)i);
	assert_int_equal(fiber_count(), MANY);
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < MANY; i++)
			fiber_resume(many[round % 2 ? MANY - 1 - i : i]);
	assert_int_equal(many_rounds, 3 * MANY);
	assert_int_equal(fiber_count(), 0);
}

/* --- sleeping and waiting --- */

static void sleeps(void *argument)
{
	int64_t before_us = clock_monotonic_us();
	int64_t duration_us = *(int64_t *)argument;
	fiber_sleep_us(duration_us);
	assert_true(clock_monotonic_us() - before_us >= duration_us);
	tell(duration_us == 20000 ? "20" : duration_us == 5500 ? "5.5" : "0");
}

static void test_sleepers_wake_in_order_and_never_early(void **state)
{
	(void)state;
	int64_t durations_us[] = {20000, 5500, 0};
	for (int i = 0; i < 3; i++)
		start(sleeps, &durations_us[i]);
	assert_string_equal(story, "");
	run_all();
	assert_string_equal(story, "0 5.5 20");
}

static struct fiber_queue queue;

struct wait {
	char *name;
	int64_t timeout_us;
	bool woken;
};

static void waits(void *argument)
{
	struct wait *wait = argument;
	wait->woken = fiber_wait(&queue, wait->timeout_us);
	if (wait->woken)
		tell(wait->name);
}

static void wakes_all_later(void *unused)
{
	(void)unused;
	fiber_sleep_us(20000);
	assert_true(fiber_wake_all(&queue));
	assert_null(queue.first);
	assert_false(fiber_wake_one(&queue));
	tell("waker");
}

static void test_a_wait_ends_by_wake_or_by_time(void **state)
{
	(void)state;
	struct wait first = {"first", -1, false};
	struct wait brief = {"brief", 3000, true};
	struct wait zero = {"zero", 0, true};
	struct wait third = {"third", 10000000, false};
	struct wait fourth = {"fourth", -1, false};
	struct wait *waits_[] = {&first, &brief, &zero, &third, &fourth};
	for (int i = 0; i < 5; i++)
		start(waits, waits_[i]);
	start(wakes_all_later, NULL);
	assert_true(fiber_wake_one(&queue));
	assert_string_equal(story, ""); /* never inside the call */
	run_all();
	assert_string_equal(story, "first waker third fourth");
	assert_true(first.woken && third.woken && fourth.woken);
	assert_false(brief.woken || zero.woken);
}

static void wakes_in_the_same_turn(void *unused)
{
	(void)unused;
	fiber_sleep_us(2000);
	usleep(5000); /* the wait's time passes, and the wake comes before the loop sees it */
	fiber_wake_one(&queue);
}

static void test_a_wake_wins_over_a_time_out_not_seen_yet(void **state)
{
	(void)state;
	struct wait wait = {"woken", 4000, false};
	start(waits, &wait);
	start(wakes_in_the_same_turn, NULL);
	run_all();
	assert_true(wait.woken);
}

/* --- what belongs to a fiber --- */

static const char *followed;

static void follow(void *local)
{
	followed = local ? local : "loop";
}

static void has_a_local(void *argument)
{
	assert_null(fiber_local());
	fiber_local_set(argument);
	assert_string_equal(followed, argument);
	fiber_sleep_us(1000);
	assert_ptr_equal(fiber_local(), argument);
	assert_string_equal(followed, argument);
}

static void test_a_local_follows_its_fiber(void **state)
{
	(void)state;
	char trace_one[] = "4bf92f35", trace_two[] = "00f067aa";
	fiber_on_switch(follow);
	start(has_a_local, trace_one);
	assert_string_equal(followed, "loop");
	start(has_a_local, trace_two);
	assert_null(fiber_local());
	run_all();
	assert_string_equal(followed, "loop");
	fiber_on_switch(NULL);
}

/* --- stacks --- */

static __attribute__((noinline)) int use_stack(int bytes)
{
	volatile char frame[1024];
	__asm__ volatile("" : : "r"(frame) : "memory"); /* all of it is needed */
	frame[0] = (char)bytes;
	frame[sizeof(frame) - 1] = frame[0];
	return bytes > 0 ? use_stack(bytes - (int)sizeof(frame)) + frame[0] : 0;
}

static void uses_stack(void *argument)
{
	use_stack(*(int *)argument);
}

static void test_stack_use_is_measured(void **state)
{
	(void)state;
	int bytes = 4096;
	start(uses_stack, &bytes);
	size_t little = fiber_stack_high_water();
	bytes = 32 * 1024;
	start(uses_stack, &bytes);
	size_t much = fiber_stack_high_water();
	assert_true(little > 0 && little < much);
	assert_true(much >= 32 * 1024 && much <= fiber_stack_bytes());
	fiber_trim();
	assert_int_equal(fiber_stack_high_water(), much);
}

static void test_an_overflow_dies_at_the_guard(void **state)
{
	(void)state;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		int endless = 1 << 30;
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		signal(SIGSEGV, SIG_DFL);
		fclose(stderr);
		fiber_start(uses_stack, &endless);
		_exit(0);
	}
	int how;
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFSIGNALED(how));
	assert_int_equal(WTERMSIG(how), SIGSEGV);
}

static void test_no_stack_is_a_status(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	skip(); /* they need address space themselves */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
	skip();
#endif
#endif
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_AS, &(struct rlimit){0, 0});
		fiber_trim();
		struct status status = fiber_start(speaks_twice, NULL);
		_exit(status.code == STATUS_RESOURCE_EXHAUSTED && fiber_count() == 0 ? 0 : 1);
	}
	int how;
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* --- cost; "test_fiber bench" prints it --- */

static void switches_for_ever(void *unused)
{
	(void)unused;
	held = fiber_current();
	for (;;)
		fiber_suspend();
}

static void ends_at_once(void *unused)
{
	(void)unused;
}

static void bench(void)
{
	const int rounds = 5000000;
	fiber_start(switches_for_ever, NULL);
	int64_t begin_us = clock_monotonic_us();
	for (int i = 0; i < rounds; i++)
		fiber_resume(held);
	int64_t switched_us = clock_monotonic_us();
	for (int i = 0; i < rounds; i++)
		fiber_start(ends_at_once, NULL);
	int64_t started_us = clock_monotonic_us();
	printf("resume and suspend %.1f ns, start and end %.1f ns\n",
	       (double)(switched_us - begin_us) * 1000 / rounds,
	       (double)(started_us - switched_us) * 1000 / rounds);
}

int main(int count, char **arguments)
{
	if (count > 1 && strcmp(arguments[1], "bench") == 0) {
		bench();
		return 0;
	}
	const struct CMUnitTest tests[] = {
		TEST(test_start_runs_until_the_first_suspension),
		TEST(test_a_fiber_starts_another_at_once_and_resumes_it_later),
		TEST(test_stack_use_is_measured),
		TEST(test_many_fibers_keep_their_own_stacks),
		TEST(test_sleepers_wake_in_order_and_never_early),
		TEST(test_a_wait_ends_by_wake_or_by_time),
		TEST(test_a_wake_wins_over_a_time_out_not_seen_yet),
		TEST(test_a_local_follows_its_fiber),
		TEST(test_an_overflow_dies_at_the_guard),
		TEST(test_no_stack_is_a_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
