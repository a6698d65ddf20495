/* JSON and messages by their descriptors. */
#include "ctl/json.h"

#include "soleus/v1/notes.pb-c.h"
#include "soleus/v1/scheduling.pb-c.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_arena(void **state)
{
	*state = arena_new((size_t)1 << 20);
	return *state ? 0 : 1;
}

static int close_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_there_and_back(void **state)
{
	static const struct {
		const char *name;
		const ProtobufCMessageDescriptor *type;
		const char *text;
	} cases[] = {
		{"empty", &soleus__v1__book_request__descriptor, "{}"},
		{"instant", &soleus__v1__book_request__descriptor,
		 "{\"athlete_id\":\"a\",\"starts_at\":\"2026-03-08T06:30:00Z\"}"},
		{"lists and nesting", &soleus__v1__sign_note_request__descriptor,
		 "{\"encounter_id\":\"e\",\"note\":{\"drivers\":[\"load\",\"sleep\"],\"sites\":[{"
		 "\"muscle\":"
		 "\"soleus\",\"insertions\":3,\"referral\":true,\"finding_keys\":[\"f1\"]}]}}"},
		{"a score of zero is a score", &soleus__v1__note_measure__descriptor,
		 "{\"instrument\":\"nprs\",\"value\":{\"value\":0}}"},
		{"a fraction", &soleus__v1__reading__descriptor, "{\"value\":7.2}"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ProtobufCMessage *message;
		struct status status =
			json_to_message(*state, cases[i].type, cases[i].text, &message);
		print_message("%s\n", cases[i].name);
		assert_true(status_is_ok(status));
		struct json_object *object = json_from_message(message);
		assert_string_equal(json_line(*state, object), cases[i].text);
		json_object_put(object);
	}
}

static void test_missing_reading_stays_missing(void **state)
{
	ProtobufCMessage *message;
	struct status status =
		json_to_message(*state, &soleus__v1__note_measure__descriptor,
				"{\"instrument\":\"nprs\",\"value\":null}", &message);
	assert_true(status_is_ok(status));
	assert_null(((Soleus__V1__NoteMeasure *)message)->value);
}

static void test_all_faults_at_once(void **state)
{
	ProtobufCMessage *message;
	struct status status = json_to_message(*state, &soleus__v1__sign_note_request__descriptor,
					       "{\"encounter\":\"x\",\"note\":{\"sites\":[{"
					       "\"needles_in\":\"two\"},{\"muscle\":7}]}}",
					       &message);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	const char *const fields[] = {"encounter", "note.sites[0].needles_in",
				      "note.sites[1].muscle"};
	const struct fault *fault = status.faults;
	for (size_t i = 0; i < 3; i++, fault = fault->next) {
		assert_non_null(fault);
		assert_string_equal(fault->field, fields[i]);
	}
	assert_null(fault);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{"", "line 1, column 1"},
		{"{\"a\":1,\n  oops}", "line 2"},
		{"[1]", "object"},
		{"null", "object"},
		{"{\"starts_at\": 99999999999999999999}", ""},
		{"{\"starts_at\": \"99999999999999999999\"}", ""},
		{"{} {}", "not JSON"},
		{"{\"starts_at\":\"tomorrow\"}", ""},
		{"{\"starts_at\":\"2026-03-08T06:30:00\"}", ""},
		{"{\"athlete_id\":[\"a\"]}", ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ProtobufCMessage *message;
		struct status status = json_to_message(
			*state, &soleus__v1__book_request__descriptor, cases[i].text, &message);
		print_message("%s\n", cases[i].text);
		assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
		assert_non_null(strstr(status.message, cases[i].says));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_there_and_back, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_missing_reading_stays_missing, open_arena,
						close_arena),
		cmocka_unit_test_setup_teardown(test_all_faults_at_once, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_refusals, open_arena, close_arena),
	};
	return cmocka_run_group_tests_name("ctl/json", tests, NULL, NULL);
}
