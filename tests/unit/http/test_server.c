/* The HTTP server, asked over raw sockets by a client in a process of its own. */
#include "http/server.h"

#include "base/clock.h"

#include <arpa/inet.h>
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

#define ANSWER_BYTES 65536
#define CLIENTS      4

struct world {
	struct loop *loop;
	struct http_server *server;
	struct loop_timer look;
	unsigned served; /* handlers that ran */
	unsigned running;
	unsigned most_running;
	struct client {
		pid_t pid;
		int answer; /* to read it from */
		char text[ANSWER_BYTES];
	} clients[CLIENTS];
	unsigned count;
};

/* ---- The server's side ---- */

static FIBER void echo(struct http_exchange *exchange)
{
	struct world *world = exchange->context;
	const char *said = http_field(&exchange->form, "say");
	const char *asked = http_field(&exchange->query, "say");
	world->served++;
	http_answer_text(exchange, 200, "text/plain",
			 arena_printf(exchange->arena, "<%s|%s|%s|%zu>", exchange->parameter,
				      said ? said : "", asked ? asked : "", exchange->length));
}

static FIBER void wait_and_echo(struct http_exchange *exchange)
{
	struct world *world = exchange->context;
	if (++world->running > world->most_running)
		world->most_running = world->running;
	fiber_sleep_us(200000);
	world->running--;
	echo(exchange);
}

static FIBER void say_nothing(struct http_exchange *exchange)
{
	(void)exchange;
}

static const struct http_route routes[] = {
	{"GET", "/echo/{what}", HTTP_NO_BODY, 64, echo},
	{"POST", "/echo/{what}", HTTP_FORM, 64, echo},
	{"POST", "/json", HTTP_JSON, 64, echo},
	{"GET", "/slow", HTTP_NO_BODY, 64, wait_and_echo},
	{"GET", "/mute", HTTP_NO_BODY, 64, say_nothing},
	{NULL},
};

/* ---- The client's side, in a child ---- */

static const char *nothing_more(int fd)
{
	(void)fd;
	return NULL;
}

/* A byte each 50 ms, for ever. */
static const char *drip(int fd)
{
	while (write(fd, "x", 1) == 1)
		usleep(50000);
	return NULL;
}

static _Noreturn void be_client(uint16_t port, const char *request, size_t length, int out,
				const char *(*then)(int fd))
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	char buffer[4096];
	ssize_t got;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	signal(SIGPIPE, SIG_IGN);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    write(fd, request, length) > 0) {
		then(fd);
		while ((got = read(fd, buffer, sizeof(buffer))) > 0)
			if (write(out, buffer, (size_t)got) != got)
				_exit(1);
	}
	_exit(0);
}

static void start_client(struct world *world, const char *request, size_t length,
			 const char *(*then)(int fd))
{
	struct client *client = &world->clients[world->count++];
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	client->pid = fork();
	if (client->pid == 0)
		be_client(http_server_port(world->server), request, length, ends[1], then);
	close(ends[1]);
	client->answer = ends[0];
}

static void look(void *argument)
{
	struct world *world = argument;
	for (unsigned i = 0; i < world->count; i++) {
		struct client *client = &world->clients[i];
		if (client->pid > 0 && waitpid(client->pid, NULL, WNOHANG) == client->pid)
			client->pid = 0;
		if (client->pid > 0)
			return;
	}
	loop_timer_stop(world->loop, &world->look);
	loop_stop_begin(world->loop);
}

static void close_server(void *argument)
{
	struct world *world = argument;
	http_server_close(world->server);
}

static struct world *open_world(const char *client_header)
{
	struct world *world = calloc(1, sizeof(*world));
	world->loop = loop_new();
	const struct http_server_options options = {
		.address = "127.0.0.1",
		.routes = routes,
		.context = world,
		.connections = 16,
		.connections_per_address = 3,
		.in_flight = 3,
		.in_flight_per_client = 1,
		.patience_us = 400000,
		.client_header = client_header,
	};
	assert_int_equal(http_serve(world->loop, &options, &world->server).code, STATUS_OK);
	loop_on_drain(world->loop, DRAIN_CLOSE, "server", close_server, NULL, world);
	return world;
}

