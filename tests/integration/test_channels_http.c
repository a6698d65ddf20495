/* Twilio and a webhook, stood in for by the test: what is asked, what is understood of the answer,
 * what follows from a lost one. */
#include "callbacks.h"
#include "sendings.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TWILIO   "/2010-04-01/Accounts/AC1/Messages.json"
#define PATIENCE 5000

static struct callbacks *stand_in;
static char last_text[1000]; /* that Twilio was given and never answered */
static unsigned webhook_answers;
static const int later_answers[] = {0, 503, 202, 202}; /* to dora5@: the first is lost */
static unsigned later_count;

/* Numbers say what becomes of them. The list has what was taken without an answer. */
static int answer(const struct callback *callback, char *ret_body, size_t bytes)
{
	if (strstr(callback->body, "dora5@"))
		return later_answers[later_count++ % 4];
	if (strcmp(callback->path, "/hook") == 0)
		return webhook_answers++ == 0 ? 503 : 202;
	if (strcmp(callback->method, "GET") == 0) {
		snprintf(ret_body, bytes,
			 "{\"messages\": [{\"sid\": \"SM0\", \"body\": \"another\"}, {\"sid\": "
			 "\"SM7\", \"body\": \"%s\"}]}",
			 last_text);
		return 200;
	}
	if (strstr(callback->body, "660999002")) {
		snprintf(ret_body, bytes, "{\"code\": 21610, \"message\": \"unsubscribed\"}");
		return 400;
	}
	if (strstr(callback->body, "660999003") && !last_text[0])
		return 0;
	snprintf(ret_body, bytes, "{\"sid\": \"SM1\", \"status\": \"queued\"}");
	return 201;
}

static int open_all(void **state)
{
	char settings[1000];
	stand_in = callbacks_open(answer);
	snprintf(settings, sizeof(settings),
		 "SOLEUS_SMS=twilio SOLEUS_TWILIO_URL=%s SOLEUS_TWILIO_ACCOUNT=AC1 "
		 "SOLEUS_TWILIO_TOKEN=token SOLEUS_TWILIO_FROM=+4312345 "
		 "SOLEUS_EMAIL=webhook SOLEUS_WEBHOOK_URL=%s/hook "
		 "SOLEUS_WEBHOOK_SECRET=a-secret-of-the-house",
		 callbacks_url(stand_in), callbacks_url(stand_in));
	setenv("STACK_PUBLIC_URL", "https://soleus.example.org", 1);
	setenv("STACK_REMINDERS", settings, 1);
	return open_house(state);
}

static int close_all(void **state)
{
	int code = close_house(state);
	callbacks_close(stand_in);
	return code;
}

static void test_twilio_takes_a_message(void **state)
{
	(void)state;
	tells('1', AT("2026-06-07T08:00:00Z"),
	      DORA(POINT("sms", "+43660999001")) CONSENTS("sms") VISIT AT("2026-06-07T08:02:00Z"));
	const struct callback *call = callbacks_next(stand_in, TWILIO, PATIENCE);
	assert_non_null(call);
	/* AC1:token */
	assert_string_equal(callback_header(call, "Authorization"), "Basic QUMxOnRva2Vu");
	assert_string_equal(callback_value(call, "To"), "%2B43660999001");
	assert_string_equal(callback_value(call, "From"), "%2B4312345");
	const char *reports = callback_value(call, "StatusCallback");
	assert_non_null(strstr(reports, "soleus.example.org%2Fhooks%2Ftwilio%2F"));
	assert_non_null(strstr(reports, "%2Fdelivery%3Fref%3D"));
	expect('1', HANDOVERS, "twilio taken ");
	expect('1', "SELECT provider_ref FROM reminders.handover" OF_DORA, "SM1");
}

static void test_who_told_twilio_to_stop_has_opted_out(void **state)
{
	(void)state;
	tells('2', AT("2026-06-07T09:00:00Z"),
	      DORA(POINT("sms", "+43660999002")) CONSENTS("sms") VISIT AT("2026-06-07T09:02:00Z"));
	expect('2', HANDOVERS, "twilio refused 21610");
	expect('2', "SELECT address || ' ' || opted_out FROM reminders.opt_out" OF_DORA,
	       "+43660999002 true");
	expect('2', TASKS, "message_not_sent");
}

