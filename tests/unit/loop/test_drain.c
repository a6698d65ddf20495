/* The ordered end: stages, the limit, signals, what is left open. */
#include "fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

static struct loop_timer works;
static bool work_is_done;

static void finish_work(void *unused)
{
	(void)unused;
	work_is_done = true;
	tell("work-done");
}

static void begin_work(void *unused)
{
	(void)unused;
	work_is_done = false;
	tell("work");
	loop_timer_start(loop, &works, 20000, 0, finish_work, NULL);
}

static bool work_done(void *unused)
{
	(void)unused;
	return work_is_done;
}

static void close_on_a_fiber(void *unused)
{
	(void)unused;
	tell("close");
	fiber_sleep_us(2000);
	tell("closed");
}

static void begin_close(void *unused)
{
	assert_true(status_is_ok(fiber_start(close_on_a_fiber, unused)));
}

static bool no_fibers(void *unused)
{
	(void)unused;
	return fiber_count() == 0;
}

static void test_the_drain_goes_stage_by_stage(void **state)
{
	(void)state;
	loop_on_drain(loop, DRAIN_CLOSE, "close", begin_close, no_fibers, NULL);
	loop_on_drain(loop, DRAIN_WORK, "work", begin_work, work_done, NULL);
	loop_on_drain(loop, DRAIN_WORK, "more", tell, NULL, "more");
	loop_on_drain(loop, DRAIN_ACCEPT, "accept", tell, NULL, "accept");
	assert_false(loop_is_stopping(loop));
	loop_stop_begin(loop);
	loop_stop_begin(loop);
	assert_true(loop_is_stopping(loop));
	assert_string_equal(story, "");
	assert_true(status_is_ok(loop_run(loop)));
	assert_string_equal(story, "accept work more work-done close closed");
}

static bool never_done(void *unused)
{
	(void)unused;
	return false;
}

static void test_a_drain_that_takes_too_long_is_abandoned(void **state)
{
	(void)state;
	loop_drain_limit(loop, 20000);
	loop_on_drain(loop, DRAIN_ACCEPT, "accept", tell, NULL, "accept");
	loop_on_drain(loop, DRAIN_WORK, "bus", NULL, never_done, NULL);
	loop_on_drain(loop, DRAIN_WORK, "quick", NULL, NULL, NULL);
	loop_on_drain(loop, DRAIN_WORK, "lanes", NULL, never_done, NULL);
	loop_on_drain(loop, DRAIN_CLOSE, "close", tell, NULL, "close");
	loop_stop_begin(loop);
	struct status status = loop_run(loop);
	assert_int_equal(status.code, STATUS_DEADLINE_EXCEEDED);
	assert_string_equal(status.message, "not drained in time: bus, lanes");
	assert_string_equal(story, "accept");
}

static void send_terminate(void *unused)
{
	(void)unused;
	kill(getpid(), SIGTERM);
	tell("sent");
}

static void test_a_signal_begins_the_drain(void **state)
{
	(void)state;
	struct loop_timer timer = {0};
	loop_on_drain(loop, DRAIN_ACCEPT, "accept", tell, NULL, "accept");
	loop_timer_start(loop, &timer, 1000, 0, send_terminate, NULL);
	assert_true(status_is_ok(loop_run(loop)));
	assert_string_equal(story, "sent accept");
}

static void hang(void *unused)
{
	(void)unused;
	kill(getpid(), SIGINT);
	for (;;)
		pause();
}

/* The fork has a loop of its own, for an epoll descriptor must not be shared. */
static void test_a_second_signal_ends_even_a_loop_that_hangs(void **state)
{
	(void)state;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		uv_loop_fork(loop_uv(loop));
		loop_on_drain(loop, DRAIN_ACCEPT, "hangs", hang, NULL, NULL);
		kill(getpid(), SIGTERM);
		loop_run(loop);
		_exit(0);
	}
	int how;
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), 128 + SIGINT);
}

static void test_a_broken_pipe_is_no_signal(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_int_equal(write(ends[1], "x", 1), -1);
	close(ends[1]);
}

static void test_a_handle_left_open_is_told(void **state)
{
	(void)state;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		static uv_timer_t left;
		uv_loop_fork(loop_uv(loop));
		uv_timer_init(loop_uv(loop), &left);
		uv_timer_start(&left, (uv_timer_cb)tell, 1000000, 0);
		_exit(loop_free(loop) ? 1 : 0);
	}
	int how;
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_drain_goes_stage_by_stage),
		TEST(test_a_drain_that_takes_too_long_is_abandoned),
		TEST(test_a_signal_begins_the_drain),
		TEST(test_a_second_signal_ends_even_a_loop_that_hangs),
		TEST(test_a_broken_pipe_is_no_signal),
		TEST(test_a_handle_left_open_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
