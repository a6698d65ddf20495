/* A daemon whose work hangs on a thread: its end comes in time all the same. */
#include "daemon/daemon.h"
#include "loop/offload.h"

#include "base/clock.h"
#include "echo.pb-c.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define DRAIN_US (CLOCK_SECOND_US / 5)

static bool over;

static void hang(void *unused)
{
	(void)unused;
	sleep(60);
}

static FIBER void hang_on_thread(void *unused)
{
	offload(hang, unused);
	over = true;
}

static bool is_over(void *unused)
{
	(void)unused;
	return over;
}

static struct status begin_to_hang(struct daemon *daemon)
{
	struct loop *loop = daemon_loop(daemon);
	loop_drain_limit(loop, DRAIN_US);
	loop_on_drain(loop, DRAIN_WORK, "what hangs", NULL, is_over, daemon);
	struct status status = fiber_start(hang_on_thread, NULL);
	loop_stop_begin(loop);
	return status;
}

static _Noreturn void be_daemon(const char *run_dir)
{
	static Soleus__Test__Echo_Service service = {
		.base = {.descriptor = &soleus__test__echo__descriptor}};
	static const struct db_statement *const none[] = {NULL};
	static const struct db_migration *const no_migrations[] = {NULL};
	char *arguments[] = {(char *)"soleus-test", NULL};
	clearenv();
	setenv("SOLEUS_RUN_DIR", run_dir, 1);
	setenv("SOLEUS_PLAIN", "true", 1);
	setenv("SOLEUS_DATABASE_URL", "host=/nowhere", 1);
	exit(daemon_main(1, arguments,
			 &(struct daemon_spec){.name = "test",
					       .service = &service.base,
					       .access = "",
					       .statements = none,
					       .migrations = no_migrations,
					       .start = begin_to_hang}));
}

static void ends_in_time_when_a_thread_hangs(void **state)
{
	char folder[] = "/tmp/soleus-drain-XXXXXX", command[64];
	int how = 0;
	(void)state;
	assert_non_null(mkdtemp(folder));
	int64_t begun_us = clock_monotonic_us();
	pid_t pid = fork();
	if (pid == 0)
		be_daemon(folder);
	while (waitpid(pid, &how, WNOHANG) == 0) {
		if (clock_monotonic_us() - begun_us > 20 * CLOCK_SECOND_US) {
			kill(pid, SIGKILL);
			waitpid(pid, &how, 0);
			fail_msg("it does not end");
		}
		usleep(2000);
	}
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), 1);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(ends_in_time_when_a_thread_hangs)};
	return cmocka_run_group_tests_name("daemon_drain", tests, NULL, NULL);
}
