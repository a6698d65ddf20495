#include "ctl/command.h"

#include "ctl/json.h"

#include <errno.h>
#include <json-c/json.h>
#include <json-c/json_pointer.h>
#include <stdio.h>
#include <string.h>

struct status command_read_file(struct arena *arena, const char *path, const char **ret_text)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!file)
		return status_errorf(arena, STATUS_NOT_FOUND, "cannot read %s: %m", path);
	errno = 0;
	size_t length = 0, size = 1 << 16;
	char *text = arena_alloc(arena, size);
	while (text) {
		length += fread(text + length, 1, size - length - 1, file);
		if (feof(file) || ferror(file))
			break;
		char *more = arena_alloc(arena, size * 2);
		if (more)
			memcpy(more, text, length);
		text = more;
		size *= 2;
	}
	const char *failure = ferror(file) ? strerror(errno) : NULL;
	if (file != stdin)
		fclose(file);
	if (failure || !text)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION, "cannot read all of %s: %s",
				     path, failure ? failure : "it is too long");
	text[length] = '\0';
	*ret_text = text;
	return status_ok();
}

/* A text without its quotes, so that a shell can go on with it. */
static int print_reply(struct arena *arena, struct json_object *reply, const char *pick)
{
	struct json_object *picked = reply;
	if (pick && json_pointer_get(reply, pick, &picked) != 0)
		return session_complain("--pick",
					status_errorf(arena, STATUS_NOT_FOUND,
						      "the reply has no %s; without --pick all of "
						      "it is shown",
						      pick));
	puts(json_object_is_type(picked, json_type_string) ? json_object_get_string(picked)
							   : json_print(arena, picked));
	return 0;
}

static FIBER int call(struct session *session, void *argument)
{
	const struct command_line *line = argument;
	const char *request = line->count > 1 ? line->words[1] : "{}";
	struct method method;
	struct status status = method_find(session->arena, line->words[0], &method);
	if (!status_is_ok(status))
		return session_complain(line->words[0], status);
	if (request[0] == '@' || strcmp(request, "-") == 0) {
		status = command_read_file(session->arena, request + (request[0] == '@'), &request);
		if (!status_is_ok(status))
			return session_complain("call", status);
	}
	struct json_object *reply;
	struct session_call with = {0};
	status = session_call_json(session, &method, &with, request, &reply);
	int printed = 0;
	if (reply)
		printed = print_reply(session->arena, reply,
				      status_is_ok(status) ? line->pick : NULL);
	json_object_put(reply);
	if (status_is_ok(status))
		return printed;
	int code = session_complain(method.full_name, status);
	if (status.code == STATUS_INVALID_ARGUMENT)
		fprintf(stderr, "  next: `soleusctl methods %s` shows every field\n",
			line->words[0]);
	return code;
}

int command_call(const struct command_line *line)
{
	return session_run(&line->options, call, (void *)line);
}

int command_methods(const struct command_line *line)
{
	struct method method;
	if (line->count == 0) {
		methods_print(stdout);
		return 0;
	}
	struct arena *arena = arena_new((size_t)1 << 20);
	struct status status = method_find(arena, line->words[0], &method);
	if (status_is_ok(status))
		method_print(stdout, &method);
	else
		session_complain("methods", status);
	arena_free(arena);
	return status_is_ok(status) ? 0 : 1;
}
