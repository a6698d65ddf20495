/* The keyring file: good lines, bad ones by number, and how it follows changes. */
#include "base/metrics.h"
#include "fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define KEY   "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define OTHER "%q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

#define STRANGER "xq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

/* In the place of libc's, to count the looks. */
static unsigned looks;

int stat(const char *restrict path, struct stat *restrict ret_about)
{
	looks++;
	return fstatat(AT_FDCWD, path, ret_about, 0);
}

static int make(void **state)
{
	(void)state;
	folder_make();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	folder_drop();
	return 0;
}

static struct status open_text(const char *text, struct keyring **ret_keyring)
{
	file_write(path_of("keyring"), text);
	return keyring_open(path_of("keyring"), ret_keyring);
}

static void good(void **state)
{
	(void)state;
	struct keyring *keyring;
	assert_ok(open_text("# key kind name roles organisation subject\n"
			    "#" KEY " service gone service * -\n"
			    "\n" KEY "\tservice  scheduling service * -\n" OTHER
			    " person ana.front front_desk,clinic_lead " ORGANISATION " " SUBJECT,
			    &keyring));
	const struct principal *principal = keyring_find(keyring, KEY);
	assert_non_null(principal);
	assert_int_equal(principal->kind, PRINCIPAL_SERVICE);
	assert_string_equal(principal->key, KEY);
	assert_string_equal(principal->name, "scheduling");
	assert_int_equal(principal->roles, ROLE_SERVICE);
	assert_string_equal(principal->organisation_id, "");
	assert_string_equal(principal->subject_id, "");

	principal = keyring_find(keyring, OTHER);
	assert_non_null(principal);
	assert_int_equal(principal->kind, PRINCIPAL_PERSON);
	assert_int_equal(principal->roles, ROLE_FRONT_DESK | ROLE_CLINIC_LEAD);
	assert_string_equal(principal->organisation_id, ORGANISATION);
	assert_string_equal(principal->subject_id, SUBJECT);

	assert_null(keyring_find(keyring, STRANGER));
	assert_null(keyring_find(keyring, "plain"));
	assert_null(keyring_find(keyring, ""));
	keyring_close(keyring);
}

static void bad(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{KEY " service a service *", "key, kind, name, roles, organisation and subject"},
		{KEY " service a service * - -",
		 "key, kind, name, roles, organisation and subject"},
		{"short service a service * -", "a key of 40 Z85 characters first"},
		{KEY " robot a service * -", "service, edge, site or person as kind"},
		{KEY " service a janitor * -", "known roles, not \"janitor\""},
		{KEY " service a service here -", "an organisation's id (UUID) or *"},
		{KEY " service a service * me", "a subject's id (UUID) or -"},
		{KEY " person a athlete * -",
		 "an organisation's id: * is for services, edges and operators"},
		{KEY " site a service * -",
		 "an organisation's id: * is for services, edges and operators"},
		{KEY " service "
		     "0123456789012345678901234567890123456789012345678901234567890123 service * -",
		 "a name of at most 63 bytes"},
	};
	struct keyring *keyring = NULL;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[512];
		snprintf(text, sizeof(text), "# a comment\n%s\n", cases[i].text);
		struct status status = open_text(text, &keyring);
		if (status_is_ok(status))
			print_error("%s\n", text);
		assert_code(status, STATUS_INVALID_ARGUMENT);
		assert_string_equal(status.faults->field, "line 2");
		assert_string_equal(status.faults->expected, cases[i].expected);
		assert_null(status.faults->next);
		assert_null(keyring);
	}
	struct status status = open_text(
		KEY " service a service * -\n\n" KEY " service b service * -\nx\n", &keyring);
	assert_string_equal(status.faults->field, "line 3");
	assert_string_equal(status.faults->expected, "a key that no other line has");
	assert_string_equal(status.faults->next->field, "line 4");
	assert_code(keyring_open(path_of("missing"), &keyring), STATUS_INVALID_ARGUMENT);
	assert_code(keyring_open(folder, &keyring), STATUS_INVALID_ARGUMENT);
	assert_int_equal(mkfifo(path_of("pipe"), 0600), 0); /* nobody writes: not waited for */
	assert_code(keyring_open(path_of("pipe"), &keyring), STATUS_INVALID_ARGUMENT);
}

