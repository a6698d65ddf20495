/* SMS and mail end to end: Kannel with its fake centre, Exim, and what comes back from Kannel,
 * which the test passes on as the gateway does. */
#include "callbacks.h"
#include "providers.h"
#include "sendings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 10000

static struct callbacks *callbacks;
static struct providers *providers;

/* The second centre takes nothing but for one number, and of that one nothing is heard again. */
static int answer(const struct callback *callback, char *ret_body, size_t bytes)
{
	if (strcmp(callback->path, "/centre") != 0)
		return 200;
	snprintf(ret_body, bytes, "0: Accepted for delivery");
	return strstr(callback->query, "+43199888003") ? 202 : 400;
}

static int open_all(void **state)
{
	char settings[1200], port[16], public_url[64];
	callbacks = callbacks_open(answer);
	providers = providers_open(callbacks_url(callbacks));
	if (!providers)
		return 1;
	snprintf(settings, sizeof(settings),
		 "SOLEUS_SMS=kannel SOLEUS_KANNEL_URL=http://127.0.0.1:%d/cgi-bin/sendsms "
		 "SOLEUS_KANNEL_USER=soleus SOLEUS_KANNEL_PASSWORD=secret SOLEUS_KANNEL_FROM=13013 "
		 "SOLEUS_EMAIL=smtp "
		 "SOLEUS_SMTP_URL=smtp://127.0.0.1:%d SOLEUS_SMTP_STARTTLS=false "
		 "SOLEUS_SMTP_FROM=clinic@example.org SOLEUS_SMTP_FROM_NAME=Prater "
		 "SOLEUS_SMTP_UNSUBSCRIBE=stop@example.org",
		 providers->sendsms_port, providers->mail_port);
	snprintf(port, sizeof(port), "%d", providers_free_port());
	snprintf(public_url, sizeof(public_url), "http://127.0.0.1:%s", port);
	setenv("STACK_HTTP_PORT", port, 1);
	setenv("STACK_PUBLIC_URL", public_url, 1);
	setenv("STACK_REMINDERS", settings, 1);
	return open_house(state);
}

static int close_all(void **state)
{
	int code = close_house(state);
	providers_close(providers);
	callbacks_close(callbacks);
	return code;
}

/* ---- What comes back ---- */

/* Reports come by Kannel's clock, not by the story's. */
static void await(char number, const char *sql, const char *expected)
{
	char *value = value_of(number, sql);
	for (int i = 0; i < PATIENCE_MS / 20 && strcmp(value, expected) != 0; i++) {
		free(value);
		usleep(20000);
		value = value_of(number, sql);
	}
	free(value);
	expect(number, sql, expected);
}

#define DELIVERED "SELECT count(*) FROM reminders.handover" OF_DORA " AND state = 'delivered'"

static void pass_text(char number, const char *from, const char *words, const char *understood)
{
	char step[700], id[100];
	providers_text(providers, from, words);
	const struct callback *call;
	do {
		call = callbacks_next(callbacks, "/text", PATIENCE_MS);
		assert_non_null(call);
	} while (strcmp(callback_value(call, "from"), from) != 0);
	snprintf(id, sizeof(id), "%s", callback_value(call, "id"));
	snprintf(
		step, sizeof(step),
		"{'call': 'Reminders.ReceiveText', 'as': 'operator', 'organisation': '" ORGANISATION
		"', 'with': {'provider_message_id': '%s', 'from': '%s', 'channel': 'sms', 'text': "
		"'%s'}, 'expect': {'understood_as': '%s'}}\n",
		id, from, callback_value(call, "text"), understood);
	steps(number, step);
}

/* ---- ---- */

static void test_an_sms_is_sent_delivered_and_answered(void **state)
{
	(void)state;
	tells('1', AT("2026-06-07T14:00:00Z"),
	      DORA(POINT("sms", "+43660888001")) CONSENTS("sms") VISIT AT("2026-06-07T14:02:00Z"));
	await('1', HANDOVERS, "kannel delivered ");
	pass_text('1', "+43660888001", "STOP", "opt_out");
	await('1', DELIVERED, "2"); /* with what confirms the opt-out */
	expect('1', "SELECT opted_out FROM reminders.opt_out" OF_DORA, "t");
	expect('1',
	       "SELECT string_agg(DISTINCT why, ',') FROM reminders.message" OF_DORA
	       " AND state = 'suppressed'",
	       "the number has opted out");
	pass_text('1', "+43660888001", "START", "opt_in");
	await('1', DELIVERED, "3");
	expect('1', "SELECT opted_out FROM reminders.opt_out" OF_DORA, "f");
	steps('1', AT("2026-06-13T09:00:00Z"));
	expect('1', "SELECT state FROM reminders.message" OF_DORA " AND purpose = 'reminder_48h'",
	       "sent");
	await('1', DELIVERED, "4");
}

