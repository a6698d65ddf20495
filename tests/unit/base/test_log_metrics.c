#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char captured[16384];

/* What log_write writes to standard error, from a pipe (which holds 64 KiB). */
static const char *capture(enum log_level level, const char *event, const struct log_field *fields)
{
	int ends[2];
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	int kept = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	errno = EAGAIN;
	log_write(level, event, fields);
	int errno_after = errno;
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	ssize_t length = read(ends[0], captured, sizeof(captured) - 1);
	close(ends[0]);
	assert_true(length >= 0);
	captured[length] = '\0';
	assert_int_equal(errno_after, EAGAIN);
	return captured;
}

#define FIELDS(...) ((const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){LOG_END, 0, 0, 0}})

static int set_up(void **state)
{
	(void)state;
	char path[] = "/tmp/soleus-log-XXXXXX";
	int file = mkstemp(path);
	if (file < 0)
		return -1;
	close(file);
	bool followed = status_is_ok(clock_follow_file(path));
	unlink(path);
	clock_drive(INT64_C(1795406733000001));
	log_setup("test", LOG_INFO);
	return followed ? 0 : -1;
}

#define HEAD "{\"ts\":\"2026-11-23T04:05:33.000001Z\",\"level\":\"info\",\"service\":\"test\""

static void a_line_is_one_json_object(void **state)
{
	(void)state;
	assert_string_equal(capture(LOG_INFO, "started", FIELDS()),
			    HEAD ",\"event\":\"started\"}\n");
	assert_string_equal(
		capture(LOG_INFO, "lost",
			FIELDS(LOG_STR("lane", "db1"), LOG_INT("attempt", -3), LOG_STR("code", 0))),
		HEAD ",\"event\":\"lost\",\"lane\":\"db1\",\"attempt\":-3,"
		     "\"code\":null}\n");
}

static void text_is_escaped(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *json;
	} cases[] = {
		{"a\"b\\c", "a\\\"b\\\\c"},
		{"a\nb\t\x01\x7f", "a\\nb\\u0009\\u0001\\u007f"},
		{"M\xc3\xbcller", "M\xc3\xbcller"},
		{"M\xfcller", "M\\ufffdller"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char expected[256];
		snprintf(expected, sizeof(expected), HEAD ",\"event\":\"e\",\"k\":\"%s\"}\n",
			 cases[i].json);
		assert_string_equal(capture(LOG_INFO, "e", FIELDS(LOG_STR("k", cases[i].text))),
				    expected);
	}
}

static void lines_below_the_level_are_not_written(void **state)
{
	(void)state;
	assert_string_equal(capture(LOG_DEBUG, "e", FIELDS()), "");
	assert_non_null(strstr(capture(LOG_ERROR, "e", FIELDS()), "\"level\":\"error\""));
	log_debug("the macros compile without fields");
	log_debug("and with them", LOG_INT("n", 1), LOG_STR("s", "x"));
}

static void a_line_names_its_trace(void **state)
{
	(void)state;
	log_trace("0af7");
	assert_string_equal(capture(LOG_INFO, "e", FIELDS()),
			    HEAD ",\"event\":\"e\",\"trace\":\"0af7\"}\n");
	log_trace("");
	assert_null(strstr(capture(LOG_INFO, "e", FIELDS()), "trace"));
	log_trace(0);
	assert_null(strstr(capture(LOG_INFO, "e", FIELDS()), "trace"));
}

static void a_long_line_is_cut_at_a_field(void **state)
{
	(void)state;
	/* What surrounds the text: the head, ,"event":"e","n":1,"k":"" and the longest end. */
	const size_t around = strlen(HEAD ",\"event\":\"e\",\"n\":1,\"k\":\"\",\"cut\":true}\n");
	for (size_t length = 8000; length < 8192; length++) {
		char text[8192];
		memset(text, 'x', length);
		text[length] = '\0';
		capture(LOG_INFO, "e", FIELDS(LOG_INT("n", 1), LOG_STR("k", text)));
		if (around + length <= 8192)
			assert_non_null(strstr(captured, "xx\"}\n"));
		else
			assert_string_equal(captured,
					    HEAD ",\"event\":\"e\",\"n\":1,\"cut\":true}\n");
	}
}

static const char *metrics_now(void)
{
	static struct arena *arena; /* the text of the last call */
	arena_free(arena);
	arena = arena_new(1 << 20);
	return metrics_text(arena);
}

