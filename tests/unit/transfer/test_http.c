/* HTTP requests of fibers, against a real server of the test. */
#include "transfer/http.h"

#include "base/clock.h"
#include "web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

struct
try {
	struct web *web;
	struct transfer *transfer;
	struct arena *arena;
	bool private_addresses;
	unsigned most_at_once;
	FIBER void (*body)(struct try * try);
};

static void play(void *argument)
{
	struct try *try = argument;
	const struct transfer_options options = {.loop = loop_current(),
						 .most_at_once = try->most_at_once,
						 .private_addresses = try->private_addresses};
	assert_true(status_is_ok(transfer_open(&options, &try->transfer)));
	try->body(try);
	loop_stop_begin(loop_current());
}

static void run(struct try try)
{
	struct loop *loop = loop_new();
	try.web = web_open();
	try.arena = arena_new((size_t)64 << 20);
	assert_true(status_is_ok(fiber_start(play, &try)));
	assert_true(status_is_ok(loop_run(loop)));
	assert_true(loop_free(loop));
	fiber_trim();
	arena_free(try.arena);
	web_close(try.web);
}

static FIBER struct status get(struct try *try, const char *path, struct http_request request,
			       struct http_answer *ret_answer)
{
	char url[200];
	web_url(try->web, path, url, sizeof(url));
	request.url = url;
	return http_get(try->transfer, try->arena, &request, ret_answer);
}

static void assert_fails(struct try *try, const char *path, struct http_request request,
			 const char *words)
{
	struct http_answer answer;
	struct status status = get(try, path, request, &answer);
	assert_int_equal(status.code, STATUS_UNAVAILABLE);
	if (!strstr(status.message, words))
		fail_msg("%s: %s", path, status.message);
}

/* ---- Answers ---- */

static FIBER void answers(struct try *try)
{
	struct http_answer answer;
	web_put(try->web, "/a.ics", &(struct web_page){.body = "BEGIN", .etag = "\"one\""});
	assert_true(status_is_ok(get(try, "/a.ics", (struct http_request){0}, &answer)));
	assert_int_equal(answer.code, 200);
	assert_string_equal(answer.body, "BEGIN");
	assert_int_equal(answer.length, 5);
	assert_string_equal(answer.etag, "\"one\"");
	assert_string_equal(answer.content_type, "text/calendar");
	assert_string_equal(answer.last_modified, "");

	struct http_request again = {.etag = "\"one\""};
	assert_true(status_is_ok(get(try, "/a.ics", again, &answer)));
	assert_int_equal(answer.code, 304);
	assert_int_equal(answer.length, 0);
	web_put(try->web, "/a.ics", &(struct web_page){.body = "NEW", .etag = "\"two\""});
	assert_true(status_is_ok(get(try, "/a.ics", again, &answer)));
	assert_string_equal(answer.body, "NEW");

	assert_true(status_is_ok(get(try, "/nothing", (struct http_request){0}, &answer)));
	assert_int_equal(answer.code, 404);
	assert_string_equal(answer.body, "no such page");
}

static void test_answers_with_their_headers(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .body = answers});
}

static FIBER void redirects(struct try *try)
{
	struct http_answer answer;
	web_put(try->web, "/old",
		&(struct web_page){.code = 302, .leads_to = "/new", .etag = "\"old\""});
	web_put(try->web, "/new", &(struct web_page){.body = "here"});
	assert_true(status_is_ok(get(try, "/old", (struct http_request){0}, &answer)));
	assert_string_equal(answer.body, "here");
	assert_string_equal(answer.etag, "");
	web_put(try->web, "/round", &(struct web_page){.code = 302, .leads_to = "/round"});
	assert_fails(try, "/round", (struct http_request){0}, "from one address to the next");
	assert_int_equal(web_asked(try->web, "/round"), 6);
	web_put(try->web, "/file",
		&(struct web_page){.code = 302, .leads_to = "file:///etc/passwd"});
	assert_fails(try, "/file", (struct http_request){0}, "neither http nor https");
}

static void test_redirects_are_followed_within_limits(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .body = redirects});
}

static FIBER void limits(struct try *try)
{
	struct http_answer answer;
	char *large = test_calloc(1, 100000);
	memset(large, 'x', 100000);
	web_put(try->web, "/large", &(struct web_page){.body = large, .length = 100000});
	assert_fails(try, "/large", (struct http_request){.most_bytes = 99999},
		     "larger than 99999");
	struct http_request enough = {.most_bytes = 100000};
	assert_true(status_is_ok(get(try, "/large", enough, &answer)));
	assert_int_equal(answer.length, 100000);
	assert_memory_equal(answer.body, large, 100000);
	test_free(large);
	web_put(try->web, "/slow", &(struct web_page){.body = "late", .delay_ms = 1500});
	assert_fails(try, "/slow", (struct http_request){.limit_us = CLOCK_SECOND_US / 5},
		     "no whole answer");
}

