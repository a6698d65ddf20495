#include "ctl/import.h"

#include "base/clock.h"
#include "ctl/command.h"
#include "ical/read.h"

#include "soleus/v1/scheduling.pb-c.h"

#include <stdio.h>
#include <string.h>

struct calendar {
	struct arena *arena; /* outlives the session */
	const char *path;
	const char *athlete_id;
	const char *name;
	const char *text;
};

/* What is in it is the server's to read. */
struct status import_read_calendar(struct arena *arena, const char *path, const char **ret_name,
				   const char **ret_text)
{
	struct ical_file file;
	const char *text;
	struct status status = command_read_file(arena, path, &text);
	if (!status_is_ok(status))
		return status;
	status = ical_read(arena, text, strlen(text), "UTC", 0, 0, &file);
	if (!status_is_ok(status))
		return status_errorf(arena, status.code, "%s: expected %s", path, status.message);
	*ret_name = *file.name ? file.name : path;
	*ret_text = text;
	return status;
}

void import_print_skipped(const char *path, Soleus__V1__SkippedEvent *const *skipped, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s:%d: %s: not taken: %s\n", path, skipped[i]->line,
		       *skipped[i]->uid ? skipped[i]->uid : "an event", skipped[i]->why);
}

static void print_reply(const struct calendar *calendar,
			const Soleus__V1__ImportTrainingReply *reply)
{
	const Soleus__V1__PutTrainingReply *put = reply->put;
	import_print_skipped(calendar->path, reply->skipped, reply->n_skipped);
	printf("%s: %d sessions: %d added, %d changed, %d unchanged, %d removed, %zu not taken; %d "
	       "of a kind that the title does not tell\n",
	       calendar->path, put->added + put->changed + put->unchanged, put->added, put->changed,
	       put->unchanged, put->removed, reply->n_skipped, put->uncertain);
}

static FIBER int import(struct session *session, void *argument)
{
	const struct calendar *calendar = argument;
	struct method method;
	ProtobufCMessage *message = NULL;
	struct session_call call = {.patience_us = 10 * CLOCK_SECOND_US};
	Soleus__V1__ImportTrainingRequest request = SOLEUS__V1__IMPORT_TRAINING_REQUEST__INIT;
	request.athlete_id = (char *)calendar->athlete_id;
	request.source = (char *)calendar->name;
	request.ics = (char *)calendar->text;
	struct status status = method_find(session->arena, "Scheduling.ImportTraining", &method);
	if (status_is_ok(status))
		status = session_call_message(session, &method, &call, &request.base, &message);
	if (!status_is_ok(status))
		return session_complain("import", status);
	const Soleus__V1__ImportTrainingReply *reply = (Soleus__V1__ImportTrainingReply *)message;
	if (reply->put)
		print_reply(calendar, reply);
	return 0;
}

int import_ics(const struct session_options *options, const char *path, const char *athlete_id)
{
	struct calendar calendar = {.path = path, .athlete_id = athlete_id};
	calendar.arena = arena_new((size_t)256 << 20);
	struct status status =
		import_read_calendar(calendar.arena, calendar.path, &calendar.name, &calendar.text);
	int code = status_is_ok(status) ? session_run(options, import, &calendar)
					: session_complain("import", status);
	arena_free(calendar.arena);
	return code;
}
