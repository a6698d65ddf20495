/* What an operator does beside calls: clock, keys, migrate. */
#include "ctl/command.h"
#include "ctl/keys.h"

#include "base/clock.h"
#include "base/text.h"
#include "db/migrate.h"

#include "analytics_schema.h"
#include "directory_schema.h"
#include "events_schema.h"
#include "notes_schema.h"
#include "reminders_schema.h"
#include "scheduling_schema.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int command_clock(const struct command_line *line)
{
	char text[TEXT_INSTANT_BYTES];
	if (line->count > 0) {
		int64_t at = 0;
		if (!getenv("SOLEUS_CLOCK_FILE")) {
			fprintf(stderr,
				"clock: nothing to drive\n  next: set SOLEUS_CLOCK_FILE to the "
				"file that the daemons follow\n");
			return 2;
		}
		if (strcmp(line->words[0], "real") != 0 && !text_to_instant(line->words[0], &at)) {
			fprintf(stderr,
				"clock: expected an instant such as 2026-03-02T08:00:00Z, or "
				"\"real\"\n");
			return 2;
		}
		clock_drive(at);
	}
	text_from_instant(clock_now_us(), text);
	printf("%s%s\n", text, clock_is_driven() ? " (driven)" : "");
	return 0;
}

static int list_keys(struct arena *arena, const char *keys_dir)
{
	const char *text;
	const char *path = arena_printf(arena, "%s/keyring", keys_dir);
	struct status status = command_read_file(arena, path, &text);
	if (!status_is_ok(status))
		return session_complain("keys", status);
	fputs(text, stdout);
	return 0;
}

int command_keys(const struct command_line *line)
{
	struct arena *arena = arena_new((size_t)8 << 20);
	const char *keys_dir = line->options.keys_dir;
	char **words = line->words;
	struct status status;
	int code = 0;
	if (strcmp(words[0], "list") == 0) {
		code = list_keys(arena, keys_dir);
		arena_free(arena);
		return code;
	}
	if (strcmp(words[0], "init") == 0) {
		status = keys_init(arena, keys_dir);
	} else if (strcmp(words[0], "revoke") == 0 && line->count == 2) {
		status = keys_revoke(arena, keys_dir, words[1]);
	} else if (strcmp(words[0], "issue") == 0 && line->count >= 4) {
		struct key_request request = {
			.name = words[1],
			.kind = "person",
			.roles = words[2],
			.organisation_id = words[3],
			.subject_id = line->count > 4 ? words[4] : "-",
		};
		status = keys_issue(arena, keys_dir, &request);
	} else {
		status = status_error(STATUS_INVALID_ARGUMENT,
				      "expected: init, list, issue NAME ROLES ORGANISATION|* "
				      "[SUBJECT], or revoke NAME");
	}
	if (!status_is_ok(status))
		code = session_complain("keys", status);
	arena_free(arena);
	return code;
}

static void show_progress(const char *schema, const char *file)
{
	printf("%s: %s\n", schema, file);
}

/* SOLEUS_DIRECTORY_PASSWORD and its like, or the content of the file that _FILE names. */
static const char *password_of(struct arena *arena, const char *daemon)
{
	char name[80];
	const char *text;
	snprintf(name, sizeof(name), "SOLEUS_%s_PASSWORD", daemon);
	for (char *at = name; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	if (getenv(name))
		return getenv(name);
	strcat(name, "_FILE");
	if (!getenv(name) || !status_is_ok(command_read_file(arena, getenv(name), &text)))
		return NULL;
	return arena_strndup(arena, text, strcspn(text, "\n"));
}

int command_migrate(const struct command_line *line)
{
	(void)line;
	struct db_schema schemas[] = {
		{"directory", directory_migrations, events_migrations, NULL},
		{"scheduling", scheduling_migrations, events_migrations, NULL},
		{"notes", notes_migrations, events_migrations, NULL},
		{"reminders", reminders_migrations, events_migrations, NULL},
		{"analytics", analytics_migrations, events_migrations, NULL},
	};
	unsigned count = sizeof(schemas) / sizeof(schemas[0]);
	struct arena *arena = arena_new((size_t)64 << 20);
	const char *url = getenv("SOLEUS_ADMIN_DATABASE_URL");
	const char *file = getenv("SOLEUS_ADMIN_DATABASE_URL_FILE");
	if (!url && file && status_is_ok(command_read_file(arena, file, &url)))
		url = arena_strndup(arena, url, strcspn(url, "\n"));
	struct status status =
		status_error(STATUS_FAILED_PRECONDITION,
			     "SOLEUS_ADMIN_DATABASE_URL is not set: a role that may make "
			     "roles and schemas");
	for (unsigned i = 0; i < count; i++)
		schemas[i].password = password_of(arena, schemas[i].name);
	if (url)
		status = db_migrate(url, schemas, count, clock_now_us(), show_progress, arena);
	int code = 0;
	if (status_is_ok(status))
		printf("the database has this version's schema\n");
	else
		code = session_complain("migrate", status);
	arena_free(arena);
	return code;
}
