/* Filling in what was kept, and holding a reply against what was expected. */
#include "ctl/json.h"
#include "ctl/story.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct json_object *object_of(struct arena *arena, const char *text)
{
	struct json_object *object;
	assert_true(status_is_ok(json_parse(arena, text, &object)));
	return object;
}

static void test_fill(void **state)
{
	static const struct {
		const char *value;
		const char *filled; /* NULL: NOT_FOUND */
	} cases[] = {
		{"{\"id\":\"${visit.id}\"}", "{\"id\":\"v1\"}"},
		{"{\"say\":\"at ${visit.slots[1].when}, ${visit.id}!\"}",
		 "{\"say\":\"at ten, v1!\"}"},
		{"{\"n\":\"${visit.n}\"}", "{\"n\":7}"},
		{"[\"${visit.n}${visit.n}\",true,null]", "[\"77\",true,null]"},
		{"{\"x\":\"${visit.gone}\"}", NULL},
		{"{\"x\":\"${visit.slots[9].when}\"}", NULL},
		{"{\"x\":\"costs $5 {now}\"}", "{\"x\":\"costs $5 {now}\"}"},
	};
	(void)state;
	struct arena *arena = arena_new((size_t)1 << 20);
	struct json_object *kept = object_of(arena, "{\"visit\":{\"id\":\"v1\",\"n\":7,\"slots\":[{"
						    "\"when\":\"nine\"},{\"when\":\"ten\"}]}}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_object *value = object_of(arena, cases[i].value), *filled = NULL;
		struct status status = story_fill(arena, kept, value, &filled);
		print_message("%s\n", cases[i].value);
		if (cases[i].filled)
			assert_string_equal(json_line(arena, filled), cases[i].filled);
		else
			assert_int_equal(status.code, STATUS_NOT_FOUND);
		json_object_put(filled);
		json_object_put(value);
	}
	json_object_put(kept);
	arena_free(arena);
}

static void test_contains(void **state)
{
	static const struct {
		const char *expected;
		const char *differs_at; /* NULL: contained */
	} cases[] = {
		{"{}", NULL},
		{"{\"grade\":\"good\"}", NULL},
		{"{\"slots\":[{\"n\":1}]}", NULL},
		{"{\"gone\":null}", NULL},
		{"{\"grade\":\"warn\"}", "grade"},
		{"{\"grade\":null}", "grade"},
		{"{\"slots\":[{\"n\":1},{\"n\":3}]}", "slots[1].n"},
		{"{\"slots\":[{},{},{}]}", "slots"},
		{"{\"gone\":1}", "gone"},
	};
	(void)state;
	struct arena *arena = arena_new((size_t)1 << 20);
	struct json_object *actual =
		object_of(arena, "{\"grade\":\"good\",\"slots\":[{\"n\":1},{\"n\":2}]}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_object *expected = object_of(arena, cases[i].expected);
		struct status status = story_contains(arena, actual, expected, "");
		print_message("%s\n", cases[i].expected);
		assert_int_equal(status_is_ok(status), cases[i].differs_at == NULL);
		if (cases[i].differs_at)
			assert_int_equal(strncmp(status.message, cases[i].differs_at,
						 strlen(cases[i].differs_at)),
					 0);
		json_object_put(expected);
	}
	json_object_put(actual);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_contains),
	};
	return cmocka_run_group_tests_name("ctl/story", tests, NULL, NULL);
}
