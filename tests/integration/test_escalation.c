/* Alerts are told to the next person until somebody takes them (A2), and tasks are closed. */
#include "texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DORA "+43 660 555291"
#define MIRA "+43660777001"
#define NORA "+43660777002"
#define SAM  "+43660777003"

/* clang-format off */
#define STEP(NAME, ADDRESS, MINUTES) "{'name': '" NAME "', 'channel': 'sms', 'address': '" ADDRESS "', 'after_minutes': " MINUTES "}"
#define CHAIN(CLINIC, KIND, STEPS) "{'call': 'Reminders.PutEscalation', 'as': 'lead#', 'with': {'chain': {'clinic_id': '" CLINIC "', 'kind': '" KIND "', 'steps': [" STEPS "]}}"
#define DONE "}\n"
#define TOLD "SELECT string_agg(t.name || to_char(t.told_at AT TIME ZONE 'UTC', ' HH24:MI ') || m.state, ', ' ORDER BY t.told_at, t.place) FROM reminders.alert_told t JOIN reminders.message m USING (organisation_id, message_id) WHERE t.organisation_id = '" ORGANISATION "'"
#define ACKNOWLEDGED "SELECT string_agg(acknowledged_by, ', ' ORDER BY raised_at) FROM reminders.alert WHERE organisation_id = '" ORGANISATION "'"

/* At night, and Mira does not look: Nora is next, and takes it by OK. */
static void test_a_red_flag_goes_to_the_next_until_somebody_takes_it(void **state)
{
	(void)state;
	tells('a', AT("2026-10-19T06:00:00Z"),
		TEXTER("dora", DORA, "")
		CHAIN("${prater.clinic_id}", "red_flag", STEP("Mira", MIRA, "0") "," STEP("Nora", NORA, "5") "," STEP("Sam", SAM, "10")) DONE
		CHAIN("", "red_flag", STEP("Office", "+43660777009", "0")) DONE
		AT("2026-10-20T01:00:00Z")
		TEXT("1", DORA, "ich krieg keine Luft", "red_flag")
		AT("2026-10-20T01:04:00Z")
		TEXT("2", NORA, "OK", "unknown")
		AT("2026-10-20T01:05:00Z")
		AT("2026-10-20T01:07:00Z")
		TEXT("3", NORA, "Ok!", "acknowledge")
		TEXT("4", NORA, "Ok!", "unknown")
		"{'call': 'Reminders.ListAlerts', 'as': 'lead#', 'with': {}, 'expect': {'alerts': [{'kind': 'red_flag', 'acknowledged_by': 'Nora', 'steps': [{'name': 'Mira'}, {'name': 'Nora'}]}]}}\n"
		AT("2026-10-20T03:00:00Z"));
	expect('a', TOLD, "Mira 01:00 sent, Nora 01:05 sent");
	expect('a', "SELECT string_agg(state, ' ') FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'emergency_advice'", "sent");
	expect('a', "SELECT string_agg(DISTINCT text, '|') FROM reminders.message WHERE organisation_id = '" ORGANISATION "' AND purpose = 'alert_raised'", "prater: an alert waits for you. Please look at it now. Reply OK to take it.");
}

/* A clinic without a chain has the organisation's; who acknowledges by RPC ends it too. */
static void test_the_chain_of_the_organisation_ends_with_an_acknowledgement(void **state)
{
	(void)state;
	tells('b', AT("2026-10-20T06:00:00Z"),
		TEXTER("dora", DORA, "")
		CHAIN("", "red_flag", STEP("Mira", MIRA, "0") "," STEP("Nora", NORA, "15")) DONE
		TEXT("1", DORA, "chest pain", "red_flag")
		"{'call': 'Reminders.ListAlerts', 'as': 'lead#', 'with': {'open_only': true}, 'keep': 'alerts', 'expect': {'alerts': [{'steps': [{'name': 'Mira'}]}]}}\n"
		"{'call': 'Reminders.AcknowledgeAlert', 'as': 'lead#', 'with': {'alert_id': '${alerts.alerts[0].alert_id}'}}\n"
		AT("2026-10-20T08:00:00Z")
		"{'call': 'Reminders.ListEscalations', 'as': 'lead#', 'with': {}, 'expect': {'chains': [{'kind': 'red_flag', 'steps': [{'name': 'Mira'}, {'after_minutes': 15}]}]}}\n");
	expect('b', TOLD, "Mira 06:00 sent");
	expect('b', ACKNOWLEDGED, "leadb");
}

static void test_a_task_is_closed_once_and_leaves_the_open_list(void **state)
{
	(void)state;
	tells('c', AT("2026-10-21T06:00:00Z"),
		TEXTER("dora", DORA, "")
		TEXT("1", DORA, "Can I bring my dog", "unknown")
		TEXT("2", DORA, "And my cat", "unknown")
		"{'call': 'Reminders.ListTasks', 'as': 'lead#', 'with': {'open_only': true, 'kind': 'unknown_text', 'athlete_id': '${dora.athlete_id}', 'limit': 1}, 'keep': 't', 'expect': {'tasks': [{'text': 'And my cat'}]}}\n"
		"{'call': 'Reminders.ListTasks', 'as': 'lead#', 'with': {'limit': 1, 'before_at': '${t.tasks[0].made_at}', 'before_id': '${t.tasks[0].task_id}'}, 'expect': {'tasks': [{'text': 'Can I bring my dog'}]}}\n"
		"{'call': 'Reminders.CloseTask', 'as': 'lead#', 'with': {'task_id': '${t.tasks[0].task_id}', 'done': 'called: no cats'}}\n"
		"{'call': 'Reminders.CloseTask', 'as': 'lead#', 'with': {'task_id': '${t.tasks[0].task_id}', 'done': 'again'}, 'fails': 'NOT_FOUND'}\n"
		"{'call': 'Reminders.ListTasks', 'as': 'lead#', 'with': {'open_only': true}, 'expect': {'tasks': [{'text': 'Can I bring my dog'}]}}\n"
		"{'call': 'Reminders.ListTasks', 'as': 'lead#', 'with': {}, 'expect': {'tasks': [{'done': 'called: no cats', 'closed_by': 'leadc'}]}}\n");
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_red_flag_goes_to_the_next_until_somebody_takes_it),
		cmocka_unit_test(test_the_chain_of_the_organisation_ends_with_an_acknowledgement),
		cmocka_unit_test(test_a_task_is_closed_once_and_leaves_the_open_list),
	};
	return cmocka_run_group_tests_name("escalation", tests, open_house, close_house);
}
