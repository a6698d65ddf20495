#include "ctl/command.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdio.h>
#include <string.h>

struct export
{
	const char *token; /* or "-": from standard input, where no list of processes shows it */
	const char *path;  /* NULL: standard output */
};

static struct status read_token(struct arena *arena, const struct export *export, char **ret_token)
{
	const char *text = export->token;
	struct status status = status_ok();
	if (strcmp(text, "-") == 0)
		status = command_read_file(arena, "-", &text);
	if (status_is_ok(status))
		*ret_token = arena_strndup(arena, text, strcspn(text, " \t\r\n"));
	return status;
}

/* Under another name first, so that a program that reads the file never finds half of it. */
static struct status write_file(struct arena *arena, const char *path, const char *text)
{
	const char *unfinished = arena_printf(arena, "%s.new", path);
	FILE *file = fopen(unfinished, "we");
	bool written = file && fputs(text, file) >= 0;
	if (file && fclose(file) != 0)
		written = false;
	if (!written || rename(unfinished, path) != 0)
		return status_errorf(arena, STATUS_UNAVAILABLE, "cannot write %s: %m", path);
	return status_ok();
}

static FIBER int export_ics(struct session *session, void *argument)
{
	const struct export *export = argument;
	struct method method;
	struct session_call call = {0};
	ProtobufCMessage *message = NULL;
	Soleus__V1__ReadFeedRequest request = SOLEUS__V1__READ_FEED_REQUEST__INIT;
	struct status status = read_token(session->arena, export, &request.token);
	if (status_is_ok(status))
		status = method_find(session->arena, "Scheduling.ReadFeed", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	const Soleus__V1__ReadFeedReply *reply = (Soleus__V1__ReadFeedReply *)message;
	if (status_is_ok(status) && export->path)
		status = write_file(session->arena, export->path, reply->ics);
	if (!status_is_ok(status))
		return session_complain("export", status);
	if (!export->path)
		fputs(reply->ics, stdout);
	return 0;
}

int command_export(const struct command_line *line)
{
	struct export export = {.token = line->words[1],
				.path = line->count == 3 ? line->words[2] : NULL};
	if (strcmp(line->words[0], "ics") == 0)
		return session_run(&line->options, export_ics, &export);
	fprintf(stderr, "usage: soleusctl export ics TOKEN [FILE]\n");
	return 2;
}
