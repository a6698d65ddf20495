/* Who may not is refused: every role at every RPC, strangers, revoked keys, other organisations. */
#include "house.h"

#include "base/clock.h"
#include "ctl/command.h"
#include "ctl/keys.h"

#include "soleus/v1/daemon.pb-c.h"

#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000aa"
#define OTHER        "0195531a-0000-7000-8000-0000000000bb"

static const char *const roles[] = {"athlete",     "front_desk", "practitioner",
				    "clinic_lead", "operator",   "service"};
#define ROLES (sizeof(roles) / sizeof(roles[0]))

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

static void issue(const struct house *house, const char *name, const char *role,
		  const char *organisation)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	struct key_request request = {name, "person", role, organisation, "-"};
	assert_true(status_is_ok(keys_issue(arena, house->keys_dir, &request)));
	arena_free(arena);
}

/* True when the daemon's access.conf lets the role call the method. */
static bool may_call(struct arena *arena, const char *daemon, const char *method, const char *role)
{
	const char *text;
	const char *path = arena_printf(arena, "%s/services/%s/access.conf", SOLEUS_SOURCE, daemon);
	assert_true(status_is_ok(command_read_file(arena, path, &text)));
	size_t length = strlen(method);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += strspn(line, "\n");
		if (strncmp(line, method, length) != 0 || !strchr(" \t", line[length]))
			continue;
		const char *words = arena_strndup(arena, line, strcspn(line, "\n"));
		return strstr(words + length, arena_printf(arena, " %s", role)) != NULL;
	}
	fail_msg("%s has no line in %s", method, path);
	return false;
}

struct tried {
	unsigned refused, let_in;
};

/* As one role; false when it is let in or refused wrongly. `access` is whose access.conf says. */
static FIBER bool try_method(struct session *session, const char *name, const char *access,
			     const char *role, struct tried *tried)
{
	struct method method;
	struct json_object *reply;
	struct session_call call = {.who = role, .organisation_id = ORGANISATION};
	if (!status_is_ok(method_find(session->arena, name, &method)))
		return false;
	bool may =
		may_call(session->arena, access ? access : method.daemon, method.full_name, role);
	struct status status = session_call_json(session, &method, &call, "{}", &reply);
	json_object_put(reply);
	*(may ? &tried->let_in : &tried->refused) += 1;
	/* An empty request is refused for other reasons where the role may call. */
	if ((status.code == STATUS_PERMISSION_DENIED) != may)
		return true;
	fprintf(stderr, "%s as %s: %s: %s\n", name, role, status_code_name(status.code),
		status.message ? status.message : "");
	/* A role that may call can be refused the record: athletes see their own, an organisation's
	 * operator makes no other, and what every organisation's events are is not for its own. */
	return may && (strcmp(role, "athlete") == 0 || strstr(name, ".CreateOrganisation") ||
		       strstr(name, ".Replay"));
}

static FIBER int call_everything(struct session *session, void *argument)
{
	const ProtobufCServiceDescriptor *daemon = &soleus__v1__daemon__descriptor;
	struct tried tried = {0};
	bool good = true;
	(void)argument;
	for (size_t s = 0; method_services[s]; s++)
		for (unsigned m = 0; m < method_services[s]->n_methods * ROLES; m++)
			good &= try_method(
				session,
				arena_printf(session->arena, "%s.%s", method_services[s]->name,
					     method_services[s]->methods[m / ROLES].name),
				NULL, roles[m % ROLES], &tried);
	for (unsigned m = 0; m < daemon->n_methods * ROLES; m++)
		good &= try_method(
			session,
			arena_printf(session->arena, "notes.%s", daemon->methods[m / ROLES].name),
			"daemon", roles[m % ROLES], &tried);
	printf("%u refused, %u let in\n", tried.refused, tried.let_in);
	return good && tried.refused > 50 && tried.let_in > 30 ? 0 : 1;
}

static void test_every_role_at_every_rpc(void **state)
{
	/* The operator who makes organisations is one of all. */
	for (size_t i = 0; i < ROLES; i++)
		issue(*state, roles[i], roles[i],
		      strcmp(roles[i], "operator") == 0 ? "*" : ORGANISATION);
	house_runs(*state, call_everything, NULL);
}

struct expectation {
	const char *who;
	const char *organisation;
	const char *method;
	const char *request;
	enum status_code code;
};

