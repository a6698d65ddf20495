#include "base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *url;
static const char *password;
static int64_t lanes;
static bool verbose;

static const struct config_entry table[] = {
	{.name = "SOLEUS_URL", .kind = CONFIG_TEXT, .help = "where", .value = &url},
	{.name = "SOLEUS_PASSWORD",
	 .kind = CONFIG_TEXT,
	 .fallback = "swordfish",
	 .help = "of the role",
	 .value = &password,
	 .secret = true},
	{.name = "SOLEUS_LANES",
	 .kind = CONFIG_INT,
	 .fallback = "4",
	 .help = "connections",
	 .value = &lanes,
	 .minimum = -1,
	 .maximum = 64},
	{.name = "SOLEUS_VERBOSE",
	 .kind = CONFIG_BOOL,
	 .fallback = "false",
	 .help = "log more",
	 .value = &verbose},
	{.name = 0},
};

static struct arena *arena;

static int make_arena(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return arena ? 0 : -1;
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define LOAD(...) config_load(table, (char *[]){__VA_ARGS__ __VA_OPT__(, ) 0}, arena)

static void defaults_fill_what_is_not_set(void **state)
{
	(void)state;
	assert_true(status_is_ok(LOAD("HOME=/", "SOLEUS_URL=a=b", "SOLEUS_LANES=")));
	assert_string_equal(url, "a=b");
	assert_string_equal(password, "swordfish");
	assert_int_equal(lanes, 4);
	assert_false(verbose);
}

static void what_is_set_is_taken_and_copied(void **state)
{
	(void)state;
	char variable[] = "SOLEUS_URL=x";
	assert_true(status_is_ok(
		LOAD(variable, "SOLEUS_PASSWORD=p", "SOLEUS_LANES=-1", "SOLEUS_VERBOSE=true")));
	variable[11] = 'y';
	assert_string_equal(url, "x");
	assert_string_equal(password, "p");
	assert_int_equal(lanes, -1);
	assert_true(verbose);
}

static void each_fault_names_its_variable(void **state)
{
	(void)state;
	static const struct {
		char *variable;
		const char *field;
		const char *expected;
	} cases[] = {
		{"SOLEUS_LANES=65", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES=-2", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES=5x", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES= 5", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES=+5", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES=-", "SOLEUS_LANES", "a whole number from -1 to 64"},
		{"SOLEUS_LANES=99999999999999999999", "SOLEUS_LANES",
		 "a whole number from -1 to 64"},
		{"SOLEUS_VERBOSE=yes", "SOLEUS_VERBOSE", "\"true\" or \"false\""},
		{"SOLEUS_LANE=5", "SOLEUS_LANE", "a name that --help lists: this one is unknown"},
		{"SOLEUS_LANES_FIL=5", "SOLEUS_LANES_FIL",
		 "a name that --help lists: this one is unknown"},
		{"SOLEUS_LANES_FILE=/nowhere", "SOLEUS_LANES",
		 "a file that can be read in SOLEUS_LANES_FILE, not /nowhere "
		 "(No such file or directory)"},
		{"SOLEUS_LANES_FILE=/", "SOLEUS_LANES",
		 "a file that can be read in SOLEUS_LANES_FILE, not / (Is a directory)"},
		{"SOLEUS_LANES_FILE=/dev/null", "SOLEUS_LANES",
		 "a file that is not empty in SOLEUS_LANES_FILE, not /dev/null"},
		{"SOLEUS_PASSWORD_FILE=/dev/zero", "SOLEUS_PASSWORD",
		 "a file of at most 64 KiB in SOLEUS_PASSWORD_FILE, not /dev/zero"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct status status = LOAD("SOLEUS_URL=x", cases[i].variable);
		assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
		assert_string_equal(status.faults->field, cases[i].field);
		assert_string_equal(status.faults->expected, cases[i].expected);
		assert_null(status.faults->next);
	}
}

static void all_faults_are_found_at_once(void **state)
{
	(void)state;
	struct status status = LOAD("SOLEUS_PASSWORD=p", "SOLEUS_PASSWORD_FILE=/etc/hostname",
				    "SOLEUS_LANES=many", "SOLEUS_TYPO=1");
	static const char *const fields[] = {"SOLEUS_URL", "SOLEUS_PASSWORD", "SOLEUS_LANES",
					     "SOLEUS_TYPO"};
	const struct fault *fault = status.faults;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++, fault = fault->next) {
		assert_non_null(fault);
		assert_string_equal(fault->field, fields[i]);
	}
	assert_null(fault);
}

static void a_file_holds_the_value(void **state)
{
	(void)state;
	static const struct {
		const char *content;
		size_t length;
		const char *value; /* NULL: a fault */
	} cases[] = {
		{"secret", 6, "secret"},
		{"secret\n", 7, "secret"},
		{"secret\r\n", 8, "secret"},
		{" s \n\n", 5, " s \n"},
		{"\n", 1, 0},
		{"a\0b", 3, 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char variable[] = "SOLEUS_PASSWORD_FILE=/tmp/soleus-config-XXXXXX";
		char *path = strchr(variable, '/');
		int file = mkstemp(path);
		assert_true(file >= 0);
		ssize_t written = write(file, cases[i].content, cases[i].length);
		close(file);
		struct status status = LOAD("SOLEUS_URL=x", "SOLEUS_PASSWORD=", variable);
		unlink(path);
		assert_int_equal(written, cases[i].length);
		assert_true(status_is_ok(status) == (cases[i].value != 0));
		if (cases[i].value)
			assert_string_equal(password, cases[i].value);
	}
}

static void a_value_beyond_the_arena_is_a_fault(void **state)
{
	(void)state;
	struct arena *small = arena_new(0);
	struct status status = config_load(table, (char *[]){"SOLEUS_URL=x", 0}, small);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	arena_free(small);
}

static void the_table_is_printed_without_secrets(void **state)
{
	(void)state;
	char *text = 0;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	config_print(table, out);
	fclose(out);
	assert_string_equal(text, "  SOLEUS_URL       where (required)\n"
				  "  SOLEUS_PASSWORD  of the role (has a default)\n"
				  "  SOLEUS_LANES     connections (default: 4; -1 to 64)\n"
				  "  SOLEUS_VERBOSE   log more (default: false)\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_fill_what_is_not_set),
		cmocka_unit_test(what_is_set_is_taken_and_copied),
		cmocka_unit_test(each_fault_names_its_variable),
		cmocka_unit_test(all_faults_are_found_at_once),
		cmocka_unit_test(a_file_holds_the_value),
		cmocka_unit_test(a_value_beyond_the_arena_is_a_fault),
		cmocka_unit_test(the_table_is_printed_without_secrets),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
