#include "house.h"

#include "base/clock.h"
#include "ctl/command.h"
#include "ctl/methods.h"
#include "ctl/story.h"

#include <json-c/json.h>
#include <libpq-fe.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define READY_LIMIT_S 90

static void pause_ms(long ms)
{
	struct timespec pause = {.tv_nsec = ms * 1000000};
	nanosleep(&pause, NULL);
}

static bool read_line(const char *path, char *ret_text, size_t bytes)
{
	FILE *file = fopen(path, "re");
	bool read = file && fgets(ret_text, (int)bytes, file);
	if (file)
		fclose(file);
	if (read)
		ret_text[strcspn(ret_text, "\n")] = '\0';
	return read;
}

static pid_t start_stack(const char *folder)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* The group's own end and Ctrl-C stop it; its output is the test's. */
	execl(SOLEUS_SOURCE "/scripts/stack", "stack", folder, SOLEUS_BUILD, (char *)NULL);
	_exit(127);
}

static bool wait_ready(struct house *house)
{
	char path[96];
	struct stat found;
	snprintf(path, sizeof(path), "%s/ready", house->folder);
	for (int i = 0; i < READY_LIMIT_S * 20; i++) {
		if (stat(path, &found) == 0)
			return true;
		if (waitpid(house->stack, NULL, WNOHANG) != 0) {
			house->stack = 0;
			return false;
		}
		pause_ms(50);
	}
	return false;
}

int house_open(struct house **ret_house)
{
	struct house *house = calloc(1, sizeof(*house));
	strcpy(house->folder, "/tmp/soleus-test-XXXXXX");
	if (!mkdtemp(house->folder))
		return 1;
	chmod(house->folder, 0755); /* the user postgres passes through */
	snprintf(house->run_dir, sizeof(house->run_dir), "%s/run", house->folder);
	snprintf(house->keys_dir, sizeof(house->keys_dir), "%s/run/keys", house->folder);
	snprintf(house->clock_file, sizeof(house->clock_file), "%s/clock", house->folder);
	snprintf(house->socket, sizeof(house->socket), "%s/postgres/socket", house->folder);
	house->stack = start_stack(house->folder);
	*ret_house = house;
	if (!wait_ready(house)) {
		fprintf(stderr, "the house did not come up; its logs are in %s/log\n",
			house->folder);
		return 1;
	}
	return status_is_ok(clock_follow_file(house->clock_file)) ? 0 : 1;
}

static void send_onlookers(const struct house *house, int signal)
{
	static const char *const names[] = {"notes", "reminders", "analytics"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		pid_t pid = house_pid(house, names[i]);
		if (pid > 0)
			kill(pid, signal);
	}
}

void house_stop_onlookers(const struct house *house)
{
	send_onlookers(house, SIGSTOP);
}

unsigned house_setting(const char *name, unsigned usual)
{
	const char *text = getenv(name);
	unsigned number = text ? (unsigned)strtoul(text, NULL, 10) : usual;
	unsetenv(name);
	return number;
}

int house_close(struct house **house_pointer)
{
	struct house *house = *house_pointer;
	char command[128];
	int code = 0;
	send_onlookers(house, SIGCONT);
	if (house->stack > 0) {
		kill(house->stack, SIGTERM);
		waitpid(house->stack, &code, 0);
	}
	if (getenv("TEST_KEEP")) {
		fprintf(stderr, "kept: %s\n", house->folder);
	} else {
		snprintf(command, sizeof(command), "rm -rf '%s'", house->folder);
		if (system(command) != 0)
			fprintf(stderr, "cannot remove %s\n", house->folder);
	}
	free(house);
	return WIFEXITED(code) && WEXITSTATUS(code) == 0 ? 0 : 1;
}

static struct session_options options_of(const struct house *house)
{
	return (struct session_options){
		.run_dir = house->run_dir,
		.keys_dir = house->keys_dir,
		.as = "operator",
		.timeout_us = 5 * CLOCK_SECOND_US,
	};
}

void house_runs(struct house *house, FIBER int (*work)(struct session *, void *), void *argument)
{
	struct session_options options = options_of(house);
	assert_int_equal(session_run(&options, work, argument), 0);
}

struct telling {
	const char *steps;
	unsigned number;
};

static FIBER int tell(struct session *session, void *argument)
{
	const struct telling *telling = argument;
	struct story story = {
		.session = session,
		.name = arena_printf(session->arena, "test-%u", telling->number),
		.kept = json_object_new_object(),
		.patience_us = 20 * CLOCK_SECOND_US,
	};
	struct status status = story_play(&story, telling->steps);
	json_object_put(story.kept);
	return status_is_ok(status) ? 0 : session_complain("story", status);
}

void house_tells(struct house *house, const char *steps)
{
	static unsigned number; /* makes idempotency keys of two tellings differ */
	struct telling telling = {steps, ++number};
	house_runs(house, tell, &telling);
}

void house_plays(struct house *house, const char *name)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	const char *path = arena_printf(arena, "%s/tests/integration/%s", SOLEUS_SOURCE, name);
	const char *steps;
	assert_true(status_is_ok(command_read_file(arena, path, &steps)));
	house_tells(house, steps);
	arena_free(arena);
}

struct attempt {
	const char *who;
	const char *method;
	const char *request;
	const char *paths;
};

static FIBER int try_in_vain(struct session *session, void *argument)
{
	const struct attempt *attempt = argument;
	struct session_call call = {.who = attempt->who};
	struct json_object *reply;
	struct method method;
	const char *paths = "";
	if (!status_is_ok(method_find(session->arena, attempt->method, &method)))
		return 1;
	struct status status = session_call_json(session, &method, &call, attempt->request, &reply);
	json_object_put(reply);
	for (const struct fault *fault = status.faults; fault; fault = fault->next)
		paths = arena_printf(session->arena, "%s%s ", paths, fault->field);
	if (status.code == STATUS_INVALID_ARGUMENT && strcmp(paths, attempt->paths) == 0)
		return 0;
	fprintf(stderr, "came %s (%s) with\n  %s\nexpected\n  %s\n", status_code_name(status.code),
		status.message ? status.message : "", paths, attempt->paths);
	return 1;
}

void house_refuses(struct house *house, const char *who, const char *method, const char *request,
		   const char *paths)
{
	char *text = strdup(request);
	for (char *at = text; (at = strchr(at, '\'')); at++)
		*at = '"';
	struct attempt attempt = {who, method, text, paths};
	house_runs(house, try_in_vain, &attempt);
	free(text);
}

pid_t house_pid(const struct house *house, const char *name)
{
	char path[160], text[32];
	if (strcmp(name, "postgres") == 0)
		snprintf(path, sizeof(path), "%s/postgres/data/postmaster.pid", house->folder);
	else
		snprintf(path, sizeof(path), "%s/pid/%s", house->folder, name);
	return read_line(path, text, sizeof(text)) ? (pid_t)strtol(text, NULL, 10) : 0;
}

char *house_query(const struct house *house, const char *sql)
{
	char url[192];
	snprintf(url, sizeof(url), "host=%s user=postgres dbname=soleus", house->socket);
	PGconn *connection = PQconnectdb(url);
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(connection));
	char *text = strdup(PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	PQfinish(connection);
	return text;
}

void house_expects(const struct house *house, const char *sql, const char *expected)
{
	char *value = house_query(house, sql);
	if (strcmp(value, expected) != 0)
		fail_msg("%s\ngave %s, expected %s", sql, value, expected);
	free(value);
}
