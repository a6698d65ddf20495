/* The health port, asked by a client in a process of its own. */
#include "daemon/health.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
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

struct ask {
	struct loop *loop;
	struct health *health;
	struct loop_timer look;
	bool ready;
	uint16_t port;
	pid_t client;
	int answer; /* to read it from */
	char text[65536];
};

static struct sockaddr_in address_of(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static uint16_t free_port(void)
{
	struct sockaddr_in address = address_of(0);
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
	close(fd);
	return ntohs(address.sin_port);
}

/* In the child: sends `request`, copies the answer to `out`. */
static _Noreturn void be_client(uint16_t port, const char *request, int out)
{
	struct sockaddr_in address = address_of(port);
	char buffer[4096];
	ssize_t got;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    write(fd, request, strlen(request)) > 0)
		while ((got = read(fd, buffer, sizeof(buffer))) > 0)
			if (write(out, buffer, (size_t)got) != got)
				_exit(1);
	_exit(0);
}

static void look(void *argument)
{
	struct ask *ask = argument;
	if (waitpid(ask->client, NULL, WNOHANG) == 0)
		return;
	loop_timer_stop(ask->loop, &ask->look);
	loop_stop_begin(ask->loop);
}

static void close_health(void *argument)
{
	struct ask *ask = argument;
	health_close(ask->health);
}

static bool is_ready(void *argument, const char **ret_why)
{
	const struct ask *ask = argument;
	*ret_why = "waits for the database";
	return ask->ready;
}

/* The whole answer to `request`, which is to be freed. */
static char *ask(const char *request, bool ready)
{
	struct ask *ask = calloc(1, sizeof(*ask));
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	ask->loop = loop_new();
	ask->ready = ready;
	ask->port = free_port();
	struct status status =
		health_open(ask->loop, "127.0.0.1", ask->port, is_ready, ask, &ask->health);
	assert_int_equal(status.code, STATUS_OK);
	loop_on_drain(ask->loop, DRAIN_CLOSE, "health", close_health, NULL, ask);
	ask->client = fork();
	if (ask->client == 0)
		be_client(ask->port, request, ends[1]);
	close(ends[1]);
	loop_timer_start(ask->loop, &ask->look, 1000, 1000, look, ask);
	assert_int_equal(loop_run(ask->loop).code, STATUS_OK);
	assert_true(loop_free(ask->loop));
	ssize_t got = read(ends[0], ask->text, sizeof(ask->text) - 1);
	ask->text[got > 0 ? got : 0] = '\0';
	close(ends[0]);
	char *text = strdup(ask->text);
	free(ask);
	return text;
}

static void answers(void **state)
{
	static const struct {
		const char *name, *request, *line, *word;
		bool ready;
	} cases[] = {
		{"alive", "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		 "HTTP/1.1 200 ", "ok\n", false},
		{"ready", "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		 "HTTP/1.1 200 ", "ready\n", true},
		{"not ready", "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		 "HTTP/1.1 503 ", "waits for the database\n", false},
		{"metrics", "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		 "HTTP/1.1 200 ", "version=0.0.4", true},
		{"elsewhere", "GET /etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 404 ", "",
		 true},
		{"not GET", "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
		 "HTTP/1.1 405 ", "Allow: GET", true},
		{"a body", "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
		 "HTTP/1.1 400 ", "", true},
		{"no host", "GET /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "", true},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = ask(cases[i].request, cases[i].ready);
		if (strncmp(text, cases[i].line, strlen(cases[i].line)) != 0 ||
		    !strstr(text, cases[i].word))
			fail_msg("%s: expected %s… %s, got: %s", cases[i].name, cases[i].line,
				 cases[i].word, text);
		free(text);
	}
}

static void refuses_a_name(void **state)
{
	struct health *health = NULL;
	(void)state;
	assert_int_equal(health_open(NULL, "localhost", 1, is_ready, NULL, &health).code,
			 STATUS_INVALID_ARGUMENT);
	assert_null(health);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(refuses_a_name),
	};
	return cmocka_run_group_tests_name("daemon_health", tests, NULL, NULL);
}