/* Until all clients have ended; their answers are in the world then. */
static void run_world(struct world *world)
{
	loop_timer_start(world->loop, &world->look, 1000, 1000, look, world);
	assert_int_equal(loop_run(world->loop).code, STATUS_OK);
	assert_true(loop_free(world->loop));
	for (unsigned i = 0; i < world->count; i++) {
		struct client *client = &world->clients[i];
		ssize_t got = read(client->answer, client->text, sizeof(client->text) - 1);
		client->text[got > 0 ? got : 0] = '\0';
		close(client->answer);
	}
}

/* ---- One request ---- */

#define H    "Host: x\r\n"
#define C    "Connection: close\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define HI   "say=hi"

static const struct {
	const char *name, *request, *line, *word;
	unsigned served;
} cases[] = {
	{"a query", "GET /echo/a?say=b%20c HTTP/1.1\r\n" H C "\r\n", "HTTP/1.1 200 ", "<a||b c|0>",
	 1},
	{"a head", "HEAD /echo/a HTTP/1.1\r\n" H C "\r\n", "HTTP/1.1 200 ", "Content-Length: 7", 1},
	{"a form", "POST /echo/a HTTP/1.1\r\n" H C FORM "Content-Length: 6\r\n\r\n" HI,
	 "HTTP/1.1 200 ", "<a|hi||6>", 1},
	{"a form of old", "POST /echo/a HTTP/1.0\r\n" FORM "Content-Length: 6\r\n\r\n" HI, " 200 ",
	 "<a|hi||6>", 1},
	{"with a charset",
	 "POST /echo/a HTTP/1.1\r\n" H C
	 "Content-Type: Application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: "
	 "6\r\n\r\n" HI,
	 "HTTP/1.1 200 ", "<a|hi||6>", 1},
	{"two on a line", "GET /echo/a HTTP/1.1\r\n" H "\r\nGET /echo/b HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 200 ", "<b|||0>", 2},
	{"no handler's answer", "GET /mute HTTP/1.1\r\n" H C "\r\n", "HTTP/1.1 500 ",
	 "something went wrong", 0},
	{"no such path", "GET /none HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 404 ",
	 "application/problem+json", 0},
	{"for a person", "GET /none HTTP/1.1\r\n" H "Accept: text/html,*/*\r\n\r\n",
	 "HTTP/1.1 404 ", "<!doctype html>", 0},
	{"unknown method", "BREW /echo/a HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 405 ",
	 "Allow: GET, HEAD, POST\r\n", 0},
	{"not with this method", "DELETE /json HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 405 ",
	 "Allow: POST\r\n", 0},
	{"climbing", "GET /echo/../json HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400 ", "path", 0},
	{"an escaped path", "GET /echo/%61 HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400 ", "path", 0},
	{"a whole address", "GET http://x/echo/a HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400 ", "path",
	 0},
	{"a bad query", "GET /echo/a?say=%zz HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400 ", "escape", 0},
	{"a long query",
	 "GET /echo/a?say=0123456789012345678901234567890123456789012345678901234567890 "
	 "HTTP/1.1\r\n" H "\r\n",
	 "HTTP/1.1 414 ", "too long", 0},
	{"a field twice", "GET /echo/a?say=a&say=b HTTP/1.1\r\n" H "\r\n", "HTTP/1.1 400 ", "twice",
	 0},
	{"no host", "GET /echo/a HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "", 0},
	{"two hosts", "GET /echo/a HTTP/1.1\r\n" H "Host: y\r\n\r\n", "HTTP/1.1 400 ", "Host", 0},
	{"a body in a GET", "GET /echo/a HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc",
	 "HTTP/1.1 400 ", "no body", 0},
	{"no length", "POST /echo/a HTTP/1.1\r\n" H FORM "\r\n", "HTTP/1.1 411 ", "length", 0},
	{"too long", "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 65\r\n\r\n",
	 "HTTP/1.1 413 ", "too long", 0},
	{"far too long",
	 "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 99999999999999999999\r\n\r\n",
	 "HTTP/1.1 4", "", 0},
	{"another type",
	 "POST /echo/a HTTP/1.1\r\n" H "Content-Type: text/plain\r\nContent-Length: 6\r\n\r\n" HI,
	 "HTTP/1.1 415 ", "x-www-form-urlencoded", 0},
	{"another charset",
	 "POST /echo/a HTTP/1.1\r\n" H "Content-Type: application/x-www-form-urlencoded; "
	 "charset=utf-7\r\nContent-Length: 6\r\n\r\n" HI,
	 "HTTP/1.1 415 ", "x-www-form-urlencoded", 0},
	{"no type", "POST /json HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\n{}", "HTTP/1.1 415 ",
	 "application/json", 0},
	{"two types", "POST /echo/a HTTP/1.1\r\n" H FORM FORM "Content-Length: 6\r\n\r\n" HI,
	 "HTTP/1.1 415 ", "", 0},
	{"a bad form", "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 6\r\n\r\nsay=%f",
	 "HTTP/1.1 400 ", "escape", 0},
	/* What smuggles a request into the one before it: refused, and the line closed. */
	{"two lengths",
	 "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 6\r\nContent-Length: 6\r\n\r\n" HI
	 "GET /echo/b HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 400 ", "said twice", 0},
	{"two lengths that differ",
	 "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 0\r\nContent-Length: 44\r\n\r\n"
	 "GET /echo/b HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 400 ", "said twice", 0},
	{"length and coding",
	 "POST /echo/a HTTP/1.1\r\n" H FORM
	 "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /echo/b "
	 "HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 400 ", "said twice", 0},
	{"coding and length",
	 "POST /echo/a HTTP/1.1\r\n" H FORM
	 "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /echo/b "
	 "HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 400 ", "said twice", 0},
	{"a coding",
	 "POST /echo/a HTTP/1.1\r\n" H FORM
	 "Transfer-Encoding: chunked\r\n\r\n6\r\nsay=hi\r\n0\r\n\r\nGET /echo/b HTTP/1.1\r\n" H C
	 "\r\n",
	 "HTTP/1.1 411 ", "coding", 0},
	{"a coding of another spelling",
	 "POST /echo/a HTTP/1.1\r\n" H FORM
	 "Content-Length: 6\r\nTransfer-Encoding: \tchunked\r\n\r\n" HI "GET /echo/b "
	 "HTTP/1.1\r\n" H C "\r\n",
	 "HTTP/1.1 400 ", "", 0},
	{"two lengths in one", "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: 6, 6\r\n\r\n" HI,
	 "HTTP/1.1 400 ", "", 0},
	{"a signed length", "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: +6\r\n\r\n" HI,
	 "HTTP/1.1 400 ", "", 0},
	{"a length below none", "POST /echo/a HTTP/1.1\r\n" H FORM "Content-Length: -6\r\n\r\n" HI,
	 "HTTP/1.1 400 ", "", 0},
};

static void requests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world *world = open_world("");
		start_client(world, cases[i].request, strlen(cases[i].request), nothing_more);
		run_world(world);
		const char *text = world->clients[0].text;
		if (!strstr(text, cases[i].line) || strstr(text, cases[i].line) - text > 8 ||
		    !strstr(text, cases[i].word) || world->served != cases[i].served)
			fail_msg("%s: %u handlers ran, and it was answered\n%s", cases[i].name,
				 world->served, text);
		free(world);
	}
}

