/* access.conf: good lines, and every bad one named. */
#include "fixture.h"

#define ECHO  "soleus.test.Echo.Echo query service, front_desk\n"
#define STORE "soleus.test.Echo.Store command service # kept\n"

static void good(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	const struct access_rule *rules;
	assert_ok(
		access_parse(arena, "# who may call\n\n\t" ECHO "  " STORE, echo_services, &rules));
	assert_string_equal(rules[0].method, "soleus.test.Echo.Echo");
	assert_false(rules[0].command);
	assert_int_equal(rules[0].roles, ROLE_SERVICE | ROLE_FRONT_DESK);
	assert_string_equal(rules[1].method, "soleus.test.Echo.Store");
	assert_true(rules[1].command);
	assert_int_equal(rules[1].roles, ROLE_SERVICE);
	assert_null(rules[2].method);
	arena_free(arena);
}

static void bad(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *field;
		const char *expected;
	} cases[] = {
		{ECHO, "soleus.test.Echo.Store", "a line that says who may call it"},
		{ECHO STORE "soleus.test.Echo.Shout query service\n", "line 3",
		 "a method of the services, by its full name"},
		{ECHO STORE "Echo query service\n", "line 3",
		 "a method of the services, by its full name"},
		{ECHO STORE ECHO, "line 3", "one line for each method"},
		{ECHO "soleus.test.Echo.Store write service", "line 2",
		 "command or query after the method"},
		{ECHO "soleus.test.Echo.Store", "line 2", "command or query after the method"},
		{ECHO "soleus.test.Echo.Store commands service", "line 2",
		 "command or query after the method"},
		{ECHO "soleus.test.Echo.Store command", "line 2", "at least one role"},
		{ECHO "soleus.test.Echo.Store command service janitor", "line 2",
		 "a known role, not \"janitor\""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(1 << 16);
		const struct access_rule *rules = NULL;
		struct status status = access_parse(arena, cases[i].text, echo_services, &rules);
		if (status_is_ok(status))
			print_error("%s\n", cases[i].text);
		assert_code(status, STATUS_INVALID_ARGUMENT);
		assert_string_equal(status.faults->field, cases[i].field);
		assert_string_equal(status.faults->expected, cases[i].expected);
		assert_null(status.faults->next);
		assert_null(rules);
		arena_free(arena);
	}
}

static void all_faults_at_once(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	const struct access_rule *rules;
	struct status status =
		access_parse(arena, "x query service\n\n" ECHO ECHO, echo_services, &rules);
	const struct fault *fault = status.faults;
	assert_string_equal(fault->field, "line 1");
	assert_string_equal((fault = fault->next)->field, "line 4");
	assert_string_equal((fault = fault->next)->field, "soleus.test.Echo.Store");
	assert_null(fault->next);
	arena_free(arena);
}

static void roles(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 12);
	unsigned set = 99;
	const char *unknown = NULL;
	assert_true(roles_from_text(arena, "", &set, &unknown));
	assert_int_equal(set, 0);
	assert_true(roles_from_text(arena, " athlete,operator  clinic_lead", &set, &unknown));
	assert_int_equal(set, ROLE_ATHLETE | ROLE_OPERATOR | ROLE_CLINIC_LEAD);
	assert_false(roles_from_text(arena, "athlete athlet", &set, &unknown));
	assert_string_equal(unknown, "athlet");
	assert_int_equal(set, ROLE_ATHLETE | ROLE_OPERATOR | ROLE_CLINIC_LEAD);
	for (unsigned bit = 0; bit < 6; bit++)
		assert_int_equal(role_from_name(role_name(1u << bit)), 1u << bit);
	assert_int_equal(role_from_name("root"), 0);
	assert_null(role_name(ROLE_ATHLETE | ROLE_SERVICE));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
		cmocka_unit_test(all_faults_at_once),
		cmocka_unit_test(roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
