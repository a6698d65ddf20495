#include "ctl/story.h"
#include "ctl/command.h"

#include "base/clock.h"
#include "base/text.h"
#include "ctl/json.h"
#include "ctl/keys.h"
#include "ctl/settle.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STORY_PATIENCE_US (60 * CLOCK_SECOND_US)

static const char *text_of(struct json_object *step, const char *name)
{
	struct json_object *value;
	return json_object_object_get_ex(step, name, &value) ? json_object_get_string(value) : NULL;
}

/* By the hour, at rest after each: what is due on the way happens at its time. */
static FIBER struct status move_clock(struct story *story, const char *instant)
{
	int64_t until_us, now_us = clock_is_driven() ? clock_now_us() : 0;
	struct status status = status_ok();
	if (!text_to_instant(instant, &until_us))
		return status_error(STATUS_INVALID_ARGUMENT,
				    "at: expected an instant with its offset");
	if (now_us == 0)
		now_us = until_us;
	while (status_is_ok(status) && now_us <= until_us) {
		clock_drive(now_us);
		status = settle(story->session, story->patience_us);
		if (now_us == until_us)
			break;
		now_us = now_us + CLOCK_HOUR_US < until_us ? now_us + CLOCK_HOUR_US : until_us;
	}
	return status;
}

static struct status issue_key(struct story *story, struct json_object *step)
{
	const char *organisation = text_of(step, "organisation");
	const char *subject = text_of(step, "subject");
	struct key_request request = {
		.name = text_of(step, "key"),
		.kind = "person",
		.roles = text_of(step, "roles"),
		.organisation_id = organisation ? organisation : "*",
		.subject_id = subject ? subject : "-",
	};
	if (!request.roles)
		return status_error(STATUS_INVALID_ARGUMENT, "key: roles are missing");
	return keys_issue(story->session->arena, story->session->options.keys_dir, &request);
}

static struct json_object *fields_of(const struct fault *faults)
{
	struct json_object *fields = json_object_new_array();
	for (; faults; faults = faults->next)
		json_object_array_add(fields, json_object_new_string(faults->field));
	return fields;
}

/* As in `step`, all of them and in this order. */
static struct status judge_faults(struct arena *arena, struct json_object *step,
				  const struct fault *faults)
{
	struct json_object *expected;
	if (!json_object_object_get_ex(step, "faults", &expected))
		return status_ok();
	struct json_object *came = fields_of(faults);
	struct status status = status_ok();
	if (!json_object_equal(came, expected))
		status = status_errorf(arena, STATUS_FAILED_PRECONDITION,
				       "came faults of %s, expected %s", json_line(arena, came),
				       json_line(arena, expected));
	json_object_put(came);
	return status;
}

/* Holds what came against "fails", "faults" and "expect". */
static struct status judge(struct story *story, struct json_object *step, struct status status,
			   struct json_object *reply)
{
	struct arena *arena = story->session->arena;
	const char *fails = text_of(step, "fails");
	struct json_object *expected;
	if (fails && strcmp(fails, status_code_name(status.code)) != 0)
		return status_errorf(arena, STATUS_FAILED_PRECONDITION, "came %s, expected %s: %s",
				     status_code_name(status.code), fails,
				     status.message ? status.message : "");
	if (!fails && !status_is_ok(status))
		return status;
	status = judge_faults(arena, step, status.faults);
	if (!status_is_ok(status))
		return status;
	if (!json_object_object_get_ex(step, "expect", &expected))
		return status_ok();
	return story_contains(arena, reply, expected, "");
}

static FIBER struct status make_call(struct story *story, struct json_object *step)
{
	struct arena *arena = story->session->arena;
	struct json_object *with = NULL, *reply = NULL;
	struct method method;
	struct session_call call = {
		.who = text_of(step, "as"),
		.organisation_id = text_of(step, "organisation"),
		.idempotency_key = arena_printf(arena, "%s:%u", story->name, story->line),
		.patience_us = story->patience_us,
	};
	struct status status = method_find(arena, text_of(step, "call"), &method);
	if (status_is_ok(status))
		status = settle(story->session, story->patience_us);
	if (!status_is_ok(status))
		return status;
	json_object_object_get_ex(step, "with", &with);
	status = session_call_json(story->session, &method, &call,
				   with ? json_line(arena, with) : "{}", &reply);
	/* A status by itself can be kept too: its message is what people would see. */
	const char *keep = text_of(step, "keep");
	if (keep)
		json_object_object_add(story->kept, keep,
				       reply ? json_object_get(reply) : json_object_new_object());
	if (!status_is_ok(status) && text_of(step, "fails") && status.message)
		json_object_object_add(story->kept, "refusal",
				       json_object_new_string(status.message));
	status = judge(story, step, status, reply);
	json_object_put(reply);
	return status;
}

