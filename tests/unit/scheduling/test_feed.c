/* Subscribed calendars: addresses that are taken, and when they are asked again. */
#include "scheduling/rules/feed.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <string.h>

static const struct {
	const char *url;
	const char *asked; /* NULL: not taken */
} urls[] = {
	{"https://example.org/a.ics", "https://example.org/a.ics"},
	{"HTTP://example.org/a.ics?key=1", "http://example.org/a.ics?key=1"},
	{"webcal://example.org/a.ics", "https://example.org/a.ics"},
	{"webcals://example.org/a.ics", "https://example.org/a.ics"},
	{"", 0},
	{"https://", 0},
	{"https:///a.ics", 0},
	{"example.org/a.ics", 0},
	{"file:///etc/passwd", 0},
	{"ftp://example.org/a.ics", 0},
	{"https://example.org/a b.ics", 0},
	{"https://example.org/a\r\nHost: other", 0},
};

static void takes_addresses(void **state)
{
	(void)state;
	char asked[FEED_URL_BYTES + 1], large[FEED_URL_BYTES + 2];
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		bool taken = feed_url(urls[i].url, asked);
		if (taken != (urls[i].asked != 0))
			fail_msg("%s", urls[i].url);
		assert_string_equal(asked, taken ? urls[i].asked : "");
	}
	memset(large, 'a', sizeof(large));
	memcpy(large, "https://", 8);
	large[FEED_URL_BYTES + 1] = '\0';
	assert_false(feed_url(large, asked));
	large[FEED_URL_BYTES] = '\0';
	assert_true(feed_url(large, asked));
}

static void waits_longer_after_each_failure(void **state)
{
	(void)state;
	static const int64_t minutes[] = {60, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440};
	for (int32_t failures = 0; failures < 12; failures++)
		assert_int_equal(feed_pause_us(failures), minutes[failures] * 60000000);
	assert_int_equal(feed_pause_us(INT32_MAX), minutes[11] * 60000000);
}

static void asks_for_the_whole_once_a_week(void **state)
{
	(void)state;
	const int64_t day = INT64_C(86400) * 1000000, thursday = 20000 / 7 * 7 * day;
	assert_false(feed_asks_whole(thursday, thursday + 7 * day - 1));
	assert_true(feed_asks_whole(thursday, thursday + 7 * day));
	assert_true(feed_asks_whole(thursday - 1, thursday));
	assert_true(feed_asks_whole(0, thursday)); /* never read */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_addresses),
		cmocka_unit_test(waits_longer_after_each_failure),
		cmocka_unit_test(asks_for_the_whole_once_a_week),
	};
	return cmocka_run_group_tests(tests, 0, 0);
}
