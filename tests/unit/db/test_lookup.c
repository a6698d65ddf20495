/* A name server that is silent must not hold the drain. */
#include "base/clock.h"
#include "db/db.h"

#include <netdb.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <uv.h>

#include <cmocka.h>

static sem_t silence;
static atomic_bool asked;

/* In place of the C library's: libpq finds this one. Longer than a drain, not for ever: exit()
 * waits for it when the test fails. */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		struct addrinfo **result)
{
	(void)node;
	(void)service;
	(void)hints;
	(void)result;
	atomic_store(&asked, true);
	struct timespec end;
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += 15;
	sem_timedwait(&silence, &end);
	return EAI_FAIL;
}

struct run {
	struct loop *loop;
	struct db *db;
	struct loop_timer look;
	bool closed;
};

static void closed(void *argument)
{
	((struct run *)argument)->closed = true;
}

static void begin_close(void *argument)
{
	struct run *run = argument;
	db_close(run->db, closed, run);
}

static bool is_closed(void *argument)
{
	return ((struct run *)argument)->closed;
}

static void stop_once_asked(void *argument)
{
	struct run *run = argument;
	if (!atomic_load(&asked))
		return;
	loop_timer_stop(run->loop, &run->look);
	loop_stop_begin(run->loop);
}

static void test_a_lookup_that_hangs_does_not_hold_the_drain(void **state)
{
	static const struct db_statement *const *const none[] = {NULL};
	const struct db_options options = {
		.url = "host=silent.example dbname=none",
		.statements = none,
		.lanes = 1,
		.batch_limit = 1,
		.statement_timeout_us = 5000000,
	};
	struct run run = {.loop = loop_new()};
	(void)state;
	assert_int_equal(sem_init(&silence, 0, 0), 0);
	assert_int_equal(db_open(run.loop, &options, &run.db).code, STATUS_OK);
	loop_on_drain(run.loop, DRAIN_CLOSE, "db", begin_close, is_closed, &run);
	loop_timer_start(run.loop, &run.look, 1000, 1000, stop_once_asked, &run);
	int64_t begun_us = clock_monotonic_us();
	struct status drained = loop_run(run.loop);
	assert_true(clock_monotonic_us() - begun_us < 5000000);
	assert_int_equal(drained.code, STATUS_OK);

	/* When it does return, its memory is freed; the leak checker looks. */
	sem_post(&silence);
	uv_run(loop_uv(run.loop), UV_RUN_ONCE);
	assert_true(loop_free(run.loop));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_lookup_that_hangs_does_not_hold_the_drain),
	};
	return cmocka_run_group_tests_name("name look-ups", tests, NULL, NULL);
}
