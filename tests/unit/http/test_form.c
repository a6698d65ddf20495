/* Targets and fields, read in one way or not at all. */
#include "http/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void fields(void **state)
{
	/* `read`: NAME[VALUE] of each, NULL when it is refused. */
	static const struct {
		const char *text, *read;
	} cases[] = {
		{"", ""},
		{"a=1", "a[1]"},
		{"a=", "a[]"},
		{"a=1&b=two+words", "a[1]b[two words]"},
		{"List-Unsubscribe=One-Click", "List-Unsubscribe[One-Click]"},
		{"text=%C3%A4%20%26%3D%2B", "text[\xc3\xa4 &=+]"},
		{"na%6De=x", "name[x]"},
		{"a=x=y", NULL}, /* bare = */
		{"a", NULL},
		{"=1", NULL},
		{"a=1&", NULL},
		{"&a=1", NULL},
		{"a=1&&b=2", NULL},
		{"a=1&a=2", NULL},
		{"a=1&%61=2", NULL},
		{"a=%", NULL},
		{"a=%4", NULL},
		{"a=%4g", NULL},
		{"a=%00", NULL},
		{"a=%1f", NULL},
		{"a=%7F", NULL},
		{"a=%0A%0d%09", "a[\n\r\t]"},
		{"a=%ff", NULL},
		{"a=%C0%AF", NULL},    /* overlong */
		{"a=%ED%A0%80", NULL}, /* surrogate */
		{"a=\xc3\xa4", NULL},  /* bare */
		{"a=b c", NULL},
		{"a=b#c", NULL},
		{"a=<b>", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(1 << 16);
		struct http_fields read = {0};
		const char *why = NULL;
		char text[256] = "";
		bool taken =
			http_fields_read(arena, cases[i].text, strlen(cases[i].text), &read, &why);
		for (size_t f = 0; f < read.count; f++)
			snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s[%s]",
				 read.fields[f].name, read.fields[f].value);
		if (taken != (cases[i].read != NULL) || (taken && strcmp(text, cases[i].read) != 0))
			fail_msg("\"%s\" is read as %s", cases[i].text, taken ? text : why);
		arena_free(arena);
	}
}

static void a_nul_is_no_text(void **state)
{
	struct arena *arena = arena_new(1 << 16);
	struct http_fields read;
	const char *why;
	(void)state;
	assert_false(http_fields_read(arena, "a=1\0b", 5, &read, &why));
	arena_free(arena);
}

static void too_many_are_refused(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct http_fields read;
	const char *why;
	char text[8192] = "f0=";
	(void)state;
	for (int i = 1; i < HTTP_FIELDS_MAX; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "&f%d=", i);
	assert_true(http_fields_read(arena, text, strlen(text), &read, &why));
	assert_int_equal(read.count, HTTP_FIELDS_MAX);
	strcat(text, "&one=more");
	assert_false(http_fields_read(arena, text, strlen(text), &read, &why));
	arena_free(arena);
}

static void targets(void **state)
{
	static const struct {
		const char *text, *path, *query;
	} cases[] = {
		{"/", "/", ""},
		{"/l/abc-_.~", "/l/abc-_.~", ""},
		{"/a?b=c", "/a", "b=c"},
		{"/a?b?c", "/a", "b?c"},
		{"", NULL, NULL},
		{"*", NULL, NULL},
		{"a", NULL, NULL},
		{"//a", NULL, NULL},
		{"/a//b", NULL, NULL},
		{"/a/", NULL, NULL},
		{"/a/../b", NULL, NULL},
		{"/./a", NULL, NULL},
		{"/..", NULL, NULL},
		{"/%61", NULL, NULL},
		{"/a%2fb", NULL, NULL},
		{"/a\\b", NULL, NULL},
		{"/a;b", NULL, NULL},
		{"/a#b", NULL, NULL},
		{"http://x/a", NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(1 << 16);
		struct http_target target = {0};
		const char *why;
		bool taken = http_target_read(arena, cases[i].text, &target, &why);
		if (taken != (cases[i].path != NULL))
			fail_msg("\"%s\" is %s", cases[i].text, taken ? "taken" : "refused");
		if (taken) {
			assert_string_equal(target.path, cases[i].path);
			assert_string_equal(target.query, cases[i].query);
		}
		arena_free(arena);
	}
}

static void a_long_path_is_refused(void **state)
{
	struct arena *arena = arena_new(1 << 16);
	struct http_target target;
	const char *why;
	char text[HTTP_PATH_BYTES_MAX + 2] = "/";
	(void)state;
	memset(text + 1, 'a', HTTP_PATH_BYTES_MAX - 1);
	assert_true(http_target_read(arena, text, &target, &why));
	text[HTTP_PATH_BYTES_MAX] = 'a';
	assert_false(http_target_read(arena, text, &target, &why));
	arena_free(arena);
}

static void patterns(void **state)
{
	static const struct {
		const char *pattern, *path, *parameter;
	} cases[] = {
		{"/healthz", "/healthz", ""},
		{"/healthz", "/health", NULL},
		{"/healthz", "/healthzz", NULL},
		{"/l/{token}", "/l/abc", "abc"},
		{"/l/{token}", "/l/", NULL},
		{"/l/{token}", "/l", NULL},
		{"/l/{token}", "/l/abc/d", NULL},
		{"/hooks/kannel/{account}/text", "/hooks/kannel/x-y/text", "x-y"},
		{"/hooks/kannel/{account}/text", "/hooks/kannel//text", NULL},
		{"/hooks/kannel/{account}/text", "/hooks/kannel/x-y/delivery", NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(1 << 16);
		const char *parameter = "untouched";
		bool fits = http_path_fits(cases[i].pattern, cases[i].path, arena, &parameter);
		assert_string_equal(parameter,
				    cases[i].parameter ? cases[i].parameter : "untouched");
		assert_int_equal(fits, cases[i].parameter != NULL);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(a_nul_is_no_text),
		cmocka_unit_test(too_many_are_refused),
		cmocka_unit_test(targets),
		cmocka_unit_test(a_long_path_is_refused),
		cmocka_unit_test(patterns),
	};
	return cmocka_run_group_tests_name("http_form", tests, NULL, NULL);
}