static struct metric reads = METRIC_COUNTER("reads_total", "Requests\nread.");
static struct metric open_now = METRIC_GAUGE("open", "Open now.");
static struct metric replies = METRIC_COUNTER_BY("replies_total", "code", "Replies.");
static struct metric wait = METRIC_HISTOGRAM("wait_seconds", "Waited.");
static struct metric calls = METRIC_HISTOGRAM_BY("call_seconds", "method", "Took.");
static struct metric many = METRIC_COUNTER_BY("many_total", "n", "Too many.");

static struct metric never = METRIC_COUNTER("never_total", "Has not happened.");
METRICS_FROM_THE_START(&never)

static void metrics_appear_from_the_start_or_at_first_use(void **state)
{
	(void)state;
	assert_string_equal(metrics_now(), "# HELP never_total Has not happened.\n"
					   "# TYPE never_total counter\nnever_total 0\n");
	metric_add(&reads, 1);
	metric_add(&reads, 2);
	metric_set(&open_now, 5);
	metric_add(&open_now, -7);
	assert_string_equal(strstr(metrics_now(), "# HELP reads"),
			    "# HELP reads_total Requests\\nread.\n"
			    "# TYPE reads_total counter\n"
			    "reads_total 3\n"
			    "# HELP open Open now.\n"
			    "# TYPE open gauge\n"
			    "open -2\n");
}

static void children_are_found_again(void **state)
{
	(void)state;
	char label[] = "a\"\\\nb";
	metric_add(metric_with(&replies, label), 1);
	struct metric *child = metric_with(&replies, label);
	label[0] = 'z'; /* the label was copied */
	metric_add(child, 1);
	metric_add(metric_with(&replies, "OK"), 4);
	assert_non_null(strstr(metrics_now(), "# TYPE replies_total counter\n"
					      "replies_total{code=\"a\\\"\\\\\\nb\"} 2\n"
					      "replies_total{code=\"OK\"} 4\n"));
	assert_null(strstr(metrics_now(), "\"other\""));
}

static void a_histogram_counts_upwards(void **state)
{
	(void)state;
	static const int64_t observed_us[] = {0, 100, 101, 1638400, 1638401, 5000000};
	for (size_t i = 0; i < sizeof(observed_us) / sizeof(observed_us[0]); i++)
		metric_observe_us(&wait, observed_us[i]);
	const char *text = metrics_now();
	assert_non_null(strstr(text, "# TYPE wait_seconds histogram\n"
				     "wait_seconds_bucket{le=\"0.0001\"} 2\n"
				     "wait_seconds_bucket{le=\"0.0002\"} 3\n"
				     "wait_seconds_bucket{le=\"0.0004\"} 3\n"));
	assert_non_null(strstr(text, "wait_seconds_bucket{le=\"1.6384\"} 4\n"
				     "wait_seconds_bucket{le=\"+Inf\"} 6\n"
				     "wait_seconds_sum 8.277002\n"
				     "wait_seconds_count 6\n"));
	metric_observe_us(metric_with(&calls, "Book"), 3000000);
	text = metrics_now();
	assert_non_null(strstr(text, "call_seconds_bucket{method=\"Book\",le=\"+Inf\"} 1\n"
				     "call_seconds_sum{method=\"Book\"} 3\n"
				     "call_seconds_count{method=\"Book\"} 1\n"));
}

static void too_many_labels_become_other(void **state)
{
	(void)state;
	for (int i = 0; i < 300; i++) {
		char label[16];
		snprintf(label, sizeof(label), "%d", i);
		metric_add(metric_with(&many, label), 1);
	}
	metric_add(metric_with(&many, "other"), 1);
	metric_add(metric_with(&many, "0"), 1);
	const char *text = metrics_now();
	assert_non_null(strstr(text, "many_total{n=\"0\"} 2\n"));
	assert_non_null(strstr(text, "many_total{n=\"255\"} 1\nmany_total{n=\"other\"} 45\n"));
	assert_null(strstr(text, "many_total{n=\"256\"}"));
	struct arena *small = arena_new(64);
	assert_null(metrics_text(small));
	arena_free(small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_one_json_object),
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(lines_below_the_level_are_not_written),
		cmocka_unit_test(a_line_names_its_trace),
		cmocka_unit_test(a_long_line_is_cut_at_a_field),
		cmocka_unit_test(metrics_appear_from_the_start_or_at_first_use),
		cmocka_unit_test(children_are_found_again),
		cmocka_unit_test(a_histogram_counts_upwards),
		cmocka_unit_test(too_many_labels_become_other),
	};
	return cmocka_run_group_tests(tests, set_up, 0);
}
