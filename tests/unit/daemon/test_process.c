/* A daemon as its operator sees it: what it says, when it ends, and with which status. */
#include "cluster.h"
#include "house.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_US (20 * CLOCK_SECOND_US)

struct process {
	pid_t pid;
	int output; /* standard output and error */
	char text[65536];
	size_t length;
};

/* Starts soleus-directory with these settings alone. */
static struct process *start(const char *argument, const char *const *environment)
{
	struct process *process = calloc(1, sizeof(*process));
	const char *const arguments[] = {"soleus-directory", argument, NULL};
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	process->pid = fork();
	if (process->pid == 0) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		execve(SOLEUS_BUILD "/soleus-directory", (char **)arguments, (char **)environment);
		_exit(127);
	}
	close(ends[1]);
	process->output = ends[0];
	fcntl(process->output, F_SETFL, O_NONBLOCK);
	return process;
}

static void read_output(struct process *process)
{
	size_t room = sizeof(process->text) - 1 - process->length;
	ssize_t got = read(process->output, process->text + process->length, room);
	if (got > 0)
		process->length += (size_t)got;
}

static void wait_for_words(struct process *process, const char *words)
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	while (!strstr(process->text, words)) {
		read_output(process);
		if (clock_monotonic_us() > until_us)
			fail_msg("expected \"%s\", got: %s", words, process->text);
		usleep(2000);
	}
}

/* Its exit status, once it has ended. */
static int ended(struct process *process)
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	int status = 0;
	while (waitpid(process->pid, &status, WNOHANG) == 0) {
		read_output(process);
		if (clock_monotonic_us() > until_us) {
			kill(process->pid, SIGKILL);
			fail_msg("it does not end: %s", process->text);
		}
		usleep(2000);
	}
	read_output(process);
	close(process->output);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void assert_ends(const char *argument, const char *const *environment, int code,
			const char *words)
{
	struct process *process = start(argument, environment);
	int got = ended(process);
	if (got != code || !strstr(process->text, words))
		fail_msg("expected exit status %d and \"%s\", got %d and: %s", code, words, got,
			 process->text);
	free(process);
}

static void says_what_it_is(void **state)
{
	const char *const nothing[] = {NULL};
	(void)state;
	assert_ends("--help", nothing, 0, "SOLEUS_DATABASE_URL");
	assert_ends("--version", nothing, 0, "soleus-directory ");
	assert_ends("--nonsense", nothing, 2, "--help");
}

static void names_what_is_wrong_in_its_settings(void **state)
{
	const char *const typing_error[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=true",
					    "SOLEUS_HEALTH_PROT=80", NULL};
	const char *const no_key[] = {"SOLEUS_DATABASE_URL=x", NULL};
	const char *const no_clock[] = {"SOLEUS_DATABASE_URL=x", "SOLEUS_PLAIN=true",
					"SOLEUS_CLOCK_FILE=/nowhere/clock", NULL};
	(void)state;
	assert_ends(NULL, typing_error, 1, "SOLEUS_HEALTH_PROT");
	assert_ends(NULL, no_key, 1, "SOLEUS_SECRET_KEY");
	assert_ends(NULL, no_clock, 1, "SOLEUS_CLOCK_FILE, /nowhere/clock: ");
}

/* ---- Without a database ---- */

