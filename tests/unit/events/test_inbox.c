/* What a consumer keeps until it looks: bounded, in order, or nothing at all. */
#include "events/backoff.h"
#include "events/inbox.h"
#include "events/position.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool put(struct inbox *inbox, const char *text)
{
	return inbox_put(inbox, (const uint8_t *)text, strlen(text));
}

static void assert_first(const struct inbox *inbox, const char *text)
{
	size_t length = 0;
	const uint8_t *bytes = inbox_peek(inbox, &length);
	assert_non_null(bytes);
	assert_int_equal(length, strlen(text));
	assert_memory_equal(bytes, text, length);
}

static void keeps_the_order(void **state)
{
	struct inbox inbox = {0};
	size_t length;
	(void)state;
	assert_null(inbox_peek(&inbox, &length));
	assert_true(put(&inbox, "one"));
	assert_true(put(&inbox, ""));
	assert_true(put(&inbox, "three"));
	assert_first(&inbox, "one");
	inbox_drop(&inbox);
	assert_first(&inbox, "");
	inbox_drop(&inbox);
	assert_true(put(&inbox, "four"));
	assert_first(&inbox, "three");
	inbox_drop(&inbox);
	assert_first(&inbox, "four");
	inbox_drop(&inbox);
	assert_null(inbox_peek(&inbox, &length));
	assert_int_equal(inbox.bytes, 0);
}

static void forgets_all_beyond_its_count(void **state)
{
	struct inbox inbox = {0};
	(void)state;
	for (int i = 0; i < INBOX_EVENTS_MAX; i++)
		assert_true(put(&inbox, "event"));
	assert_false(put(&inbox, "one too many"));
	assert_int_equal(inbox.count, 0);
	assert_true(put(&inbox, "and on it goes"));
	inbox_clear(&inbox);
}

static void forgets_all_beyond_its_bytes(void **state)
{
	struct inbox inbox = {0};
	size_t half = INBOX_BYTES_MAX / 2;
	uint8_t *bytes = calloc(1, half + 1);
	(void)state;
	assert_true(inbox_put(&inbox, bytes, half));
	assert_true(inbox_put(&inbox, bytes, half));
	assert_int_equal(inbox.bytes, INBOX_BYTES_MAX);
	assert_false(inbox_put(&inbox, bytes, 1));
	assert_int_equal(inbox.bytes, 0);
	assert_false(inbox_put(&inbox, bytes, SIZE_MAX));
	inbox_clear(&inbox);
	free(bytes);
}

static void waits_longer_each_time(void **state)
{
	struct backoff backoff = {50, 2000, 0};
	static const int64_t expected[] = {50, 100, 200, 400, 800, 1600, 2000, 2000};
	(void)state;
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
			int64_t wait = backoff_next(&backoff);
			assert_in_range(wait, expected[i], expected[i] + expected[i] / 4);
		}
		backoff_reset(&backoff);
	}
}

static void orders_by_transaction_first(void **state)
{
	struct position zero = {0}, a = {7, 9}, b = {8, 2}, c = {8, 3};
	struct position far = {UINT64_MAX, 0};
	(void)state;
	assert_true(position_before(zero, a));
	assert_true(position_before(a, b));
	assert_true(position_before(b, c));
	assert_false(position_before(c, b));
	assert_false(position_before(b, b));
	assert_true(position_before(c, far));
	assert_true(position_is(b, (struct position){8, 2}));
	assert_false(position_is(b, c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(forgets_all_beyond_its_count),
		cmocka_unit_test(forgets_all_beyond_its_bytes),
		cmocka_unit_test(waits_longer_each_time),
		cmocka_unit_test(orders_by_transaction_first),
	};
	return cmocka_run_group_tests_name("events_inbox", tests, NULL, NULL);
}
