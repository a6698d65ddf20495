/* What soleusctl says to who does not know it yet: what is wrong, and what to do next. No daemon
 * runs here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ORGANISATION "0195531a-0000-7000-8000-0000000000ce"

static char folder[] = "/tmp/soleus-words-XXXXXX";

/* Both outputs of soleusctl, and its exit status. */
static int say(const char *words, char *ret_said, size_t size)
{
	char command[512];
	snprintf(command, sizeof(command),
		 "exec 2>&1; unset SOLEUS_KEYS_DIR SOLEUS_CLOCK_FILE; SOLEUS_RUN_DIR=%s timeout 20 "
		 "%s/soleusctl %s",
		 folder, SOLEUS_BUILD, words);
	FILE *output = popen(command, "re");
	assert_non_null(output);
	ret_said[fread(ret_said, 1, size - 1, output)] = '\0';
	int status = pclose(output);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int open_folder(void **state)
{
	char said[4096];
	(void)state;
	return !mkdtemp(folder) || say("keys init", said, sizeof(said)) != 0;
}

static int close_folder(void **state)
{
	char command[64];
	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static void test_every_fault_has_a_next_step(void **state)
{
	static const struct {
		const char *words;
		int code;
		const char *says[3];
	} cases[] = {
		{"", 2, {"soleusctl --help"}},
		{"--help", 0, {"call METHOD", "SOLEUS_RUN_DIR", "an example"}},
		{"call --help", 0, {"usage: soleusctl [OPTION…] call METHOD"}},
		{"cal", 2, {"near to it: call", "soleusctl --help"}},
		{"--bogus status", 2, {"--bogus", "soleusctl --help"}},
		{"--timeout nan status", 2, {"--timeout takes seconds"}},
		{"--timeout 1e300 status", 2, {"--timeout takes seconds"}},
		{"--timeout '' status", 2, {"--timeout takes seconds"}},
		{"call Book '{}' " ORGANISATION, 2, {"usage: soleusctl [OPTION…] call METHOD"}},
		{"call Scheduling.Bok", 1, {"near to it: Scheduling.Book"}},
		{"call scheduling.book", 1, {"near to it: Scheduling.Book"}},
		{"call RegisterAthlet", 1, {"near to it: Directory.RegisterAthlete"}},
		{"call Xyzzy", 1, {"soleusctl methods"}},
		{"call Book '{\"starts\": 1}'",
		 1,
		 {"starts: expected one of", "starts_at", "soleusctl methods Book"}},
		{"call Book null", 1, {"expected an object"}},
		{"call Book @/nonexistent", 1, {"/nonexistent", "No such file"}},
		{"methods Book", 0, {"starts_at: instant", "athlete_id: text", "reply"}},
		{"call Directory.ListClinics '{}' --organisation " ORGANISATION,
		 1,
		 {"soleus-directory is not running", "directory.rpc", "scripts/run"}},
		{"status",
		 1,
		 {"analytics   does not tell: soleus-analytics is not running", "scripts/run"}},
		{"--as ana status", 1, {"ana.secret", "keys issue", "SOLEUS_RUN_DIR"}},
		{"watch schedulin", 1, {"no daemon schedulin; near to it: scheduling"}},
		{"keys issue ana clinic_lead '*'", 1, {"organisation: expected"}},
		{"keys issue ana front_desk " ORGANISATION, 0, {"/keys/ana.secret"}},
		{"keys revoke ben", 1, {"keys list"}},
		{"keys list > /dev/full", 1, {"cannot write"}},
		{"import fhir /nonexistent", 1, {"/nonexistent", "No such file"}},
		{"import csv x", 2, {"import fhir FILE.ndjson"}},
		{"migrate", 1, {"SOLEUS_ADMIN_DATABASE_URL"}},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char said[16384];
		int code = say(cases[i].words, said, sizeof(said));
		for (size_t s = 0; s < 3 && cases[i].says[s]; s++)
			if (!strstr(said, cases[i].says[s]))
				fail_msg("soleusctl %s: expected \"%s\" in:\n%s", cases[i].words,
					 cases[i].says[s], said);
		if (code != cases[i].code)
			fail_msg("soleusctl %s: exit status %d, expected %d:\n%s", cases[i].words,
				 code, cases[i].code, said);
	}
}

/* A role whose password file is not there would be made without one, and could not log in. */
static void test_a_setting_that_cannot_be_read(void **state)
{
	char said[4096];
	(void)state;
	setenv("SOLEUS_ADMIN_DATABASE_URL", "host=/nonexistent", 1);
	setenv("SOLEUS_NOTES_PASSWORD_FILE", "/nonexistent", 1);
	assert_int_equal(say("migrate", said, sizeof(said)), 1);
	unsetenv("SOLEUS_ADMIN_DATABASE_URL");
	unsetenv("SOLEUS_NOTES_PASSWORD_FILE");
	if (!strstr(said, "SOLEUS_NOTES_PASSWORD_FILE: cannot read /nonexistent"))
		fail_msg("said: %s", said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_fault_has_a_next_step),
		cmocka_unit_test(test_a_setting_that_cannot_be_read),
	};
	return cmocka_run_group_tests_name("ctl/words", tests, open_folder, close_folder);
}
