/* What providers tell over HTTP: texts that came in, and what became of messages. Whose it is comes
 * from the token in the address, that it is theirs from the signature, and nothing is thanked for
 * before it is committed. */
#include "edge.h"

#include "base/clock.h"
#include "gateway/signature.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* clang-format off */
#define OF_ORGANISATION " WHERE organisation_id = '" ORGANISATION "'"
#define TEXTER "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'dora', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [{'channel': 'sms', 'value': '+43 660 77700#'}]}}, 'keep': 'dora'}\n" \
	"{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${dora.athlete_id}', 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
#define TEXTS "SELECT string_agg(channel || ' ' || address || ': ' || text || ' (' || understood_as || ')', ', ' ORDER BY received_at, provider_message_id) FROM reminders.inbound_text" OF_ORGANISATION
/* clang-format on */

static int open_edge(void **state)
{
	edge_setup();
	return open_house(state);
}

/* A confirmation is with the provider: its id. Ends with free(). */
static char *hand_over(char number, const char *provider)
{
	char sql[600];
	tells(number, AT("2026-06-01T08:00:00Z"),
	      TEXTER BOOK("visit", "dora", "mira", "2026-06-08T08:00:00Z", "")
		      BOOKED AT("2026-06-01T09:00:00Z"));
	snprintf(sql, sizeof(sql),
		 "INSERT INTO reminders.handover (organisation_id, message_id, attempt, channel, "
		 "provider, address, state, asked_at, changed_at) SELECT organisation_id, "
		 "message_id, 1, 'sms', '%s', address, 'taken', sent_at, sent_at FROM "
		 "reminders.message" OF_ORGANISATION
		 " AND purpose = 'confirmation' RETURNING message_id",
		 provider);
	return value_of(number, sql);
}

/* "/hooks/PROVIDER/TOKEN" of the organisation. Ends with free(). */
static char *hook_of(char number, const char *provider)
{
	char request[64];
	snprintf(request, sizeof(request), "{'provider': '%s'}", provider);
	char *url = edge_reply(number, "lead", "Reminders.GetWebhook", request, "url");
	assert_int_equal(strncmp(url, EDGE_URL "/", strlen(EDGE_URL "/")), 0);
	char *path = strdup(url + strlen(EDGE_URL));
	free(url);
	return path;
}

static char *joined(const char *one, const char *other)
{
	char *both = malloc(strlen(one) + strlen(other) + 1);
	strcpy(both, one);
	return strcat(both, other);
}

static void get(const char *hook, const char *more, const char *line, const char *word)
{
	char *path = joined(hook, more);
	edge_expect(edge_get(path), line, word);
	free(path);
}

static void test_kannel(void **state)
{
	char more[256];
	(void)state;
	char *message = hand_over('1', "kannel"), *hook = hook_of('1', "kannel");
	get(hook, "/text?id=k-1&from=%2B43660777001&text=C&at=1780304400", "HTTP/1.1 200 ",
	    "Content-Length: 0");
	get(hook, "/text?id=k-1&from=%2B43660777001&text=C&at=1780304400", "HTTP/1.1 200 ", "");
	get(hook, "/text?id=k-2&from=0043660777001&text=k%C3%B6nnen%0Dwir+reden%3F",
	    "HTTP/1.1 200 ", "");
	expect('1', TEXTS,
	       "sms +43660777001: C (confirm), sms +43660777001: k\xc3\xb6nnen wir reden? "
	       "(unknown)");
	get(hook, "/text?from=%2B43660777001&text=C", "HTTP/1.1 400 ", "");
	get(hook, "/text?id=k-3&from=&text=C", "HTTP/1.1 400 ", "");

	snprintf(more, sizeof(more), "/delivery?ref=%s&type=4", message);
	get(hook, more, "HTTP/1.1 200 ", "");
	snprintf(more, sizeof(more), "/delivery?ref=%s&type=8&at=1780304000", message);
	get(hook, more, "HTTP/1.1 200 ", "");
	snprintf(more, sizeof(more), "/delivery?ref=%s&type=1", message);
	get(hook, more, "HTTP/1.1 200 ", "");
	expect('1', "SELECT state FROM reminders.handover" OF_ORGANISATION, "delivered");
	snprintf(more, sizeof(more), "/delivery?ref=%s&type=3", message);
	get(hook, more, "HTTP/1.1 400 ", "");
	get(hook, "/delivery?type=1", "HTTP/1.1 400 ", "");
	get(hook,
	    "/delivery?ref="
	    "0195531a-0000-7000-8000-000000000099"
	    "&type=1",
	    "HTTP/1.1 404 ", "");
	free(hook);
	free(message);
}

