/* Tokens: read as they were written, and nothing else. */
#include "daemon/signed_link.h"

#include "base/clock.h"
#include "daemon/daemon_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ENDS INT64_C(1772438400000000)

static const struct daemon daemon_of_key = {
	.settings = {.secret_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"}};

static const struct signed_link ours = {
	.ids = {"0195531a-0000-7000-8000-0000000000f1", "0195531a-0000-7000-8000-0000000000f2",
		"0195531a-0000-7000-8000-0000000000f3"},
	.ends_at = ENDS,
};

static void read_as_written(void **state)
{
	static const size_t letters[] = {0, 54, 75, 96};
	struct arena *arena = arena_new(1 << 16);
	(void)state;
	for (unsigned ids = 1; ids <= SIGNED_LINK_IDS_MAX; ids++) {
		struct signed_link_key key;
		struct signed_link read = {0};
		signed_link_open(&daemon_of_key, "tests", ids, &key);
		const char *token = signed_link_write(arena, &key, &ours);
		assert_int_equal(strlen(token), letters[ids]);
		assert_true(signed_link_read(&key, token, ENDS - 1, &read));
		for (unsigned i = 0; i < ids; i++)
			assert_string_equal(read.ids[i], ours.ids[i]);
		assert_int_equal(read.ends_at, ENDS);
		assert_false(signed_link_read(&key, token, ENDS, &read));
	}
	arena_free(arena);
}

/* Each letter changed to each other one, one letter less and one more. */
static void nothing_else_is_read(void **state)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/%. ";
	struct arena *arena = arena_new(1 << 16);
	struct signed_link_key key;
	struct signed_link read;
	char other[128];
	(void)state;
	signed_link_open(&daemon_of_key, "tests", 2, &key);
	const char *token = signed_link_write(arena, &key, &ours);
	for (size_t at = 0; token[at]; at++) {
		for (const char *letter = alphabet; *letter; letter++) {
			strcpy(other, token);
			other[at] = *letter;
			assert_int_equal(signed_link_read(&key, other, 0, &read),
					 *letter == token[at]);
		}
	}
	strcpy(other, token);
	strcat(other, "A");
	assert_false(signed_link_read(&key, other, 0, &read));
	other[strlen(token) - 1] = '\0';
	assert_false(signed_link_read(&key, other, 0, &read));
	assert_false(signed_link_read(&key, "", 0, &read));
	arena_free(arena);
}

static void of_one_purpose_and_one_key(void **state)
{
	struct daemon another = daemon_of_key;
	struct arena *arena = arena_new(1 << 16);
	struct signed_link_key key, elsewhere;
	struct signed_link read;
	(void)state;
	signed_link_open(&daemon_of_key, "tests", 2, &key);
	const char *token = signed_link_write(arena, &key, &ours);
	signed_link_open(&daemon_of_key, "other tests", 2, &elsewhere);
	assert_false(signed_link_read(&elsewhere, token, 0, &read));
	another.settings.secret_key = "%q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
	signed_link_open(&another, "tests", 2, &elsewhere);
	assert_false(signed_link_read(&elsewhere, token, 0, &read));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_as_written),
		cmocka_unit_test(nothing_else_is_read),
		cmocka_unit_test(of_one_purpose_and_one_key),
	};
	return cmocka_run_group_tests_name("signed_link", tests, NULL, NULL);
}
