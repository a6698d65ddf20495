/* Keys: what is written can be read by the daemons, with the modes that keep secrets. */
#include "base/arena.h"
#include "bus/principal.h"
#include "ctl/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000cd"

struct place {
	struct arena *arena;
	char folder[32];
	char keys[40];
};

static int open_place(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	place->arena = arena_new(8 << 20);
	strcpy(place->folder, "/tmp/soleus-keys-XXXXXX");
	*state = place;
	if (!mkdtemp(place->folder))
		return 1;
	snprintf(place->keys, sizeof(place->keys), "%s/keys", place->folder);
	return 0;
}

static int close_place(void **state)
{
	struct place *place = *state;
	char command[64];
	snprintf(command, sizeof(command), "rm -rf '%s'", place->folder);
	int code = system(command);
	arena_free(place->arena);
	free(place);
	return code;
}

static const char *path_of(const struct place *place, const char *name)
{
	return arena_printf(place->arena, "%s/%s", place->keys, name);
}

static unsigned mode_of(const struct place *place, const char *name)
{
	struct stat found;
	assert_int_equal(stat(path_of(place, name), &found), 0);
	return found.st_mode & 07777;
}

/* How many principals the keyring names; fails when no daemon could read it. */
static unsigned principals(const struct place *place)
{
	struct keyring *keyring;
	struct status status = keyring_open(path_of(place, "keyring"), &keyring);
	if (!status_is_ok(status))
		fail_msg("no daemon can read the keyring: %s: expected %s",
			 status.faults ? status.faults->field : status.message,
			 status.faults ? status.faults->expected : "");
	keyring_close(keyring);
	unsigned lines = 0;
	FILE *file = fopen(path_of(place, "keyring"), "re");
	for (int c; (c = fgetc(file)) != EOF;)
		lines += c == '\n';
	fclose(file);
	return lines;
}

static struct status issue(const struct place *place, const char *name, const char *roles,
			   const char *organisation_id, const char *subject_id)
{
	struct key_request request = {name, "person", roles, organisation_id, subject_id};
	return keys_issue(place->arena, place->keys, &request);
}

static void test_modes_do_not_depend_on_umask(void **state)
{
	static const mode_t masks[] = {0, 022, 077};
	struct place *place = *state;
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		mode_t before = umask(masks[i]);
		struct status status = keys_init(place->arena, place->keys);
		umask(before);
		assert_true(status_is_ok(status));
		assert_int_equal(mode_of(place, "operator.secret"), 0600);
		assert_int_equal(mode_of(place, "keyring"), 0644);
		assert_int_equal(mode_of(place, "servers"), 0644);
		assert_int_equal(unlink(path_of(place, "operator.secret")), 0);
	}
	/* What an earlier try left open to all is not written into. */
	FILE *left = fopen(path_of(place, "operator.secret.next"), "we");
	assert_int_equal(chmod(path_of(place, "operator.secret.next"), 0666), 0);
	assert_true(status_is_ok(keys_init(place->arena, place->keys)));
	assert_int_equal(mode_of(place, "operator.secret"), 0600);
	rewind(left);
	fclose(left);
}

static void test_issued_twice_then_revoked(void **state)
{
	struct place *place = *state;
	assert_true(status_is_ok(keys_init(place->arena, place->keys)));
	for (int i = 0; i < 2; i++) {
		assert_true(status_is_ok(issue(place, "ana", "front_desk", ORGANISATION, "-")));
		assert_int_equal(principals(place), 8);
	}
	assert_true(status_is_ok(keys_revoke(place->arena, place->keys, "ana")));
	assert_int_equal(principals(place), 7);
	assert_int_equal(access(path_of(place, "ana.secret"), F_OK), -1);
}

/* A line that the daemons refuse would keep them from reading any later one, revocations too. */
static void test_what_daemons_cannot_read_is_refused(void **state)
{
	static const struct {
		const char *name, *roles, *organisation_id, *subject_id;
		const char *field;
	} cases[] = {
		{"ana", "clinic_lead", "*", "-", "organisation"},
		{"ana", "clinic_lead", "stride", "-", "organisation"},
		{"ana", "clinic_lead", ORGANISATION, "ana", "subject"},
		{"ana", "boss", ORGANISATION, "-", "roles"},
		{"ana", "", ORGANISATION, "-", "roles"},
		{"../ana", "athlete", ORGANISATION, "-", "name"},
		{"", "athlete", ORGANISATION, "-", "name"},
		{"directory", "operator", "*", "-", "name"},
	};
	struct place *place = *state;
	assert_true(status_is_ok(keys_init(place->arena, place->keys)));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct status status = issue(place, cases[i].name, cases[i].roles,
					     cases[i].organisation_id, cases[i].subject_id);
		print_message("%s %s\n", cases[i].name, cases[i].field);
		assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
		assert_string_equal(status.faults->field, cases[i].field);
		assert_int_equal(principals(place), 7);
	}
	assert_int_equal(keys_revoke(place->arena, place->keys, "ana").code, STATUS_NOT_FOUND);
	/* Nor is a hand's fault made worse. */
	FILE *file = fopen(path_of(place, "keyring"), "ae");
	fputs("no principal", file);
	fclose(file);
	struct status status = issue(place, "ben", "athlete", ORGANISATION, "-");
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_non_null(strstr(status.message, "line 8"));
}

static void test_many_at_once_lose_nothing(void **state)
{
	enum { CLERKS = 8, KEYS = 8 };
	struct place *place = *state;
	pid_t clerks[CLERKS];
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = fork();
		if (clerks[i] == 0) {
			bool good = true;
			for (int k = 0; k < KEYS; k++)
				good = good &&
				       status_is_ok(issue(
					       place, arena_printf(place->arena, "p%d.%d", i, k),
					       "front_desk", ORGANISATION, "-"));
			_exit(good ? 0 : 1);
		}
	}
	for (int i = 0; i < CLERKS; i++) {
		int code;
		waitpid(clerks[i], &code, 0);
		assert_int_equal(code, 0);
	}
	assert_int_equal(principals(place), CLERKS * KEYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_modes_do_not_depend_on_umask, open_place,
						close_place),
		cmocka_unit_test_setup_teardown(test_issued_twice_then_revoked, open_place,
						close_place),
		cmocka_unit_test_setup_teardown(test_what_daemons_cannot_read_is_refused,
						open_place, close_place),
		cmocka_unit_test_setup_teardown(test_many_at_once_lose_nothing, open_place,
						close_place),
	};
	return cmocka_run_group_tests_name("ctl/keys", tests, NULL, NULL);
}