/* Another provider's token, one letter changed, none: all the same, and nothing is kept. */
static void test_the_token_says_whose_it_is(void **state)
{
	static const char text[] = "/text?id=w-1&from=%2B43660777002&text=STOP";
	(void)state;
	tells('2', AT("2026-06-01T09:00:00Z"), TEXTER);
	char *of_twilio = hook_of('2', "twilio"), *of_kannel = hook_of('2', "kannel");
	char *other = joined("/hooks/kannel/", of_twilio + strlen("/hooks/twilio/"));
	get(other, text, "HTTP/1.1 404 ", "there is nothing here");
	free(other);
	other = strdup(of_kannel);
	char *letter = other + strlen("/hooks/kannel/") + 5;
	*letter = *letter == 'A' ? 'B' : 'A';
	get(other, text, "HTTP/1.1 404 ", "there is nothing here");
	get("/hooks/kannel/x", text, "HTTP/1.1 404 ", "there is nothing here");
	expect('2', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "0");
	/* What the rest of the address says of an organisation is nobody's word. */
	get(of_kannel,
	    "/text?id=w-1&from=%2B43660777002&text=STOP&organisation_id="
	    "0195531a-0000-7000-8000-000000000061",
	    "HTTP/1.1 200 ", "");
	expect('2', TEXTS, "sms +43660777002: STOP (opt_out)");
	expect('1', "SELECT count(*) FROM reminders.opt_out" OF_ORGANISATION, "0");
	free(other);
	free(of_twilio);
	free(of_kannel);
}

/* ---- Twilio ---- */

struct twilio_post {
	const char *path, *body;
	const struct http_field *fields;
	size_t count;
};

static char *post_twilio(const struct twilio_post *post, const char *token)
{
	const struct http_fields form = {post->fields, post->count};
	char signature[SIGNATURE_TWILIO_BYTES], headers[256];
	char *url = joined(EDGE_URL, post->path);
	signature_of_twilio(token, url, &form, signature);
	snprintf(headers, sizeof(headers), EDGE_FORM "X-Twilio-Signature: %s\r\n", signature);
	free(url);
	return edge_post(post->path, headers, post->body);
}

static void test_twilio(void **state)
{
	static const struct http_field text[] = {
		{"MessageSid", "SM1"}, {"From", "+43660777003"}, {"Body", "X please?"}};
	static const struct http_field status[] = {
		{"MessageSid", "SM2"}, {"MessageStatus", "undelivered"}, {"ErrorCode", "30003"}};
	char more[128];
	(void)state;
	char *message = hand_over('3', "twilio"), *hook = hook_of('3', "twilio");
	char *path = joined(hook, "/text");
	struct twilio_post post = {path, "MessageSid=SM1&From=%2B43660777003&Body=X+please%3F",
				   text, 3};
	edge_expect(post_twilio(&post, "54321"), "HTTP/1.1 403 ", "signature");
	edge_expect(edge_post(path, EDGE_FORM, post.body), "HTTP/1.1 403 ", "signature");
	struct twilio_post changed = {path, "MessageSid=SM1&From=%2B43660777003&Body=STOP", text,
				      3};
	edge_expect(post_twilio(&changed, EDGE_TWILIO_TOKEN), "HTTP/1.1 403 ", "signature");
	expect('3', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "0");
	for (int i = 0; i < 2; i++)
		edge_expect(post_twilio(&post, EDGE_TWILIO_TOKEN), "HTTP/1.1 200 ",
			    "<Response></Response>");
	expect('3', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "1");
	free(path);

	snprintf(more, sizeof(more), "/delivery?ref=%s", message);
	path = joined(hook, more);
	post = (struct twilio_post){
		path, "MessageSid=SM2&MessageStatus=undelivered&ErrorCode=30003", status, 3};
	edge_expect(post_twilio(&post, EDGE_TWILIO_TOKEN), "HTTP/1.1 200 ", "text/xml");
	expect('3',
	       "SELECT state || ' ' || provider_ref || ' ' || error_code FROM "
	       "reminders.handover" OF_ORGANISATION,
	       "failed SM2 30003");
	free(path);
	/* The signature is of the whole address: another message's report is another's. */
	path = joined(hook, "/delivery?ref="
			    "0195531a-0000-7000-8000-000000000099");
	edge_expect(edge_post(path, EDGE_FORM, post.body), "HTTP/1.1 403 ", "");
	free(path);
	free(hook);
	free(message);
}