static FIBER struct status play_step(struct story *story, struct json_object *step)
{
	if (text_of(step, "say")) {
		printf("%s\n", text_of(step, "say"));
		fflush(stdout);
	}
	if (text_of(step, "at"))
		return move_clock(story, text_of(step, "at"));
	if (text_of(step, "key"))
		return issue_key(story, step);
	if (text_of(step, "call"))
		return make_call(story, step);
	if (text_of(step, "say"))
		return status_ok();
	return status_error(STATUS_INVALID_ARGUMENT, "expected one of at, say, key, call");
}

static FIBER struct status play_line(struct story *story, const char *text)
{
	struct arena *arena = story->session->arena;
	struct json_object *written, *step;
	struct status status = json_parse(arena, text, &written);
	if (!status_is_ok(status))
		return status;
	status = story_fill(arena, story->kept, written, &step);
	json_object_put(written);
	if (!status_is_ok(status))
		return status;
	status = play_step(story, step);
	json_object_put(step);
	story->steps++;
	return status;
}

/* ---- Progress ---- */

/* No file: from the beginning. */
static struct status read_progress(struct story *story)
{
	const char *text;
	struct json_object *progress, *kept, *line;
	if (!story->progress || access(story->progress, F_OK) != 0)
		return status_ok();
	struct status status = command_read_file(story->session->arena, story->progress, &text);
	if (status_is_ok(status))
		status = json_parse(story->session->arena, text, &progress);
	if (!status_is_ok(status))
		return status;
	if (json_object_object_get_ex(progress, "line", &line) &&
	    json_object_object_get_ex(progress, "kept", &kept)) {
		story->played = (unsigned)json_object_get_int(line);
		json_object_put(story->kept);
		story->kept = json_object_get(kept);
	}
	json_object_put(progress);
	return status;
}

/* Whole or not at all: a half would be worse than the one before. */
static struct status write_progress(const struct story *story)
{
	struct arena *arena = story->session->arena;
	if (!story->progress)
		return status_ok();
	const char *next = arena_printf(arena, "%s.next", story->progress);
	FILE *file = next ? fopen(next, "we") : NULL;
	bool written = file && fprintf(file, "{\"line\": %u, \"kept\": %s}\n", story->line,
				       json_object_to_json_string(story->kept)) > 0;
	written = (!file || fclose(file) == 0) && written;
	if (!written || rename(next, story->progress) != 0)
		return status_errorf(arena, STATUS_UNAVAILABLE, "cannot write %s: %m",
				     story->progress);
	return status_ok();
}

FIBER struct status story_play(struct story *story, const char *text)
{
	struct arena *arena = story->session->arena;
	struct status status = read_progress(story);
	story->line = 0;
	while (*text && status_is_ok(status)) {
		size_t length = strcspn(text, "\n");
		const char *line = arena_strndup(arena, text, length);
		story->line++;
		if (!text_is_blank(line) && line[0] != '#' && story->line > story->played) {
			status = play_line(story, line);
			if (status_is_ok(status))
				status = write_progress(story);
		}
		text += length + (text[length] == '\n');
	}
	if (!status_is_ok(status)) {
		status.message = arena_printf(arena, "%s:%u: %s", story->name, story->line,
					      status.message ? status.message : "");
		fflush(stdout);
	}
	return status;
}

static FIBER int play(struct session *session, void *argument)
{
	const struct command_line *command = argument;
	const char *path = command->words[0];
	const char *slash = strrchr(path, '/');
	const char *text;
	struct story story = {
		.session = session,
		.name = slash ? slash + 1 : path,
		.kept = json_object_new_object(),
		.progress = command->count > 1 ? command->words[1] : NULL,
		.patience_us = STORY_PATIENCE_US,
	};
	struct status status = command_read_file(session->arena, path, &text);
	if (status_is_ok(status))
		status = story_play(&story, text);
	json_object_put(story.kept);
	return status_is_ok(status) ? 0 : session_complain("play", status);
}

int command_play(const struct command_line *line)
{
	return session_run(&line->options, play, (void *)line);
}