static FIBER int call_once(struct session *session, void *argument)
{
	const struct expectation *expected = argument;
	struct method method;
	struct json_object *reply;
	struct session_call call = {.who = expected->who,
				    .organisation_id = expected->organisation};
	session->options.timeout_us = 2 * CLOCK_SECOND_US;
	if (!status_is_ok(method_find(session->arena, expected->method, &method)))
		return 1;
	struct status status =
		session_call_json(session, &method, &call, expected->request, &reply);
	json_object_put(reply);
	if (status.code == expected->code)
		return 0;
	fprintf(stderr, "came %s (%s), expected %s\n", status_code_name(status.code),
		status.message ? status.message : "", status_code_name(expected->code));
	return 1;
}

static void expect(struct house *house, const char *who, const char *organisation,
		   const char *method, const char *request, enum status_code code)
{
	struct expectation expectation = {who, organisation, method, request, code};
	house_runs(house, call_once, &expectation);
}

static void test_stranger_is_not_let_in(void **state)
{
	struct house *house = *state;
	struct arena *arena = arena_new((size_t)1 << 20);
	const struct key_request request = {"stranger", "person", "front_desk", ORGANISATION, "-"};
	/* A key from elsewhere: this house's keyring has never had it. */
	const char *elsewhere = arena_printf(arena, "%s/elsewhere", house->keys_dir);
	assert_true(status_is_ok(keys_issue(arena, elsewhere, &request)));
	assert_int_equal(rename(arena_printf(arena, "%s/stranger.secret", elsewhere),
				arena_printf(arena, "%s/stranger.secret", house->keys_dir)),
			 0);
	arena_free(arena);
	struct expectation expectation = {"stranger", ORGANISATION, "Directory.ListClinics", "{}",
					  STATUS_UNAVAILABLE};
	house_runs(house, call_once, &expectation);
}

static void test_another_organisation_is_refused(void **state)
{
	issue(*state, "lead", "clinic_lead", ORGANISATION);
	expect(*state, "lead", NULL, "Directory.ListClinics", "{}", STATUS_OK);
	expect(*state, "lead", OTHER, "Directory.ListClinics", "{}", STATUS_PERMISSION_DENIED);
}

/* The same words for what is another's and what is nobody's. */
static void test_other_tenants_records_are_not_found(void **state)
{
	issue(*state, "other.lead", "clinic_lead,front_desk", OTHER);
	house_tells(
		*state,
		"{\"call\": \"Directory.CreateOrganisation\", \"with\": {\"organisation_id\": "
		"\"" ORGANISATION "\", \"name\": \"A\"}}\n"
		"{\"key\": \"lead\", \"roles\": \"clinic_lead,front_desk\", \"organisation\": "
		"\"" ORGANISATION "\"}\n"
		"{\"call\": \"Directory.CreateClinic\", \"as\": \"lead\", \"with\": {\"name\": "
		"\"N\", "
		"\"zone\": \"Europe/Vienna\"}, \"keep\": \"clinic\"}\n"
		"{\"call\": \"Directory.RegisterAthlete\", \"as\": \"lead\", \"with\": "
		"{\"athlete\": "
		"{\"given_name\": \"A\", \"family_name\": \"B\", \"birth_date\": \"1990-01-01\", "
		"\"zone\": "
		"\"Europe/Vienna\", \"home_clinic_id\": \"${clinic.clinic_id}\"}}, \"keep\": "
		"\"a\"}\n"
		"{\"call\": \"Directory.GetAthlete\", \"as\": \"lead\", \"with\": {\"athlete_id\": "
		"\"${a.athlete_id}\"}}\n"
		"{\"call\": \"Directory.GetAthlete\", \"as\": \"other.lead\", \"with\": "
		"{\"athlete_id\": "
		"\"${a.athlete_id}\"}, \"fails\": \"NOT_FOUND\"}\n"
		"{\"say\": \"${refusal}\"}\n"
		"{\"call\": \"Directory.GetAthlete\", \"as\": \"other.lead\", \"with\": "
		"{\"athlete_id\": "
		"\"0195531a-0000-7000-8000-00000000dead\"}, \"fails\": \"NOT_FOUND\"}\n"
		"{\"say\": \"${refusal}\"}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_role_at_every_rpc),
		cmocka_unit_test(test_stranger_is_not_let_in),
		cmocka_unit_test(test_another_organisation_is_refused),
		cmocka_unit_test(test_other_tenants_records_are_not_found),
	};
	return cmocka_run_group_tests_name("refusals", tests, open_house, close_house);
}
