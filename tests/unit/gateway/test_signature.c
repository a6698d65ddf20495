/* Signatures of providers, by examples that others have made. */
#include "gateway/signature.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The example of Twilio's own documentation of webhook security. */
#define TOKEN     "12345"
#define URL       "https://mycompany.com/myapp.php?foo=1&bar=2"
#define SIGNATURE "RSOYDt4T1cUTdK1PDd93/VVr8B8="

static const struct http_field call[] = {
	{"CallSid", "CA1234567890ABCDE"}, {"Digits", "1234"},         {"From", "+14158675309"},
	{"To", "+18005551212"},           {"Caller", "+14158675309"},
};

static void twilio(void **state)
{
	const struct http_fields form = {call, 5}, fewer = {call, 4}, none = {call, 0};
	(void)state;
	assert_true(signature_is_twilio(SIGNATURE, TOKEN, URL, &form));
	assert_false(signature_is_twilio(SIGNATURE, "12346", URL, &form));
	assert_false(signature_is_twilio(SIGNATURE, TOKEN, "http://mycompany.com/", &form));
	assert_false(signature_is_twilio(SIGNATURE, TOKEN, URL, &fewer));
	assert_false(signature_is_twilio(SIGNATURE, TOKEN, URL, &none));
	assert_false(signature_is_twilio("RSOYDt4T1cUTdK1PDd93/VVr8B8", TOKEN, URL, &form));
	assert_false(signature_is_twilio("", TOKEN, URL, &form));
	assert_false(signature_is_twilio(NULL, TOKEN, URL, &form));
}

/* As `printf '1772438400.{"a": 1}' | openssl dgst -sha256 -hmac Jefe` has it. */
static void body(void **state)
{
	char signature[SIGNATURE_BODY_BYTES];
	(void)state;
	signature_of_body("Jefe", "1772438400", "{\"a\": 1}", 8, signature);
	assert_string_equal(
		signature,
		"sha256=c23a66b22bec55a4930e5a20205673b042a4bb65e5d4f1cad364e6cd352c2a11");
}

static void a_body_is_signed_now(void **state)
{
	static const struct {
		const char *name, *timestamp;
		int64_t now_s;
		bool taken;
	} cases[] = {
		{"now", "1772438400", 1772438400, true},
		{"a little later", "1772438400", 1772438700, true},
		{"a clock that is ahead", "1772438400", 1772438100, true},
		{"replayed", "1772438400", 1772438701, false},
		{"of tomorrow", "1772438400", 1772352000, false},
		{"signed", "+1772438400", 1772438400, false},
		{"empty", "", 1772438400, false},
		{"far too long", "177243840000000000000000", 1772438400, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char signature[SIGNATURE_BODY_BYTES];
		signature_of_body("secret", cases[i].timestamp, "{}", 2, signature);
		if (signature_is_of_body(signature, "secret", cases[i].timestamp, "{}", 2,
					 cases[i].now_s * CLOCK_SECOND_US) != cases[i].taken)
			fail_msg("%s is %s", cases[i].name, cases[i].taken ? "refused" : "taken");
	}
	char signature[SIGNATURE_BODY_BYTES];
	int64_t now_us = INT64_C(1772438400) * CLOCK_SECOND_US;
	signature_of_body("secret", "1772438400", "{}", 2, signature);
	assert_false(signature_is_of_body(signature, "other", "1772438400", "{}", 2, now_us));
	assert_false(signature_is_of_body(signature, "secret", "1772438401", "{}", 2, now_us));
	assert_false(signature_is_of_body(signature, "secret", "1772438400", "[]", 2, now_us));
	assert_false(signature_is_of_body(signature + 1, "secret", "1772438400", "{}", 2, now_us));
	assert_false(signature_is_of_body(NULL, "secret", "1772438400", "{}", 2, now_us));
	assert_false(signature_is_of_body(signature, "secret", NULL, "{}", 2, now_us));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twilio),
		cmocka_unit_test(body),
		cmocka_unit_test(a_body_is_signed_now),
	};
	return cmocka_run_group_tests_name("gateway_signature", tests, NULL, NULL);
}