static struct sockaddr_in loopback(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static uint16_t free_port(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
	close(fd);
	return ntohs(address.sin_port);
}

static void get(uint16_t port, const char *path, char ret_answer[4096])
{
	struct sockaddr_in address = loopback(port);
	char request[128];
	size_t length = 0;
	ssize_t got;
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	while (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		assert_true(clock_monotonic_us() < until_us);
		usleep(2000);
	}
	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
	assert_int_equal(write(fd, request, strlen(request)), strlen(request));
	while ((got = read(fd, ret_answer + length, 4095 - length)) > 0)
		length += (size_t)got;
	ret_answer[length] = '\0';
	close(fd);
}

static void waits_for_its_database_and_ends_when_told(void **state)
{
	char folder[] = "/tmp/soleus-process-XXXXXX", run[64], health[64], answer[4096];
	uint16_t port = free_port();
	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(run, sizeof(run), "SOLEUS_RUN_DIR=%s/run", folder);
	snprintf(health, sizeof(health), "SOLEUS_HEALTH_PORT=%u", port);
	const char *const environment[] = {"SOLEUS_DATABASE_URL=host=/nowhere", "SOLEUS_PLAIN=true",
					   run, health, NULL};
	struct process *process = start(NULL, environment);
	get(port, "/healthz", answer);
	assert_non_null(strstr(answer, "200"));
	get(port, "/readyz", answer);
	assert_non_null(strstr(answer, "503"));
	assert_non_null(strstr(answer, "waits for the database"));
	wait_for_words(process, "waits for the database"); /* said each 5 s */
	kill(process->pid, SIGTERM);
	int64_t told_us = clock_monotonic_us();
	assert_int_equal(ended(process), 0);
	assert_true(clock_monotonic_us() - told_us < 5 * CLOCK_SECOND_US);
	assert_non_null(strstr(process->text, "\"ended\""));
	free(process);
	snprintf(answer, sizeof(answer), "rm -r %s", folder);
	assert_int_equal(system(answer), 0);
}

/* ---- With a database that does not fit ---- */

static void assert_refuses(const struct house *house, const char *user, const char *words)
{
	char url[192], run[128];
	snprintf(url, sizeof(url), "SOLEUS_DATABASE_URL=host=%s user=%s dbname=soleus",
		 house->socket, user);
	snprintf(run, sizeof(run), "SOLEUS_RUN_DIR=%s/second", house->folder);
	const char *const environment[] = {url, run, "SOLEUS_PLAIN=true", NULL};
	assert_ends(NULL, environment, 1, words);
}

static void refuses_a_schema_of_another_version(void **state)
{
	const struct house *house = *state;
	free(house_query(house, "INSERT INTO directory.migration (name, hash, applied_at)"
				" VALUES ('directory/9999_future', '', '2026-01-01')"));
	assert_refuses(house, "directory", "newer than this program");
	free(house_query(house, "DELETE FROM directory.migration WHERE name LIKE '%future'"));
	free(house_query(house, "UPDATE directory.migration SET name = 'events/none'"
				" WHERE name = 'events/0001_events'"));
	assert_refuses(house, "directory", "run `soleusctl migrate`");
	free(house_query(house, "UPDATE directory.migration SET name = 'events/0001_events'"
				" WHERE name = 'events/none'"));
}

static void refuses_a_privileged_role(void **state)
{
	assert_refuses(*state, "postgres", "FAILED_PRECONDITION");
}

/* ---- With a database that hangs ---- */

/* Asks until the answer has these words; how long that took. */
static int64_t wait_for_readiness(uint16_t port, const char *words)
{
	char answer[4096];
	int64_t begun_us = clock_monotonic_us();
	for (;;) {
		get(port, "/readyz", answer);
		int64_t now_us = clock_monotonic_us();
		if (strstr(answer, words))
			return now_us - begun_us;
		if (now_us - begun_us > PATIENCE_US)
			fail_msg("expected \"%s\", got: %s", words, answer);
		usleep(10000);
	}
}

static void is_not_ready_while_its_database_hangs(void **state)
{
	const struct house *house = *state;
	char url[192], run[128], health[64];
	uint16_t port = free_port();
	snprintf(url, sizeof(url), "SOLEUS_DATABASE_URL=host=%s user=directory dbname=soleus",
		 house->socket);
	snprintf(run, sizeof(run), "SOLEUS_RUN_DIR=%s/third", house->folder);
	snprintf(health, sizeof(health), "SOLEUS_HEALTH_PORT=%u", port);
	const char *const environment[] = {url, run, health, "SOLEUS_PLAIN=true", NULL};
	struct process *process = start(NULL, environment);
	wait_for_readiness(port, "ready");
	pid_t postmaster = house_pid(house, "postgres");
	postmaster_signal(postmaster, SIGSTOP);
	int64_t took_us = wait_for_readiness(port, "has lost the database");
	postmaster_signal(postmaster, SIGCONT);
	assert_true(took_us < 5 * CLOCK_SECOND_US);
	wait_for_readiness(port, "200");
	kill(process->pid, SIGTERM);
	assert_int_equal(ended(process), 0);
	free(process);
}

static int open_house(void **state)
{
	return house_open((struct house **)state);
}

static int close_house(void **state)
{
	return house_close((struct house **)state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_it_is),
		cmocka_unit_test(names_what_is_wrong_in_its_settings),
		cmocka_unit_test(waits_for_its_database_and_ends_when_told),
		cmocka_unit_test(refuses_a_schema_of_another_version),
		cmocka_unit_test(refuses_a_privileged_role),
		cmocka_unit_test(is_not_ready_while_its_database_hangs),
	};
	return cmocka_run_group_tests_name("daemon_process", tests, open_house, close_house);
}
