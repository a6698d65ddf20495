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
#include <strings.h>

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

/* Rights that were there before are not lost without a word. */
/* "person NAME ROLES ORGANISATION SUBJECT": whoever has that secret must not find themselves in
 * another organisation. */
static bool is_of_another(const char *rights, const char *organisation_id)
{
	char known[64];
	return sscanf(rights, "%*s %*s %*s %63s", known) == 1 &&
	       strcasecmp(known, organisation_id) != 0;
}

static struct status issue_key(struct arena *arena, const char *keys_dir,
			       const struct key_request *request)
{
	const char *before, *after;
	struct status status = keys_find(arena, keys_dir, request->name, &before);
	if (status_is_ok(status) && is_of_another(before, request->organisation_id))
		return status_errorf(arena, STATUS_ALREADY_EXISTS,
				     "%s has a key of another organisation: take another name, or "
				     "first `soleusctl keys revoke %s`",
				     request->name, request->name);
	if (status_is_ok(status))
		status = keys_issue(arena, keys_dir, request);
	if (status_is_ok(status))
		status = keys_find(arena, keys_dir, request->name, &after);
	if (!status_is_ok(status))
		return status;
	printf("%s/%s.secret\n", keys_dir, request->name);
	if (*before && strcmp(before, after) != 0)
		fprintf(stderr, "keys: %s keeps its key; its rights were: %s\n", request->name,
			before);
	return status;
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
		status = issue_key(arena, keys_dir, &request);
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

/* The environment's NAME, else the first line of the file that NAME_FILE names, else NULL. A file
 * that is named must be there: without its password a role could not log in. */
static struct status read_setting(struct arena *arena, const char *name, const char **ret_value)
{
	const char *text;
	const char *file = getenv(arena_printf(arena, "%s_FILE", name));
	*ret_value = getenv(name);
	if (*ret_value || !file)
		return status_ok();
	struct status status = command_read_file(arena, file, &text);
	if (!status_is_ok(status))
		return status_errorf(arena, status.code, "%s_FILE: %s", name, status.message);
	*ret_value = arena_strndup(arena, text, strcspn(text, "\r\n"));
	if (!**ret_value)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION, "%s_FILE: %s is empty",
				     name, file);
	return status_ok();
}

static struct status read_password(struct arena *arena, const char *daemon, const char **ret)
{
	char *name = arena_printf(arena, "SOLEUS_%s_PASSWORD", daemon);
	for (char *at = name; *at; at++)
		*at = (char)toupper((unsigned char)*at);
	return read_setting(arena, name, ret);
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
	const char *url;
	struct status status = read_setting(arena, "SOLEUS_ADMIN_DATABASE_URL", &url);
	if (status_is_ok(status) && !url)
		status = status_error(STATUS_FAILED_PRECONDITION,
				      "SOLEUS_ADMIN_DATABASE_URL (or its _FILE) is not set: where "
				      "the database is, as a role that may make roles and schemas, "
				      "such as \"host=var/postgres/socket user=postgres "
				      "dbname=soleus\"");
	for (unsigned i = 0; status_is_ok(status) && i < count; i++)
		status = read_password(arena, schemas[i].name, &schemas[i].password);
	if (status_is_ok(status))
		status = db_migrate(url, schemas, count, clock_now_us(), show_progress, arena);
	int code = 0;
	if (status_is_ok(status))
		printf("the database has this version's schema\n");
	else
		code = session_complain("migrate", status);
	arena_free(arena);
	return code;
}
