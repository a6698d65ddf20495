/* What a daemon makes of its environment. */
#include "daemon/settings.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

static const char *own_word;
static const struct config_entry own_table[] = {
	{.name = "SOLEUS_OWN_WORD",
	 .kind = CONFIG_TEXT,
	 .fallback = "hello",
	 .help = "a word",
	 .value = &own_word},
	{.name = NULL},
};
static const struct daemon_consumer consumers[] = {{"directory", NULL}, {NULL, NULL}};
static const struct daemon_spec spec = {
	.name = "notes", .config = own_table, .consumers = consumers};

/* A run directory with the files of keys that must be there. */
static char run_dir[] = "/tmp/soleus-settings-XXXXXX";
static char run_variable[64];

static const char *in_run(const char *before, const char *after)
{
	static char text[128];
	snprintf(text, sizeof(text), "%s%s%s", before, run_dir, after);
	return text;
}

static int make_run_dir(void **state)
{
	(void)state;
	if (!mkdtemp(run_dir) || mkdir(in_run("", "/keys"), 0700) != 0)
		return -1;
	snprintf(run_variable, sizeof(run_variable), "SOLEUS_RUN_DIR=%s", run_dir);
	int keyring = creat(in_run("", "/keys/keyring"), 0600);
	int servers = creat(in_run("", "/keys/servers"), 0600);
	close(keyring);
	close(servers);
	return keyring < 0 || servers < 0;
}

static int drop_run_dir(void **state)
{
	(void)state;
	return system(in_run("rm -r ", ""));
}

static struct status load(struct arena *arena, struct daemon_settings *settings,
			  const char *const *environment)
{
	return settings_load(&spec, (char **)environment, arena, settings);
}

static bool has_fault(struct status status, const char *field)
{
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		if (strcmp(fault->field, field) == 0)
			return true;
	return false;
}

static void derives_what_is_not_said(void **state)
{
	struct arena *arena = *state;
	struct daemon_settings settings;
	struct status status =
		load(arena, &settings,
		     (const char *const[]){"SOLEUS_DATABASE_URL=dbname=x", "SOLEUS_SECRET_KEY=" KEY,
					   run_variable, NULL});
	assert_int_equal(status.code, STATUS_OK);
	assert_string_equal(settings.bind_rpc, in_run("ipc://", "/notes.rpc"));
	assert_string_equal(settings.bind_publish, in_run("ipc://", "/notes.pub"));
	assert_string_equal(settings.keyring, in_run("", "/keys/keyring"));
	assert_string_equal(settings.server_keys, in_run("", "/keys/servers"));
	assert_string_equal(settings_rpc_endpoint(&settings, "directory", arena),
			    in_run("ipc://", "/directory.rpc"));
	assert_int_equal(settings.health_port, 0);
	assert_string_equal(settings.health_address, "127.0.0.1");
	assert_int_equal(settings.log_level, LOG_INFO);
	assert_string_equal(own_word, "hello");
}

static void follows_what_is_said(void **state)
{
	struct arena *arena = *state;
	struct daemon_settings settings;
	struct status status =
		load(arena, &settings,
		     (const char *const[]){"SOLEUS_DATABASE_URL=dbname=x", "SOLEUS_SECRET_KEY=" KEY,
					   run_variable, "SOLEUS_BIND_RPC=tcp://0.0.0.0:7403",
					   "SOLEUS_NOTES_RPC=tcp://notes:7403",
					   "SOLEUS_NOTES_PUB=tcp://notes:7503",
					   "SOLEUS_SCHEDULING_PUB=tcp://scheduling:7502",
					   "SOLEUS_LOG_LEVEL=error", "SOLEUS_OWN_WORD=bye", NULL});
	assert_int_equal(status.code, STATUS_OK);
	assert_string_equal(settings.bind_rpc, "tcp://0.0.0.0:7403");
	assert_string_equal(settings.bind_publish, "tcp://notes:7503");
	assert_string_equal(settings_publish_endpoint(&settings, "scheduling", arena),
			    "tcp://scheduling:7502");
	assert_string_equal(settings_rpc_endpoint(&settings, "notes", arena), "tcp://notes:7403");
	assert_int_equal(settings.log_level, LOG_ERROR);
	assert_string_equal(own_word, "bye");
}

