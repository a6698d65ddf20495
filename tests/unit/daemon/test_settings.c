/* What a daemon makes of its environment. */
#include "daemon/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
static const struct daemon_spec spec = {.name = "notes", .config = own_table};

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
					   "SOLEUS_RUN_DIR=/run/x", NULL});
	assert_int_equal(status.code, STATUS_OK);
	assert_string_equal(settings.bind_rpc, "ipc:///run/x/notes.rpc");
	assert_string_equal(settings.bind_publish, "ipc:///run/x/notes.pub");
	assert_string_equal(settings.keyring, "/run/x/keys/keyring");
	assert_string_equal(settings.server_keys, "/run/x/keys/servers");
	assert_string_equal(settings_rpc_endpoint(&settings, "directory", arena),
			    "ipc:///run/x/directory.rpc");
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
					   "SOLEUS_BIND_RPC=tcp://0.0.0.0:7403",
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

static void names_every_fault(void **state)
{
	struct arena *arena = *state;
	struct daemon_settings settings;
	struct status status = load(
		arena, &settings,
		(const char *const[]){"SOLEUS_HEALTH_PORT=70000", "SOLEUS_TYPING_EROR=1", NULL});
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_true(has_fault(status, "SOLEUS_DATABASE_URL"));
	assert_true(has_fault(status, "SOLEUS_HEALTH_PORT"));
	assert_true(has_fault(status, "SOLEUS_TYPING_EROR"));

	status = load(arena, &settings,
		      (const char *const[]){"SOLEUS_DATABASE_URL=dbname=x",
					    "SOLEUS_SECRET_KEY=short", "SOLEUS_LOG_LEVEL=loud",
					    NULL});
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_true(has_fault(status, "SOLEUS_SECRET_KEY"));
	assert_true(has_fault(status, "SOLEUS_LOG_LEVEL"));
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
	assert_true(has_fault(load(arena, &settings, both), "SOLEUS_SECRET_KEY"));
	assert_true(has_fault(load(arena, &settings, neither), "SOLEUS_SECRET_KEY"));
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
		TEST(derives_what_is_not_said),   TEST(follows_what_is_said),
		TEST(names_every_fault),          TEST(has_plain_links_or_keys),
		TEST(finds_the_key_of_a_service),
	};
	return cmocka_run_group_tests_name("daemon_settings", tests, NULL, NULL);
}