static void assert_has(const char *mail, const char *words)
{
	if (!strstr(mail, words))
		fail_msg("\"%s\" is not in:\n%s", words, mail);
}

static void test_an_sms_that_fails_goes_on_as_mail(void **state)
{
	(void)state;
	tells('2', AT("2026-06-07T08:00:00Z"),
	      DORA(POINT("sms", "+43199888002") ", " POINT("email", "dora2@example.org"))
		      CONSENTS("sms") CONSENTS("email") VISIT AT("2026-06-07T08:02:00Z"));
	await('2', HANDOVERS, "kannel rejected , smtp taken ");
	char *mail = providers_mail(providers, "dora2@example.org");
	assert_has(mail, "Subject: prater: Your visit is booked\n");
	assert_has(mail, "From: Prater <clinic@example.org>\n");
	assert_has(mail, "List-Unsubscribe: <http://127.0.0.1:");
	assert_has(mail, "<mailto:stop@example.org?subject=STOP>\n");
	assert_has(mail, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n");
	assert_has(mail, "Content-Type: multipart/mixed");
	assert_has(mail, "Content-Type: text/calendar; charset=utf-8; method=REQUEST");
	char *message = value_of('2', "SELECT message_id FROM reminders.message" OF_DORA
				      " AND purpose = 'confirmation'");
	char id[100];
	snprintf(id, sizeof(id), "Message-ID: <%s.clinic@example.org>", message);
	assert_has(mail, id);
	expect('2',
	       "SELECT string_agg(d.outcome || ' ' || d.channel, ', ' ORDER BY d.at, d.outcome) "
	       "FROM "
	       "reminders.delivery d JOIN reminders.message m USING (organisation_id, "
	       "message_id)" OF_DORA " AND m.purpose = 'confirmation' AND d.outcome <> 'deferred'",
	       "rejected sms, sent email");
	free(message);
	free(mail);
}

static void test_no_report_in_time_goes_on_as_mail(void **state)
{
	(void)state;
	tells('3', AT("2026-06-07T09:00:00Z"),
	      DORA(POINT("sms", "+43199888003") ", " POINT("email", "dora3@example.org"))
		      CONSENTS("sms") CONSENTS("email") VISIT AT("2026-06-07T09:29:00Z"));
	await('3', HANDOVERS, "kannel submitted ");
	steps('3', AT("2026-06-07T09:32:00Z"));
	expect('3', HANDOVERS, "kannel submitted , smtp taken ");
	/* Mail is not reported: that was the last channel. */
	steps('3', AT("2026-06-07T11:00:00Z"));
	expect('3', HANDOVERS, "kannel submitted , smtp taken ");
	free(providers_mail(providers, "dora3@example.org"));
}

static void test_a_mailbox_that_is_gone_leaves_a_task(void **state)
{
	(void)state;
	tells('4', AT("2026-06-07T12:00:00Z"),
	      DORA(POINT("email", "gone@example.org")) CONSENTS("email")
		      VISIT AT("2026-06-07T12:02:00Z"));
	expect('4', HANDOVERS, "smtp refused 550");
	expect('4', STATE_OF("confirmation"),
	       "suppressed: smtp did not take it: permanent, code 550");
	expect('4', TASKS, "message_not_sent");
}

static void test_a_mailbox_that_is_full_is_tried_again_until_it_is_too_late(void **state)
{
	(void)state;
	tells('5', AT("2026-06-07T13:00:00Z"),
	      DORA(POINT("email", "later@example.org")) CONSENTS("email")
		      VISIT AT("2026-06-07T13:00:10Z"));
	expect('5', HANDOVERS, "smtp refused 451");
	expect('5', STATE_OF("confirmation"), "planned: smtp did not take it: temporary, code 451");
	steps('5', AT("2026-06-07T13:01:00Z"));
	expect('5', HANDOVERS, "smtp refused 451, smtp refused 451");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_sms_that_fails_goes_on_as_mail),
		cmocka_unit_test(test_no_report_in_time_goes_on_as_mail),
		cmocka_unit_test(test_a_mailbox_that_is_gone_leaves_a_task),
		cmocka_unit_test(test_a_mailbox_that_is_full_is_tried_again_until_it_is_too_late),
		cmocka_unit_test(test_an_sms_is_sent_delivered_and_answered),
	};
	return cmocka_run_group_tests_name("channels", tests, open_all, close_all);
}