static void names_every_fault_at_once(void **state)
{
	static const char *const environment[] = {
		"SOLEUS_HEALTH_PORT=70000",
		"SOLEUS_TYPING_EROR=1",
		"SOLEUS_SECRET_KEY=short",
		"SOLEUS_LOG_LEVEL=loud",
		"SOLEUS_HEALTH_ADDRESS=localhost",
		"SOLEUS_NOTES_PUB=notes:7403",
		"SOLEUS_BIND_RPC=http://notes",
		"SOLEUS_RUN_DIR=/nowhere",
		NULL,
	};
	static const char *const fields[] = {
		"SOLEUS_DATABASE_URL",   "SOLEUS_HEALTH_PORT", "SOLEUS_TYPING_EROR",
		"SOLEUS_LOG_LEVEL",      "SOLEUS_SECRET_KEY",  "SOLEUS_NOTES_PUB",
		"SOLEUS_HEALTH_ADDRESS", "SOLEUS_BIND_RPC",    "SOLEUS_KEYRING",
		"SOLEUS_SERVER_KEYS",
	};
	struct daemon_settings settings;
	struct status status = load(*state, &settings, environment);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!has_fault(status, fields[i]))
			fail_msg("%s is not among the faults", fields[i]);
}

static void says_where_keys_come_from(void **state)
{
	struct arena *arena = *state;
	struct daemon_settings settings;
	struct status status =
		load(arena, &settings,
		     (const char *const[]){"SOLEUS_DATABASE_URL=x", run_variable,
					   "SOLEUS_SECRET_KEY_FILE=/nowhere/notes.secret", NULL});
	const struct fault *fault = status.faults;
	assert_non_null(fault);
	assert_string_equal(fault->field, "SOLEUS_SECRET_KEY");
	assert_non_null(strstr(fault->expected, "/nowhere/notes.secret (No such file"));
	fault = fault->next;
	assert_non_null(fault);
	assert_string_equal(fault->field, "SOLEUS_SECRET_KEY");
	assert_non_null(strstr(fault->expected, "`soleusctl keys init`"));
	assert_non_null(strstr(fault->expected, "`. var/env`"));
	assert_null(fault->next);
}

static void has_plain_links_or_keys(void **state)
{
	struct arena *arena = *state;
	struct daemon_settings settings;
	const char *key = KEY;
	const char *const both[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=true",
				    "SOLEUS_SECRET_KEY=" KEY, NULL};
	const char *const neither[] = {"SOLEUS_DATABASE_URL=x", NULL};
	const char *const plain[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=true", NULL};
	const char *const far[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=true",
				   "SOLEUS_BIND_RPC=tcp://0.0.0.0:7403", NULL};
	const char *const unclear[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=yes", NULL};
	assert_true(has_fault(load(arena, &settings, both), "SOLEUS_SECRET_KEY"));
	assert_true(has_fault(load(arena, &settings, neither), "SOLEUS_SECRET_KEY"));
	assert_true(has_fault(load(arena, &settings, far), "SOLEUS_BIND_RPC"));
	/* Whether there are to be keys is not known, so none is asked for. */
	struct status status = load(arena, &settings, unclear);
	assert_true(has_fault(status, "SOLEUS_PLAIN"));
	assert_null(status.faults->next);
	assert_int_equal(load(arena, &settings, plain).code, STATUS_OK);
	assert_int_equal(settings_server_key(&settings, "notes", arena, &key).code, STATUS_OK);
	assert_null(key);
}

static void finds_the_key_of_a_service(void **state)
{
	struct arena *arena = *state;
	char path[] = "/tmp/soleus-servers-XXXXXX";
	int file = mkstemp(path);
	static const char text[] = "directory " KEY "\nnotes short\n";
	assert_true(write(file, text, strlen(text)) == (ssize_t)strlen(text));
	close(file);
	struct daemon_settings settings = {.server_keys = path};
	const char *key = NULL;
	assert_int_equal(settings_server_key(&settings, "directory", arena, &key).code, STATUS_OK);
	assert_string_equal(key, KEY);
	assert_int_equal(settings_server_key(&settings, "notes", arena, &key).code,
			 STATUS_FAILED_PRECONDITION);
	unlink(path);
	assert_int_equal(settings_server_key(&settings, "directory", arena, &key).code,
			 STATUS_FAILED_PRECONDITION);
}

static int make_arena(void **state)
{
	*state = arena_new((size_t)1 << 20);
	return 0;
}

static int free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(derives_what_is_not_said),  TEST(follows_what_is_said),
		TEST(names_every_fault_at_once), TEST(says_where_keys_come_from),
		TEST(has_plain_links_or_keys),   TEST(finds_the_key_of_a_service),
	};
	return cmocka_run_group_tests_name("daemon_settings", tests, make_run_dir, drop_run_dir);
}