static void test_size_and_time_are_limited(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .body = limits});
}

static FIBER void strange(struct try *try)
{
	static const struct {
		const char *url;
		const char *words;
	} cases[] = {
		{"file:///etc/passwd", "neither http nor https"},
		{"gopher://127.0.0.1/", "neither http nor https"},
		{"http://127.0.0.1:1/", "does not take the connection"},
		{"http://no.such.host.invalid/", "no host of that name"},
		{"http://", ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_answer answer;
		struct status status =
			http_get(try->transfer, try->arena,
				 &(struct http_request){.url = cases[i].url}, &answer);
		assert_int_equal(status.code, STATUS_UNAVAILABLE);
		if (!strstr(status.message, cases[i].words))
			fail_msg("%s: %s", cases[i].url, status.message);
	}
}

static void test_strange_addresses_have_words(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .body = strange});
}

/* ---- Who may be asked ---- */

static FIBER void private_ones(struct try *try)
{
	web_put(try->web, "/a.ics", &(struct web_page){.body = "BEGIN"});
	assert_fails(try, "/a.ics", (struct http_request){0}, "private network");
	struct http_answer answer;
	const char *const others[] = {"http://localhost/", "http://[::1]/", "http://127.1/",
				      "http://0x7f000001/", "http://169.254.169.254/latest"};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct status status = http_get(try->transfer, try->arena,
						&(struct http_request){.url = others[i]}, &answer);
		assert_int_equal(status.code, STATUS_UNAVAILABLE);
		assert_non_null(strstr(status.message, "private network"));
	}
	assert_int_equal(web_asked(try->web, "/a.ics"), 0);
}

static void test_private_networks_are_not_asked(void **state)
{
	(void)state;
	run((struct try){.body = private_ones});
}

/* ---- Many, and the end ---- */

struct one_of_many {
	struct try *try;
	unsigned *left;
	unsigned *fine;
	struct fiber_queue *all;
	const char *path;
};

static void get_one(void *argument)
{
	struct one_of_many *one = argument;
	struct http_answer answer;
	struct status status = get(one->try, one->path, (struct http_request){0}, &answer);
	*one->fine += status_is_ok(status);
	if (--*one->left == 0)
		fiber_wake_all(one->all);
}

static FIBER void many(struct try *try)
{
	unsigned left = 40, fine = 0;
	struct fiber_queue all = {0};
	struct one_of_many one = {try, &left, &fine, &all, "/a.ics"};
	web_put(try->web, "/a.ics", &(struct web_page){.body = "BEGIN", .delay_ms = 5});
	for (unsigned i = 0; i < 40; i++)
		assert_true(status_is_ok(fiber_start(get_one, &one)));
	while (left > 0)
		fiber_wait(&all, -1);
	assert_int_equal(fine, 40);
	assert_int_equal(web_asked(try->web, "/a.ics"), 40);
}

static void test_many_wait_their_turn(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .most_at_once = 4, .body = many});
}

static FIBER void cut(struct try *try)
{
	unsigned left = 6, fine = 0;
	struct fiber_queue all = {0};
	struct one_of_many one = {try, &left, &fine, &all, "/slow"};
	web_put(try->web, "/slow", &(struct web_page){.body = "late", .delay_ms = 500});
	for (unsigned i = 0; i < 5; i++)
		assert_true(status_is_ok(fiber_start(get_one, &one)));
	fiber_sleep_us(50000);
	assert_true(status_is_ok(fiber_start(get_one, &one))); /* not begun yet */
	loop_stop_begin(loop_current());
	while (left > 0)
		fiber_wait(&all, -1);
	assert_int_equal(fine, 0);
}

static void test_a_drain_cuts_what_runs_and_what_waits(void **state)
{
	(void)state;
	run((struct try){.private_addresses = true, .most_at_once = 3, .body = cut});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers_with_their_headers),
		cmocka_unit_test(test_redirects_are_followed_within_limits),
		cmocka_unit_test(test_size_and_time_are_limited),
		cmocka_unit_test(test_strange_addresses_have_words),
		cmocka_unit_test(test_private_networks_are_not_asked),
		cmocka_unit_test(test_many_wait_their_turn),
		cmocka_unit_test(test_a_drain_cuts_what_runs_and_what_waits),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