static void follows_the_file(void **state)
{
	(void)state;
	struct keyring *keyring;
	assert_ok(open_text(KEY " service one service * -\n", &keyring));
	assert_string_equal(keyring_find(keyring, KEY)->name, "one");

	file_write(path_of("keyring"), KEY " service two service * -\n");
	usleep(120000);
	assert_string_equal(keyring_find(keyring, KEY)->name, "two");

	/* Wrong or missing: the last good one. */
	file_write(path_of("keyring"), "nonsense\n");
	usleep(120000);
	assert_string_equal(keyring_find(keyring, KEY)->name, "two");
	unlink(path_of("keyring"));
	usleep(120000);
	assert_string_equal(keyring_find(keyring, KEY)->name, "two");

	file_write(path_of("keyring"), "");
	usleep(120000);
	assert_null(keyring_find(keyring, KEY));
	keyring_close(keyring);
}

static void a_new_key_is_known_at_once(void **state)
{
	(void)state;
	struct keyring *keyring;
	assert_ok(open_text("", &keyring));
	assert_null(keyring_find(keyring, KEY));
	file_write(path_of("keyring"), KEY " service one service * -\n");
	assert_non_null(keyring_find(keyring, KEY));
	keyring_close(keyring);
}

/* How often a file was read since the process began. */
static unsigned readings(void)
{
	static const char name[] = "soleus_bus_keyring_reloads_total{outcome=\"good\"} ";
	struct arena *arena = arena_new(1 << 20);
	const char *line = strstr(metrics_text(arena), name);
	unsigned count = line ? (unsigned)atoi(line + strlen(name)) : 0;
	arena_free(arena);
	return count;
}

static void strangers_cannot_keep_it_reading(void **state)
{
	(void)state;
	struct keyring *keyring;
	assert_ok(open_text(KEY " service one service * -\n", &keyring));
	int64_t begin_us = clock_monotonic_us();
	unsigned looked = looks, read = readings();
	for (int i = 0; i < 10000; i++)
		assert_null(keyring_find(keyring, STRANGER));
	unsigned turns = (unsigned)((clock_monotonic_us() - begin_us) / 20000) + 1;
	assert_in_range(looks - looked, 1, 16 + 2 * turns);
	assert_in_range(readings() - read, 0, turns);

	/* They do not keep out who is issued a key meanwhile for longer than a moment. */
	file_write(path_of("keyring"), STRANGER " service two service * -\n");
	usleep(30000);
	assert_non_null(keyring_find(keyring, STRANGER));
	assert_null(keyring_find(keyring, KEY));
	keyring_close(keyring);
}

static void reads_again_what_it_could_not(void **state)
{
	(void)state;
	struct keyring *keyring;
	struct rlimit limit;
	assert_ok(open_text(KEY " service one service * -\n", &keyring));
	file_write(path_of("keyring"), "");

	/* No descriptor is left, for longer than a file is young. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){0, limit.rlim_max}), 0);
	for (int i = 0; i < 23; i++) {
		usleep(100000);
		assert_non_null(keyring_find(keyring, KEY));
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	usleep(1100000);
	assert_null(keyring_find(keyring, KEY));
	keyring_close(keyring);
}

static void many(void **state)
{
	(void)state;
	enum { COUNT = 3000 };
	char *text = malloc(COUNT * 80), *at = text;
	for (int i = 0; i < COUNT; i++)
		at += sprintf(at, "%040d service s%d service * -\n", i, i);
	struct keyring *keyring;
	assert_ok(open_text(text, &keyring));
	for (int i = 0; i < COUNT; i++) {
		char key[41], name[16];
		snprintf(key, sizeof(key), "%040d", i);
		snprintf(name, sizeof(name), "s%d", i);
		assert_string_equal(keyring_find(keyring, key)->name, name);
	}
	keyring_close(keyring);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(good, make, drop),
		cmocka_unit_test_setup_teardown(bad, make, drop),
		cmocka_unit_test_setup_teardown(follows_the_file, make, drop),
		cmocka_unit_test_setup_teardown(a_new_key_is_known_at_once, make, drop),
		cmocka_unit_test_setup_teardown(strangers_cannot_keep_it_reading, make, drop),
		cmocka_unit_test_setup_teardown(reads_again_what_it_could_not, make, drop),
		cmocka_unit_test_setup_teardown(many, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