static void pages_are_kept_to_themselves(void **state)
{
	static const char *const headers[] = {
		"Cache-Control: no-store\r\n",
		"Referrer-Policy: no-referrer\r\n",
		"X-Content-Type-Options: nosniff\r\n",
		"Content-Security-Policy: default-src 'none'; style-src 'self'; form-action "
		"'self'; base-uri 'none'; frame-ancestors 'none'\r\n",
	};
	static const char request[] = "GET /echo/a HTTP/1.1\r\n" H C "\r\n";
	struct world *world = open_world("");
	(void)state;
	start_client(world, request, strlen(request), nothing_more);
	run_world(world);
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		assert_non_null(strstr(world->clients[0].text, headers[i]));
	free(world);
}

static void a_long_head_is_refused(void **state)
{
	static char request[40000] = "GET /echo/a HTTP/1.1\r\n" H "X: ";
	struct world *world = open_world("");
	size_t length = strlen(request);
	(void)state;
	memset(request + length, 'x', sizeof(request) - length - 1);
	start_client(world, request, strlen(request), nothing_more);
	run_world(world);
	assert_int_equal(world->served, 0);
	assert_null(strstr(world->clients[0].text, "HTTP/1.1 200"));
	free(world);
}

/* Slow with the head, and with the body: both are cut off within their patience. */
static void slow_clients_are_cut_off(void **state)
{
	static const char *const begun[] = {"GET /echo/a HTTP/1.1\r\n" H "X-Drip: ",
					    "POST /echo/a HTTP/1.1\r\n" H FORM
					    "Content-Length: 60\r\n\r\n"};
	(void)state;
	for (size_t i = 0; i < sizeof(begun) / sizeof(begun[0]); i++) {
		struct world *world = open_world("");
		int64_t began_us = clock_monotonic_us();
		start_client(world, begun[i], strlen(begun[i]), drip);
		run_world(world);
		int64_t took_us = clock_monotonic_us() - began_us;
		assert_string_equal(world->clients[0].text, "");
		assert_int_equal(world->served, 0);
		assert_in_range(took_us, 300000, 2500000);
		free(world);
	}
}

