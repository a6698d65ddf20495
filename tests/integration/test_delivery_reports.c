/* Reports of providers: in any order, twice, of what they never had, of a number that opted out.
 * What a provider was handed is written by the test: which provider it was does not matter here. */
#include "prater.h"

#include <setjmp.h>
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
/* clang-format on */

/* A confirmation is with the provider: its id. Ends with free(). */
static char *hand_over(char number, const char *provider)
{
	char sql[600];
	tells(number, AT("2026-06-01T08:00:00Z"),
	      TEXTER BOOK("visit", "dora", "mira", "2026-06-08T08:00:00Z", "")
		      BOOKED AT("2026-06-01T09:00:00Z"));
	snprintf(
		sql, sizeof(sql),
		"INSERT INTO reminders.handover (organisation_id, message_id, attempt, channel, "
		"provider, address, state, asked_at, changed_at, watch_at) SELECT organisation_id, "
		"message_id, 1, 'sms', '%s', address, 'taken', sent_at, sent_at, sent_at + "
		"interval "
		"'300 days' FROM reminders.message" OF_ORGANISATION
		" AND purpose = 'confirmation' RETURNING message_id",
		provider);
	return value_of(number, sql);
}

static void report(char number, const char *message_id, const char *provider, const char *more,
		   const char *then)
{
	char step[700];
	snprintf(step, sizeof(step),
		 "{'call': 'Reminders.RecordDelivery', 'as': 'operator', 'organisation': "
		 "'" ORGANISATION "', 'with': {'message_id': '%s', 'provider': '%s', %s}%s}\n",
		 message_id, provider, more, then);
	steps(number, step);
}

static void expect_delivery(char number, const char *delivery)
{
	char step[700];
	char *athlete = value_of(number, "SELECT athlete_id FROM reminders.message" OF_ORGANISATION
					 " AND purpose = 'confirmation'");
	snprintf(step, sizeof(step),
		 "{'call': 'Reminders.ListMessages', 'as': 'lead#', 'with': {'athlete_id': '%s'}, "
		 "'keep': 'm'}\n"
		 "{'call': 'Reminders.ListMessages', 'as': 'lead#', 'with': {'athlete_id': '%s', "
		 "'before_at': '${m.messages[2].due_at}', 'before_id': "
		 "'${m.messages[2].message_id}'}, 'expect': {'messages': [{'purpose': "
		 "'confirmation', 'delivery': '%s', 'handovers': [{'attempt': 1}]}]}}\n",
		 athlete, athlete, delivery);
	steps(number, step);
	free(athlete);
}

#define TRACE                                                                    \
	"SELECT string_agg(outcome || ': ' || why, ', ' ORDER BY outcome) FROM " \
	"reminders.delivery" OF_ORGANISATION                                     \
	" AND outcome IN ('submitted', 'delivered', 'failed')"

static void test_reports_late_twice_and_in_any_order(void **state)
{
	(void)state;
	char *message = hand_over('1', "kannel");
	report('1', message, "kannel", "'outcome': 'delivered', 'provider_ref': 'k-7'", "");
	expect_delivery('1', "delivered");
	report('1', message, "kannel", "'outcome': 'submitted'", "");
	report('1', message, "kannel", "'outcome': 'submitted'", "");
	report('1', message, "kannel", "'outcome': 'failed', 'error_code': '30003'", "");
	expect_delivery('1', "delivered");
	expect('1', TRACE,
	       "delivered: kannel says delivered, failed: kannel says failed, code 30003, "
	       "submitted: kannel says submitted");
	expect('1',
	       "SELECT provider_ref || ' ' || error_code || '|' || (watch_at IS NULL) FROM "
	       "reminders.handover" OF_ORGANISATION,
	       "k-7 |true");
	free(message);
}

static void test_reports_of_what_was_never_handed_over(void **state)
{
	(void)state;
	char *message = hand_over('2', "kannel");
	report('2', message, "twilio", "'outcome': 'delivered'", ", 'fails': 'NOT_FOUND'");
	report('2', ORGANISATION, "kannel", "'outcome': 'delivered'", ", 'fails': 'NOT_FOUND'");
	report('2', message, "kannel", "'outcome': 'taken'", ", 'fails': 'INVALID_ARGUMENT'");
	report('2', message, "pigeon", "'outcome': 'failed'", ", 'fails': 'INVALID_ARGUMENT'");
	report('2', message, "kannel", "'outcome': 'failed', 'at': '1960-01-01T00:00:00Z'",
	       ", 'fails': 'INVALID_ARGUMENT'");
	report('2', message, "kannel",
	       "'outcome': 'failed', 'organisation_id': '0195531a-0000-7000-8000-000000000099'",
	       ", 'fails': 'INVALID_ARGUMENT'");
	expect_delivery('2', "taken");
	free(message);
}

static void test_a_number_that_told_the_provider_to_stop(void **state)
{
	(void)state;
	char *message = hand_over('3', "twilio");
	report('3', message, "twilio", "'outcome': 'failed', 'error_code': '21610'", "");
	expect_delivery('3', "failed");
	expect('3',
	       "SELECT string_agg(address || ' ' || opted_out, ',') FROM "
	       "reminders.opt_out" OF_ORGANISATION,
	       "+43660777003 true");
	expect('3',
	       "SELECT string_agg(DISTINCT why, ',') FROM reminders.message" OF_ORGANISATION
	       " AND state = 'suppressed'",
	       "the number has opted out");
	expect('3',
	       "SELECT count(*) FROM reminders.outbox" OF_ORGANISATION
	       " AND type = 'soleus.v1.OptedOut'",
	       "1");
	free(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reports_late_twice_and_in_any_order),
		cmocka_unit_test(test_reports_of_what_was_never_handed_over),
		cmocka_unit_test(test_a_number_that_told_the_provider_to_stop),
	};
	return cmocka_run_group_tests_name("delivery reports", tests, open_house, close_house);
}
