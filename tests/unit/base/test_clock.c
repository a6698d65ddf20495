#include "base/clock.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/soleus-clock-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/clock", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static void write_clock(const void *bytes, size_t length)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(write(file, bytes, length), length);
	close(file);
}

static int64_t read_clock(void)
{
	int64_t now_us = -1;
	int file = open(path, O_RDONLY);
	assert_int_equal(read(file, &now_us, sizeof(now_us)), sizeof(now_us));
	close(file);
	return now_us;
}

static void assert_real_time(void)
{
	int64_t apart_us = clock_now_us() - time(0) * CLOCK_SECOND_US;
	assert_true(apart_us > -5 * CLOCK_SECOND_US && apart_us < 5 * CLOCK_SECOND_US);
}

static void without_a_file_time_is_real(void **state)
{
	(void)state;
	assert_false(clock_is_driven());
	assert_real_time();
}

static void a_missing_file_is_made_and_drives_nothing(void **state)
{
	(void)state;
	assert_true(status_is_ok(clock_follow_file(path)));
	assert_int_equal(read_clock(), 0);
	assert_false(clock_is_driven());
	assert_real_time();
}

static void the_file_drives_and_lets_go(void **state)
{
	(void)state;
	clock_drive(42 * CLOCK_DAY_US);
	assert_true(clock_is_driven());
	assert_int_equal(clock_now_us(), 42 * CLOCK_DAY_US);
	assert_int_equal(read_clock(), 42 * CLOCK_DAY_US);
	clock_drive(0);
	assert_false(clock_is_driven());
	assert_real_time();
}

static void another_writer_moves_our_time(void **state)
{
	(void)state;
	int64_t other = 7 * CLOCK_HOUR_US;
	int file = open(path, O_WRONLY);
	assert_int_equal(pwrite(file, &other, sizeof(other), 0), sizeof(other));
	close(file);
	assert_int_equal(clock_now_us(), other);
}

static void a_restart_wakes_in_the_same_moment(void **state)
{
	(void)state;
	assert_true(status_is_ok(clock_follow_file(path)));
	assert_int_equal(clock_now_us(), 7 * CLOCK_HOUR_US);
}

static void a_short_file_is_filled_up(void **state)
{
	(void)state;
	unlink(path);
	write_clock("\x05", 1);
	assert_true(status_is_ok(clock_follow_file(path)));
	assert_int_equal(clock_now_us(), 5);
}

static void a_file_that_cannot_be_used_changes_nothing(void **state)
{
	(void)state;
	clock_drive(9);
	assert_int_equal(clock_follow_file(folder).code, STATUS_FAILED_PRECONDITION);
	assert_int_equal(clock_follow_file("/nowhere/clock").code, STATUS_FAILED_PRECONDITION);
	assert_int_equal(clock_follow_file("/dev/null").code, STATUS_FAILED_PRECONDITION);
	assert_int_equal(clock_now_us(), 9);
}

static void monotonic_time_is_never_driven(void **state)
{
	(void)state;
	int64_t before_us = clock_monotonic_us();
	clock_drive(CLOCK_DAY_US);
	int64_t after_us = clock_monotonic_us();
	assert_true(after_us >= before_us && after_us - before_us < CLOCK_MINUTE_US);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_time_is_real),
		cmocka_unit_test(a_missing_file_is_made_and_drives_nothing),
		cmocka_unit_test(the_file_drives_and_lets_go),
		cmocka_unit_test(another_writer_moves_our_time),
		cmocka_unit_test(a_restart_wakes_in_the_same_moment),
		cmocka_unit_test(a_short_file_is_filled_up),
		cmocka_unit_test(a_file_that_cannot_be_used_changes_nothing),
		cmocka_unit_test(monotonic_time_is_never_driven),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
