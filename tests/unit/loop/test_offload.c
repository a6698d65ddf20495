/* Work beside the loop: on another thread, while the loop goes on. */
#include "fixture.h"
#include "loop/offload.h"

#include <pthread.h>
#include <unistd.h>

struct errand {
	pthread_t where;
	int told_to;
	int told_from;
};

static void read_pipe(void *argument)
{
	struct errand *errand = argument;
	char byte;
	errand->where = pthread_self();
	assert_int_equal(read(errand->told_from, &byte, 1), 1);
}

static void send_out(void *argument)
{
	tell("goes");
	offload(read_pipe, argument);
	tell("comes back");
	loop_stop_begin(loop);
}

static void write_pipe(void *argument)
{
	struct errand *errand = argument;
	tell("loop turns");
	assert_int_equal(write(errand->told_to, "x", 1), 1);
}

static void test_the_loop_goes_on_meanwhile(void **state)
{
	(void)state;
	struct errand errand;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	errand.told_from = ends[0];
	errand.told_to = ends[1];
	assert_true(status_is_ok(fiber_start(send_out, &errand)));
	loop_defer(loop, write_pipe, &errand);
	assert_true(status_is_ok(loop_run(loop)));
	assert_string_equal(story, "goes loop turns comes back");
	assert_false(pthread_equal(errand.where, pthread_self()));
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_loop_goes_on_meanwhile, open_loop,
						close_loop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
