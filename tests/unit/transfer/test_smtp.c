/* What cannot become a mail is refused before anybody is asked. */
#include "transfer/smtp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_addresses(void **state)
{
	static const struct {
		const char *address;
		bool good;
	} table[] = {
		{"ana@example.org", true},
		{"ana+visits@mail.example.org", true},
		{"ana", false},
		{"@example.org", false},
		{"ana@", false},
		{"ana@example.org>\r\nRCPT TO:<eve@example.org", false},
		{"ana@example.org eve@example.org", false},
		{"ana@example.org,eve@example.org", false},
		{"<ana@example.org>", false},
		{"\"ana\"@example.org", false},
		{"än@example.org", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (smtp_address_is_good(table[i].address) != table[i].good)
			fail_msg("%s", table[i].address);
}

struct refusal {
	struct transfer *transfer;
	struct arena *arena;
};

static void refuses(struct refusal *refusal, struct smtp_mail mail)
{
	/* Nobody listens there: a mail that went out would fail in another way. */
	const struct smtp_server server = {.url = "smtp://127.0.0.1:1"};
	int code = -1;
	struct status status = smtp_send(refusal->transfer, refusal->arena, &server, &mail, &code);
	assert_int_equal(status.code, STATUS_INVALID_ARGUMENT);
	assert_int_equal(code, 0);
}

static void play(void *argument)
{
	struct refusal *refusal = argument;
	const struct transfer_options options = {.loop = loop_current(), .private_addresses = true};
	const struct http_header bad[] = {{"List-Unsubscribe", "<x>\nBcc: eve@example.org"},
					  {NULL, NULL}};
	const struct smtp_mail usual = {
		.from = "clinic@example.org",
		.from_name = "Prater",
		.to = "ana@example.org",
		.subject = "Your visit",
		.message_id = "1@example.org",
		.text = "See you.",
	};
	assert_true(status_is_ok(transfer_open(&options, &refusal->transfer)));
	struct smtp_mail mail = usual;
	mail.subject = "Hello\r\nBcc: eve@example.org";
	refuses(refusal, mail);
	mail = usual;
	mail.from_name = "Prater\nBcc: eve@example.org";
	refuses(refusal, mail);
	mail = usual;
	mail.from_name = "Prater <eve@example.org>";
	refuses(refusal, mail);
	mail = usual;
	mail.message_id = "1\r\n";
	refuses(refusal, mail);
	mail = usual;
	mail.headers = bad;
	refuses(refusal, mail);
	mail = usual;
	mail.to = "ana@example.org\r\nDATA";
	refuses(refusal, mail);
	/* The same without a fault is asked, and nobody is there. */
	const struct smtp_server server = {.url = "smtp://127.0.0.1:1"};
	int code = -1;
	assert_int_equal(smtp_send(refusal->transfer, refusal->arena, &server, &usual, &code).code,
			 STATUS_UNAVAILABLE);
	loop_stop_begin(loop_current());
}

static void test_headers_that_end_their_line(void **state)
{
	(void)state;
	struct loop *loop = loop_new();
	struct refusal refusal = {.arena = arena_new((size_t)1 << 20)};
	assert_true(status_is_ok(fiber_start(play, &refusal)));
	assert_true(status_is_ok(loop_run(loop)));
	assert_true(loop_free(loop));
	fiber_trim();
	arena_free(refusal.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_headers_that_end_their_line),
	};
	return cmocka_run_group_tests_name("smtp", tests, NULL, NULL);
}
