/* Background work: woken by the clock of the domain, by name, and by the drain. */
#include "daemon/daemon_inside.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOON INT64_C(1800000000000000)

static int64_t due[] = {NOON + CLOCK_DAY_US, NOON + 2 * CLOCK_DAY_US};
static unsigned done;

/* Does what is due, says so, and lets the test move the clock a day on. */
static FIBER void dispatch(struct daemon *daemon, struct worker *worker)
{
	int64_t next_us = clock_now_us();
	while (worker_wait_until(worker, next_us)) {
		int64_t now_us = clock_now_us();
		while (done < 2 && due[done] <= now_us)
			done++;
		worker_settled(worker, now_us);
		if (done == 2) {
			loop_stop_begin(daemon->loop);
			next_us = INT64_MAX;
			continue;
		}
		next_us = due[done];
		clock_drive(now_us + CLOCK_DAY_US);
	}
}

static void stop(void *argument)
{
	daemon_stop_workers(argument);
}

static bool ended(void *argument)
{
	return !daemon_workers_run(argument);
}

static void works_when_the_clock_says(void **state)
{
	static const struct daemon_worker workers[] = {{"dispatcher", dispatch}, {NULL, NULL}};
	static const struct daemon_spec spec = {.name = "reminders", .workers = workers};
	struct daemon daemon = {.spec = &spec};
	char path[] = "/tmp/soleus-clock-XXXXXX";
	(void)state;
	close(mkstemp(path));
	assert_int_equal(clock_follow_file(path).code, STATUS_OK);
	clock_drive(NOON);
	daemon.arena = arena_new((size_t)1 << 20);
	daemon.loop = loop_new();
	loop_on_drain(daemon.loop, DRAIN_WORK, "workers", stop, ended, &daemon);
	assert_int_equal(
		daemon_start_workers(&daemon, (const struct daemon_worker *const[]){NULL}).code,
		STATUS_OK);
	int64_t begun_us = clock_monotonic_us();
	assert_int_equal(loop_run(daemon.loop).code, STATUS_OK);
	assert_true(clock_monotonic_us() - begun_us < CLOCK_SECOND_US);
	assert_int_equal(done, 2);

	Soleus__V1__DaemonStatusReply reply = SOLEUS__V1__DAEMON_STATUS_REPLY__INIT;
	assert_int_equal(daemon_workers_status(&daemon, daemon.arena, &reply).code, STATUS_OK);
	assert_int_equal(reply.n_workers, 1);
	assert_string_equal(reply.workers[0]->name, "dispatcher");
	assert_int_equal(reply.workers[0]->settled_until_at, NOON + 2 * CLOCK_DAY_US);
	loop_free(daemon.loop);
	fiber_trim();
	arena_free(daemon.arena);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(works_when_the_clock_says)};
	return cmocka_run_group_tests_name("daemon_workers", tests, NULL, NULL);
}