/* The first time Twilio hangs up: it has the message, and its list says so. */
static void test_a_lost_answer_is_asked_for(void **state)
{
	(void)state;
	tells('3', AT("2026-06-07T10:00:00Z"),
	      DORA(POINT("sms", "+43660999003")) CONSENTS("sms") VISIT AT("2026-06-07T10:00:10Z"));
	expect('3', HANDOVERS, "twilio asked ");
	const struct callback *call;
	do
		call = callbacks_next(stand_in, TWILIO, PATIENCE);
	while (call && !strstr(call->body, "660999003"));
	assert_non_null(call);
	/* As it is in the form, decoded. */
	const char *from = callback_value(call, "Body");
	size_t length = 0;
	for (; *from; from++) {
		unsigned byte;
		if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
			last_text[length++] = (char)byte;
			from += 2;
		} else {
			last_text[length++] = *from;
		}
	}
	steps('3', AT("2026-06-07T10:02:00Z"));
	expect('3', HANDOVERS, "twilio taken ");
	expect('3', "SELECT provider_ref FROM reminders.handover" OF_DORA, "SM7");
	expect('3', "SELECT state FROM reminders.message" OF_DORA " AND purpose = 'confirmation'",
	       "sent");
}

static void test_a_webhook_is_signed_and_has_one_key(void **state)
{
	(void)state;
	tells('4', AT("2026-06-07T11:00:00Z"),
	      DORA(POINT("email", "dora4@example.org")) CONSENTS("email")
		      VISIT AT("2026-06-07T11:02:00Z"));
	char *message = value_of('4', "SELECT message_id FROM reminders.message" OF_DORA
				      " AND purpose = 'confirmation'");
	for (int i = 0; i < 2; i++) {
		const struct callback *call = callbacks_next(stand_in, "/hook", PATIENCE);
		unsigned char mac[crypto_auth_hmacsha256_BYTES];
		char signature[2 * sizeof(mac) + 1], whole[5000];
		crypto_auth_hmacsha256_state hash;
		assert_non_null(call);
		assert_string_equal(callback_header(call, "Idempotency-Key"), message);
		snprintf(whole, sizeof(whole), "%s.%s", callback_header(call, "X-Soleus-Timestamp"),
			 call->body);
		crypto_auth_hmacsha256_init(&hash, (const unsigned char *)"a-secret-of-the-house",
					    strlen("a-secret-of-the-house"));
		crypto_auth_hmacsha256_update(&hash, (const unsigned char *)whole, strlen(whole));
		crypto_auth_hmacsha256_final(&hash, mac);
		sodium_bin2hex(signature, sizeof(signature), mac, sizeof(mac));
		assert_string_equal(callback_header(call, "X-Soleus-Signature") + strlen("sha256="),
				    signature);
		assert_non_null(strstr(call->body, "\"to\":\"dora4@example.org\""));
	}
	expect('4', HANDOVERS, "webhook refused 503, webhook taken ");
	free(message);
}

/* clang-format off */
#define CONFIRMATIONS OF_DORA " AND message_id IN (SELECT message_id FROM reminders.message" OF_DORA " AND purpose = 'confirmation')"
#define TOGETHER "WITH waiting AS (UPDATE reminders.queue SET due_at = '2026-06-07T12:05Z'" CONFIRMATIONS " RETURNING message_id) UPDATE reminders.planned_message SET due_at = '2026-06-07T12:05Z'" CONFIRMATIONS
/* clang-format on */

static const char *text_of(const struct callback *call)
{
	return strstr(call->body, "\"text\"");
}

/* The provider makes one of two with the same key: what joined the text later would never come. */
static void test_nothing_joins_a_text_whose_answer_was_lost(void **state)
{
	(void)state;
	const struct callback *calls[4];
	tells('5', AT("2026-06-07T12:00:00Z"),
	      DORA(POINT("email", "dora5@example.org")) CONSENTS("email")
		      VISIT AT("2026-06-07T12:00:10Z")
			      BOOK("visit", "dora", "mira", "2026-06-15T10:00:00Z", "")
				      BOOKED AT("2026-06-07T12:00:20Z"));
	free(value_of('5', TOGETHER));
	steps('5', AT("2026-06-07T12:06:00Z"));
	for (int i = 0; i < 4; i++) {
		calls[i] = callbacks_next(stand_in, "/hook", PATIENCE);
		assert_non_null(calls[i]);
	}
	/* Of one moment they come in the order of their ids. */
	bool is_turned = strcmp(text_of(calls[2]), text_of(calls[0])) != 0;
	assert_string_equal(text_of(calls[2]), text_of(calls[is_turned ? 1 : 0]));
	assert_string_equal(text_of(calls[3]), text_of(calls[is_turned ? 0 : 1]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_twilio_takes_a_message),
		cmocka_unit_test(test_who_told_twilio_to_stop_has_opted_out),
		cmocka_unit_test(test_a_lost_answer_is_asked_for),
		cmocka_unit_test(test_a_webhook_is_signed_and_has_one_key),
		cmocka_unit_test(test_nothing_joins_a_text_whose_answer_was_lost),
	};
	return cmocka_run_group_tests_name("channels over HTTP", tests, open_all, close_all);
}
