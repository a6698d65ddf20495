/* Files of other people, line by line. */
#include "ctl/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/soleus-lines-XXXXXX";

static int open_file(void **state)
{
	int fd = mkstemp(strcpy(path, "/tmp/soleus-lines-XXXXXX"));
	close(fd);
	*state = arena_new(1 << 16);
	return fd < 0;
}

static int close_file(void **state)
{
	arena_free(*state);
	return unlink(path);
}

static void write_file(const char *bytes, size_t length)
{
	FILE *file = fopen(path, "we");
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static void test_ends_and_marks(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *lines; /* parted by |; ! is a fault */
	} cases[] = {
#define BYTES(text) text, sizeof(text) - 1
		{BYTES(""), ""},
		{BYTES("a\nb\n"), "a|b|"},
		{BYTES("a\nb"), "a|b|"},
		{BYTES("a\r\n\r\nb\r\n"), "a||b|"},
		{BYTES("\xef\xbb\xbf"
		       "a\n\xef\xbb\xbf"
		       "b\n"),
		 "a|\xef\xbb\xbf"
		 "b|"},
		{BYTES("\xef\xbb\xbf"), "|"},
		{BYTES("a\0b\nc\n"), "!|c|"},
		{BYTES("\xff\xfe"
		       "a\nc\n"),
		 "!|c|"},
		{BYTES("\n\n"), "||"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct lines lines;
		char all[64] = "";
		write_file(cases[i].bytes, cases[i].length);
		assert_true(status_is_ok(lines_open(*state, path, &lines)));
		while (lines_next(&lines)) {
			strcat(all, lines.fault ? "!" : lines.text);
			strcat(all, "|");
		}
		assert_int_equal(lines.error, 0);
		assert_string_equal(all, cases[i].lines);
		lines_close(&lines);
	}
}

static void test_a_line_that_is_too_long_costs_itself_alone(void **state)
{
	struct lines lines;
	FILE *file = fopen(path, "we");
	fputs("first\n", file);
	for (size_t i = 0; i < LINE_BYTES_MAX / 8 * 3; i++)
		fputs("01234567", file);
	fputs("\nlast\n", file);
	fclose(file);
	assert_true(status_is_ok(lines_open(*state, path, &lines)));
	assert_true(lines_next(&lines));
	assert_true(lines_next(&lines));
	assert_non_null(strstr(lines.fault, "16 MiB"));
	assert_string_equal(lines.text, "");
	assert_true(lines_next(&lines));
	assert_null(lines.fault);
	assert_string_equal(lines.text, "last");
	assert_int_equal(lines.number, 3);
	assert_true(lines.size <= LINE_BYTES_MAX);
	assert_false(lines_next(&lines));
	lines_close(&lines);
}

static void test_what_is_no_file(void **state)
{
	struct lines lines;
	struct status status = lines_open(*state, "/nonexistent", &lines);
	assert_int_equal(status.code, STATUS_NOT_FOUND);
	assert_non_null(strstr(status.message, "No such file"));
	assert_true(status_is_ok(lines_open(*state, "/tmp", &lines)));
	assert_false(lines_next(&lines));
	assert_int_not_equal(lines.error, 0);
	lines_close(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ends_and_marks, open_file, close_file),
		cmocka_unit_test_setup_teardown(test_a_line_that_is_too_long_costs_itself_alone,
						open_file, close_file),
		cmocka_unit_test_setup_teardown(test_what_is_no_file, open_file, close_file),
	};
	return cmocka_run_group_tests_name("ctl/lines", tests, NULL, NULL);
}