/* ---- Signed ---- */

static char *post_signed(const char *path, const char *secret, int64_t at_us, const char *body)
{
	char timestamp[24], signature[SIGNATURE_BODY_BYTES], headers[256];
	snprintf(timestamp, sizeof(timestamp), "%lld", (long long)(at_us / CLOCK_SECOND_US));
	signature_of_body(secret, timestamp, body, strlen(body), signature);
	snprintf(headers, sizeof(headers),
		 EDGE_JSON "X-Soleus-Timestamp: %s\r\nX-Soleus-Signature: %s\r\n", timestamp,
		 signature);
	return edge_post(path, headers, body);
}

static void test_signed(void **state)
{
	static const char text[] = "{\"id\": \"s-1\", \"from\": \"+43660777004\", \"channel\": "
				   "\"sms\", \"text\": \"C\"}";
	char body[256];
	(void)state;
	char *message = hand_over('4', "webhook"), *hook = hook_of('4', "webhook");
	char *secret = edge_reply('4', "lead", "Reminders.GetWebhook", "{'provider': 'webhook'}",
				  "secret");
	char *path = joined(hook, "/text"), *delivery = joined(hook, "/delivery");
	int64_t now_us = clock_now_us();
	edge_expect(post_signed(path, "guessed", now_us, text), "HTTP/1.1 403 ", "signature");
	edge_expect(edge_post(path, EDGE_JSON, text), "HTTP/1.1 403 ", "signature");
	/* Heard, and said again six minutes later. */
	edge_expect(post_signed(path, secret, now_us - 6 * CLOCK_MINUTE_US, text), "HTTP/1.1 403 ",
		    "signature");
	expect('4', "SELECT count(*) FROM reminders.inbound_text" OF_ORGANISATION, "0");
	for (int i = 0; i < 2; i++)
		edge_expect(post_signed(path, secret, now_us, text), "HTTP/1.1 200 ", "{}");
	expect('4', TEXTS, "sms +43660777004: C (confirm)");
	edge_expect(edge_post(path, EDGE_FORM, text), "HTTP/1.1 415 ", "application/json");
	static const char *const broken[] = {"",
					     "[]",
					     "{",
					     "{} {}",
					     "{\"id\": 1}",
					     "'C'",
					     "{\"id\": \"a\\u0000b\", \"from\": \"+43660777004\"}",
					     "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}"};
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		edge_expect(post_signed(path, secret, now_us, broken[i]), "HTTP/1.1 400 ", "");

	snprintf(body, sizeof(body), "{\"message_id\": \"%s\", \"outcome\": \"rejected\"}",
		 message);
	edge_expect(post_signed(delivery, secret, now_us, body), "HTTP/1.1 200 ", "{}");
	expect('4', "SELECT state FROM reminders.handover" OF_ORGANISATION, "rejected");
	snprintf(body, sizeof(body), "{\"message_id\": \"%s\", \"outcome\": \"\"}", message);
	edge_expect(post_signed(delivery, secret, now_us, body), "HTTP/1.1 400 ", "");
	free(path);
	free(delivery);
	free(secret);
	free(hook);
	free(message);
}

/* While reminders hangs nothing is thanked for; told again afterwards, it is one text. */
static void test_nothing_is_lost_while_reminders_hangs(void **state)
{
	static const char text[] = "/text?id=h-1&from=%2B43660777005&text=STOP";
	(void)state;
	tells('5', AT("2026-06-01T09:00:00Z"), TEXTER);
	char *hook = hook_of('5', "kannel");
	pid_t reminders = house_pid(house, "reminders");
	assert_int_equal(kill(reminders, SIGSTOP), 0);
	get(hook, text, "HTTP/1.1 503 ", "Retry-After: ");
	assert_int_equal(kill(reminders, SIGCONT), 0);
	get(hook, text, "HTTP/1.1 200 ", "");
	expect('5', TEXTS, "sms +43660777005: STOP (opt_out)");
	free(hook);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kannel),
		cmocka_unit_test(test_the_token_says_whose_it_is),
		cmocka_unit_test(test_twilio),
		cmocka_unit_test(test_signed),
		cmocka_unit_test(test_nothing_is_lost_while_reminders_hangs),
	};
	return cmocka_run_group_tests_name("webhooks", tests, open_edge, close_house);
}