static unsigned count_answers(const struct world *world, const char *line)
{
	unsigned count = 0;
	for (unsigned i = 0; i < world->count; i++)
		count += strstr(world->clients[i].text, line) != NULL;
	return count;
}

#define SLOW(WHO) "GET /slow HTTP/1.1\r\n" H C "X-Forwarded-For: " WHO "\r\n\r\n"

static void who_asks_too_much_at_once_is_told_to_come_again(void **state)
{
	static const char request[] = SLOW("192.0.2.1");
	struct world *world = open_world("");
	(void)state;
	for (int i = 0; i < 3; i++)
		start_client(world, request, strlen(request), nothing_more);
	run_world(world);
	assert_int_equal(world->most_running, 1);
	assert_int_equal(count_answers(world, "HTTP/1.1 200 "), 1);
	assert_int_equal(count_answers(world, "HTTP/1.1 429 "), 2);
	assert_int_equal(count_answers(world, "Retry-After: 1\r\n"), 2);
	free(world);
}

/* The proxy's word counts, and of that the last address, which the proxy wrote itself. */
static void a_proxy_says_who_asks(void **state)
{
	static const char *const asked[] = {SLOW("192.0.2.1"), SLOW("192.0.2.9, 192.0.2.2"),
					    SLOW("192.0.2.1, 192.0.2.3"), SLOW("192.0.2.4")};
	struct world *world = open_world("X-Forwarded-For");
	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		start_client(world, asked[i], strlen(asked[i]), nothing_more);
	run_world(world);
	assert_int_equal(world->most_running, 3);
	assert_int_equal(count_answers(world, "HTTP/1.1 200 "), 3);
	assert_int_equal(count_answers(world, "HTTP/1.1 503 "), 1);
	free(world);
}

/* A fourth connection of one address is closed without a word. */
static void one_address_has_few_connections(void **state)
{
	static const char request[] = "GET /echo/a HTTP/1.1\r\n" H "X-Waits: ";
	struct world *world = open_world("");
	(void)state;
	for (int i = 0; i < 3; i++)
		start_client(world, request, strlen(request), nothing_more);
	static const char whole[] = "GET /echo/a HTTP/1.1\r\n" H C "\r\n";
	usleep(100000);
	start_client(world, whole, strlen(whole), nothing_more);
	run_world(world);
	assert_string_equal(world->clients[3].text, "");
	assert_int_equal(world->served, 0);
	free(world);
}

static void text_is_escaped(void **state)
{
	struct arena *arena = arena_new(4096);
	(void)state;
	assert_string_equal(http_escape(arena, "<a href=\"x\">'&'</a>"),
			    "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests),
		cmocka_unit_test(pages_are_kept_to_themselves),
		cmocka_unit_test(a_long_head_is_refused),
		cmocka_unit_test(slow_clients_are_cut_off),
		cmocka_unit_test(who_asks_too_much_at_once_is_told_to_come_again),
		cmocka_unit_test(a_proxy_says_who_asks),
		cmocka_unit_test(one_address_has_few_connections),
		cmocka_unit_test(text_is_escaped),
	};
	return cmocka_run_group_tests_name("http_server", tests, NULL, NULL);
}
