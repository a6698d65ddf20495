/* The provider is away for 24 hours, then back: what is stale by then was dropped with a reason and
 * staff were told, the rest goes out once, in its window, within the rate. */
#include "callbacks.h"
#include "sendings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PER_MINUTE    "6"
#define IN_A_MINUTE   7  /* at most: one that a rested bucket has beyond the rate */
#define MONDAY_VISITS 3  /* at 14:00 in Vienna: the provider comes back too late for them */
#define VISITS        12 /* the others on Tuesday, from 15:00 on */
#define IS_BACK       "2026-06-09T04:00:00Z" /* 06:00 in Vienna: the window is closed until 08:00 */
#define NIGHT_ENDS    "2026-06-09T05:59:59Z"

/* clang-format off */
#define VISITOR(N) "{'call': 'Directory.RegisterAthlete', 'as': 'lead#', 'with': {'athlete': {'given_name': 'v" N "', 'family_name': 'B', 'birth_date': '1994-05-11', 'zone': 'Europe/Vienna', 'home_clinic_id': '${prater.clinic_id}', 'contact_points': [" POINT("sms", "+4366088800%02d") "]}}, 'keep': 'v" N "'}\n"
#define COMES(N) BOOK("visit", "v" N, "%s", "%s", "") "'keep': 'b" N "'}\n"
#define MAY(N) "{'call': 'Directory.RecordConsent', 'as': 'lead#', 'with': {'athlete_id': '${v" N ".athlete_id}', 'purpose': 'reminders', 'channel': 'sms', 'granted': true, 'text_version': '1'}}\n"
/* clang-format on */

static struct callbacks *provider;
static atomic_bool is_away;
static atomic_uint taken;

static int answer(const struct callback *callback, char *ret_body, size_t bytes)
{
	(void)callback, (void)ret_body, (void)bytes;
	if (atomic_load(&is_away))
		return 503;
	atomic_fetch_add(&taken, 1);
	return 202;
}

static int open_all(void **state)
{
	char settings[400];
	provider = callbacks_open(answer);
	snprintf(settings, sizeof(settings),
		 "SOLEUS_SMS=webhook SOLEUS_SMS_PER_MINUTE=" PER_MINUTE
		 " SOLEUS_WEBHOOK_URL=%s/hook "
		 "SOLEUS_WEBHOOK_SECRET=a-secret-of-the-house",
		 callbacks_url(provider));
	setenv("STACK_REMINDERS", settings, 1);
	return open_house(state);
}

static int close_all(void **state)
{
	int code = close_house(state);
	callbacks_close(provider);
	return code;
}

/* Nobody consents before the outage, so that nothing else is sent of these visits. */
static void book_all(char number)
{
	static const char *const who[] = {"mira", "sam", "lee"};
	char *story = calloc(VISITS, 3000), *at = story;
	for (int i = 0; i < VISITS; i++) {
		const char n[] = {'a' + (char)i, '\0'};
		char when[40];
		int hour = i < MONDAY_VISITS ? 12 : 13 + (i - MONDAY_VISITS) / 3;
		snprintf(when, sizeof(when), "2026-06-%sT%d:00:00Z",
			 i < MONDAY_VISITS ? "08" : "09", hour);
		at += sprintf(at, VISITOR("%s"), n, i, n);
		at += sprintf(at, COMES("%s"), n, who[i % 3], when, n);
	}
	at += sprintf(at, AT("2026-06-08T04:00:00Z"));
	for (int i = 0; i < VISITS; i++) {
		const char n[] = {'a' + (char)i, '\0'};
		at += sprintf(at, MAY("%s"), n);
	}
	tells(number, AT("2026-06-05T08:00:00Z"), story);
	free(story);
}

/* The clock goes on to `until`, from one moment at which something is due to the next. */
static void pass(char number, const char *until)
{
	char next_due[500], step[80];
	snprintf(next_due, sizeof(next_due),
		 "SELECT to_char(min(due_at) AT TIME ZONE 'UTC', "
		 "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') "
		 "FROM reminders.queue" OF_DORA " AND due_at < '%s'",
		 until);
	for (;;) {
		char *at = value_of(number, next_due);
		bool over = *at == '\0';
		snprintf(step, sizeof(step), "{'at': '%s'}\n", over ? until : at);
		free(at);
		steps(number, step);
		if (over)
			return;
	}
}

static void test_a_day_without_the_provider(void **state)
{
	(void)state;
	book_all('1');
	atomic_store(&taken, 0);
	atomic_store(&is_away, true);
	pass('1', IS_BACK);
	assert_int_equal(atomic_load(&taken), 0);
	atomic_store(&is_away, false);
}

static void test_what_is_stale_was_dropped_and_staff_know(void **state)
{
	(void)state;
	expect('1',
	       "SELECT count(*) || ' ' || count(*) FILTER (WHERE state = 'suppressed' AND why ~ "
	       "'did "
	       "not take it|the provider fails') FROM reminders.message" OF_DORA
	       " AND purpose = 'reminder_3h' AND due_at < '2026-06-09Z'",
	       "3 3");
	expect('1', "SELECT count(*) FROM reminders.task" OF_DORA " AND kind = 'message_not_sent'",
	       "3");
}

static void test_the_rest_goes_out_in_its_window_within_the_rate(void **state)
{
	(void)state;
	pass('1', NIGHT_ENDS);
	assert_int_equal(atomic_load(&taken), 0);
	pass('1', "2026-06-09T09:00:00Z");
	expect('1',
	       "SELECT string_agg(DISTINCT state, ', ') FROM reminders.message" OF_DORA
	       " AND purpose = 'preparation' AND due_at > '2026-06-08Z'",
	       "sent");
	assert_int_equal(atomic_load(&taken), VISITS - MONDAY_VISITS);
	char *in_a_minute = value_of(
		'1',
		"SELECT max((SELECT count(*) FROM reminders.handover b WHERE b.state = 'taken' "
		"AND b.changed_at >= a.changed_at AND b.changed_at < a.changed_at + interval '1 "
		"minute')) FROM reminders.handover a" OF_DORA " AND state = 'taken'");
	assert_in_range(atoi(in_a_minute), 1, IN_A_MINUTE);
	free(in_a_minute);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_day_without_the_provider),
		cmocka_unit_test(test_what_is_stale_was_dropped_and_staff_know),
		cmocka_unit_test(test_the_rest_goes_out_in_its_window_within_the_rate),
	};
	return cmocka_run_group_tests_name("a day without the provider", tests, open_all,
					   close_all);
}
