#include "ctl/export.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static bool put(FILE *file, const char *text)
{
	return file && fputs(text, file) >= 0 && fflush(file) == 0;
}

struct status export_write(struct arena *arena, const char *path, const char *text)
{
	if (!path)
		return put(stdout, text)
			       ? status_ok()
			       : status_errorf(arena, STATUS_UNAVAILABLE, "cannot write: %m");
	const char *unfinished = arena_printf(arena, "%s.new", path);
	FILE *file = fopen(unfinished, "we");
	bool written = put(file, text);
	if (file && fclose(file) != 0)
		written = false;
	if (written && rename(unfinished, path) == 0)
		return status_ok();
	struct status status =
		status_errorf(arena, STATUS_UNAVAILABLE, "cannot write %s: %m", path);
	if (file)
		unlink(unfinished);
	return status;
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
	if (status_is_ok(status))
		status = export_write(session->arena, export->path, reply->ics);
	return status_is_ok(status) ? 0 : session_complain("export", status);
}

int command_export(const struct command_line *line)
{
	if (strcmp(line->words[0], "record") == 0 && line->count == 2)
		return export_record(line);
	struct export export = {.token = line->words[1],
				.path = line->count == 3 ? line->words[2] : line->output};
	if (strcmp(line->words[0], "ics") == 0)
		return session_run(&line->options, export_ics, &export);
	fprintf(stderr, "usage: soleusctl export ics TOKEN [FILE]\n"
			"       soleusctl export record ATHLETE_ID [--format fhir|html] [--output "
			"FILE]\n");
	return 2;
}
